//! The fifteen looks: what each color word or material turns a tone into.
//!
//! The ramps are the easel's (host/easel: `ramps.rs`); a test compares the two tables. How well a
//! silhouette fits a look is for `classify` to say.

use std::f32::consts::TAU;

use crate::grid::{CELLS, GRID, float};

/// A color as luma and two color differences, about 0 to 255 and -128 to 128 (ITU-R BT.601). Mixing
/// colors mixes these numbers, unlike those of Lab.
pub type Tint = [f32; 3];

/// One color word or material: what dark, middle and light parts turn into.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The attribute's word.
    pub word: &'static str,
    /// Red, green and blue for tones 0, 1/2 and 1.
    pub ramp: [[u8; 3]; 3],
}

const fn look(word: &'static str, dark: [u8; 3], mid: [u8; 3], light: [u8; 3]) -> Look {
    Look { word, ramp: [dark, mid, light] }
}

/// All attributes, colors first, in the order of the model's.
pub const LOOKS: [Look; 15] = [
    look("red", [118, 8, 22], [222, 32, 38], [255, 134, 118]),
    look("orange", [168, 66, 0], [255, 132, 12], [255, 192, 112]),
    look("yellow", [196, 150, 0], [255, 222, 36], [255, 245, 160]),
    look("green", [8, 82, 34], [38, 160, 66], [138, 222, 132]),
    look("blue", [12, 38, 120], [36, 98, 224], [134, 186, 255]),
    look("purple", [62, 18, 110], [132, 58, 198], [200, 150, 246]),
    look("pink", [190, 44, 118], [255, 122, 184], [255, 200, 226]),
    look("brown", [50, 25, 14], [110, 62, 36], [172, 118, 84]),
    look("black", [10, 10, 13], [36, 37, 42], [104, 107, 116]),
    look("white", [176, 178, 188], [243, 243, 246], [255, 255, 255]),
    look("gray", [76, 78, 82], [138, 140, 144], [196, 198, 202]),
    look("wooden", [116, 68, 28], [193, 134, 76], [231, 188, 132]),
    look("metal", [70, 86, 104], [150, 170, 190], [226, 236, 246]),
    look("golden", [124, 78, 4], [212, 160, 28], [255, 232, 140]),
    look("glass", [92, 164, 178], [166, 222, 228], [230, 250, 252]),
];

/// Luma and color differences of red, green and blue.
pub fn tint_of([red, green, blue]: [f32; 3]) -> Tint {
    let light = 0.299 * red + 0.587 * green + 0.114 * blue;
    [light, 0.713 * (red - light), 0.564 * (blue - light)]
}

/// A look in every tone, ready to be compared with.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The attribute's word.
    pub word: &'static str,
    tones: Vec<Tint>,
    /// What the material's pattern adds to the tone, for each cell of the grid; empty for colors.
    pattern: Vec<f32>,
}

impl Palette {
    /// Computes all tones and the pattern.
    pub fn new(look: &Look) -> Self {
        let tones = (0..=u8::MAX).map(|tone| tint_of(ramp_at(look, f32::from(tone) / 255.0)));
        let cells = 0..CELLS;
        let pattern = match look.word {
            "wooden" | "metal" | "golden" | "glass" => {
                cells.map(|cell| 255.0 * mean_shift(look.word, cell)).collect()
            }
            _ => Vec::new(),
        };
        Self { word: look.word, tones: tones.collect(), pattern }
    }

    /// The color of a tone (0..=255) in a cell of the grid.
    pub fn at(&self, tone: u8, cell: usize) -> Tint {
        let shift = self.pattern.get(cell).copied().unwrap_or(0.0);
        self.tones[usize::from(crate::grid::byte(f32::from(tone) + shift))]
    }
}

fn ramp_at(look: &Look, tone: f32) -> [f32; 3] {
    let [dark, mid, light] = look.ramp.map(|stop| stop.map(f32::from));
    let (from, to, share) =
        if tone < 0.5 { (dark, mid, tone * 2.0) } else { (mid, light, tone * 2.0 - 1.0) };
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * share)
}

/// A material's pattern averaged over a cell: nine places, because wood's grain is finer than one.
fn mean_shift(word: &str, cell: usize) -> f32 {
    let places = (0..9).map(|place| (float(place % 3), float(place / 3)));
    let shifts = places.map(|(x, y)| {
        let u = (float(cell % GRID) + (x + 0.5) / 3.0) / float(GRID);
        let v = (float(cell / GRID) + (y + 0.5) / 3.0) / float(GRID);
        shift(word, u, v)
    });
    shifts.sum::<f32>() / 9.0
}

/// What a material's pattern adds to the tone at a place of the sprite (easel: `with_pattern`).
fn shift(word: &str, u: f32, v: f32) -> f32 {
    match word {
        "wooden" => {
            let grain = v * 42.0 + (u * 7.0).sin() * 2.2 + (u * 17.0 + v * 5.0).sin() * 0.7;
            0.14 * grain.sin() - 0.05
        }
        "metal" => 0.30 * streak(u + v * 0.6, 2.2) - 0.08,
        "golden" => 0.26 * streak(u - v * 0.8, 3.0),
        "glass" => 0.45 * streak(u + v, 1.4),
        _ => 0.0,
    }
}

fn streak(along: f32, count: f32) -> f32 {
    let wave = (along * count * TAU).cos() * 0.5 + 0.5;
    wave * wave * wave
}
