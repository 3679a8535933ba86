//! The few shapes every place is made of: bands, hills, soft spots, strips, and seeded variation.

use std::fmt::Write as _;

use pentimento_model::Seed;

use super::SIDE;

/// A color as red, green, blue.
pub(super) type Tone = [u8; 3];

/// How far a channel of a varied color moves at most.
const COLOR_VARIATION: f32 = 7.0;

/// Distance between the points of a hill's outline, in drawing units.
const HILL_STEP: u8 = 8;

/// A drawing under way.
pub(super) struct Sheet {
    seed: Seed,
    defs: String,
    body: String,
    next: u64,
}

impl Sheet {
    /// An empty drawing whose variations come from `seed`.
    pub(super) const fn new(seed: Seed) -> Self {
        Self { seed, defs: String::new(), body: String::new(), next: 0 }
    }

    /// The whole drawing as SVG text.
    pub(super) fn finish(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" \
             width=\"{SIDE}\" height=\"{SIDE}\"><defs>{}</defs>{}</svg>",
            self.defs, self.body
        )
    }

    /// A number between `low` and `high` that depends on the seed and on how many were drawn.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        self.next += 1;
        let [first, second, ..] = self.seed.derive("scenery", self.next).0.to_le_bytes();
        low + (high - low) * f32::from(u16::from_le_bytes([first, second])) / f32::from(u16::MAX)
    }

    /// The color, moved a little as a whole and a little per channel.
    pub(super) fn varied(&mut self, tone: Tone) -> Tone {
        tone.map(|channel| {
            let moved = f32::from(channel) + self.between(-COLOR_VARIATION, COLOR_VARIATION);
            crate::numbers::byte(moved)
        })
    }

    /// A band over the full width from `top` to `bottom`, running through `tones` downward.
    pub(super) fn band(&mut self, top: f32, bottom: f32, tones: &[Tone]) {
        let paint = self.vertical(tones);
        let height = bottom - top;
        self.put(format_args!(
            "<rect x=\"0\" y=\"{top:.1}\" width=\"{SIDE}\" height=\"{height:.1}\" fill=\"{paint}\"/>"
        ));
    }

    /// Rolling ground: an outline around height `top` that swings by `swing`, filled down to the
    /// lower edge.
    pub(super) fn hills(&mut self, top: f32, swing: f32, tones: &[Tone]) {
        let paint = self.vertical(tones);
        let waves: Vec<_> = [0.9, 1.7, 3.1]
            .into_iter()
            .map(|rate| (rate * self.between(0.8, 1.25), self.between(0.0, std::f32::consts::TAU)))
            .collect();
        let mut path = format!("M0 {SIDE}");
        for step in 0..=(crate::numbers::nearest(SIDE) / u32::from(HILL_STEP)) {
            let x = crate::numbers::float32(step) * f32::from(HILL_STEP);
            let heights = waves.iter().zip([0.6, 0.3, 0.1]).map(|((rate, phase), share)| {
                share * (x / SIDE * rate * std::f32::consts::TAU + phase).sin()
            });
            let y = top + swing * heights.sum::<f32>();
            // Writing to a string cannot fail.
            let _ = write!(path, "L{x:.0} {y:.1}");
        }
        self.put(format_args!("<path d=\"{path}L{SIDE} {SIDE}Z\" fill=\"{paint}\"/>"));
    }

    /// A spot that fades out toward its rim.
    pub(super) fn glow(
        &mut self,
        center: (f32, f32),
        radii: (f32, f32),
        tone: Tone,
        strength: f32,
    ) {
        let id = self.name();
        let color = hex(tone);
        let _ = write!(
            self.defs,
            "<radialGradient id=\"{id}\"><stop offset=\"0\" stop-color=\"{color}\" \
             stop-opacity=\"{strength}\"/><stop offset=\".5\" stop-color=\"{color}\" \
             stop-opacity=\"{:.3}\"/><stop offset=\"1\" stop-color=\"{color}\" \
             stop-opacity=\"0\"/></radialGradient>",
            strength * 0.55
        );
        let ((x, y), (across, down)) = (center, radii);
        self.put(format_args!(
            "<ellipse cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{across:.1}\" ry=\"{down:.1}\" \
             fill=\"url(#{id})\"/>"
        ));
    }

    /// A plain rectangle with rounded corners.
    pub(super) fn block(&mut self, corner: (f32, f32), size: (f32, f32), tone: Tone) {
        let ((x, y), (width, height), color) = (corner, size, hex(tone));
        self.put(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"2\" \
             fill=\"{color}\"/>"
        ));
    }

    /// An ellipse with a clear rim.
    pub(super) fn disc(&mut self, center: (f32, f32), radii: (f32, f32), tone: Tone) {
        let ((x, y), (across, down), color) = (center, radii, hex(tone));
        self.put(format_args!(
            "<ellipse cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{across:.1}\" ry=\"{down:.1}\" \
             fill=\"{color}\"/>"
        ));
    }

    /// A filled shape given by SVG path commands.
    pub(super) fn shape(&mut self, path: &str, tone: Tone) {
        let color = hex(tone);
        self.put(format_args!("<path d=\"{path}\" fill=\"{color}\"/>"));
    }

    /// A few soft clouds in the upper part of the sky.
    pub(super) fn clouds(&mut self, tone: Tone, lowest: f32) {
        for index in 0..3u8 {
            let x = f32::from(index) * 180.0 + self.between(0.0, 150.0);
            let y = self.between(30.0, lowest);
            let width = self.between(70.0, 120.0);
            self.glow((x, y), (width, width * 0.28), tone, 0.75);
            self.glow((x - width * 0.25, y - width * 0.12), (width * 0.5, width * 0.24), tone, 0.6);
        }
    }

    fn vertical(&mut self, tones: &[Tone]) -> String {
        let id = self.name();
        let _ =
            write!(self.defs, "<linearGradient id=\"{id}\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">");
        let last = crate::numbers::float(tones.len().saturating_sub(1).max(1));
        for (index, tone) in tones.iter().enumerate() {
            let offset = crate::numbers::float(index) / last;
            let _ =
                write!(self.defs, "<stop offset=\"{offset:.3}\" stop-color=\"{}\"/>", hex(*tone));
        }
        self.defs.push_str("</linearGradient>");
        format!("url(#{id})")
    }

    fn name(&mut self) -> String {
        self.next += 1;
        format!("p{}", self.next)
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
    }
}

fn hex(tone: Tone) -> String {
    let [red, green, blue] = tone;
    format!("#{red:02x}{green:02x}{blue:02x}")
}
