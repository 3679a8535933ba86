//! How each attribute looks: a ramp of three tones a color or material, and what materials add.
//!
//! This table is the only place that says so on the drawing side. Which pixels belong to a sprite
//! is left to `sprites`; the contour and border around it to `sticker`.

use pentimento_model::{Attribute, Color, Material};

use crate::numbers::byte;

/// A color as red, green, blue, 0 to 255 each.
pub type Rgb = [u8; 3];

/// What a sprite's dark, middle and light parts turn into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ramp {
    /// For tone 0: the sprite's darkest twentieth.
    pub dark: Rgb,
    /// For tone 0.5: the sprite's median.
    pub mid: Rgb,
    /// For tone 1: the sprite's lightest twentieth.
    pub light: Rgb,
}

impl Ramp {
    const fn new(dark: Rgb, mid: Rgb, light: Rgb) -> Self {
        Self { dark, mid, light }
    }

    /// The color at a tone between 0 and 1.
    pub fn at(&self, tone: f32) -> Rgb {
        let tone = tone.clamp(0.0, 1.0) * 2.0;
        if tone < 1.0 {
            mix(self.dark, self.mid, tone)
        } else {
            mix(self.mid, self.light, tone - 1.0)
        }
    }
}

/// The ramp of an attribute. Chosen by eye so that all fifteen middles lie far apart.
pub const fn ramp(attribute: Attribute) -> Ramp {
    match attribute {
        Attribute::Color(color) => color_ramp(color),
        Attribute::Material(material) => material_ramp(material),
    }
}

const fn color_ramp(color: Color) -> Ramp {
    match color {
        Color::Red => Ramp::new([118, 8, 22], [222, 32, 38], [255, 134, 118]),
        Color::Orange => Ramp::new([168, 66, 0], [255, 132, 12], [255, 192, 112]),
        Color::Yellow => Ramp::new([196, 150, 0], [255, 222, 36], [255, 245, 160]),
        Color::Green => Ramp::new([8, 82, 34], [38, 160, 66], [138, 222, 132]),
        Color::Blue => Ramp::new([12, 38, 120], [36, 98, 224], [134, 186, 255]),
        Color::Purple => Ramp::new([62, 18, 110], [132, 58, 198], [200, 150, 246]),
        Color::Pink => Ramp::new([190, 44, 118], [255, 122, 184], [255, 200, 226]),
        Color::Brown => Ramp::new([50, 25, 14], [110, 62, 36], [172, 118, 84]),
        Color::Black => Ramp::new([10, 10, 13], [36, 37, 42], [104, 107, 116]),
        Color::White => Ramp::new([176, 178, 188], [243, 243, 246], [255, 255, 255]),
        Color::Gray => Ramp::new([76, 78, 82], [138, 140, 144], [196, 198, 202]),
    }
}

const fn material_ramp(material: Material) -> Ramp {
    match material {
        Material::Wooden => Ramp::new([116, 68, 28], [193, 134, 76], [231, 188, 132]),
        Material::Metal => Ramp::new([70, 86, 104], [150, 170, 190], [226, 236, 246]),
        Material::Golden => Ramp::new([124, 78, 4], [212, 160, 28], [255, 232, 140]),
        Material::Glass => Ramp::new([92, 164, 178], [166, 222, 228], [230, 250, 252]),
    }
}

/// How a sprite's luminance spreads; puts every sprite's tones on the same scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tones {
    low: f32,
    median: f32,
    high: f32,
}

impl Tones {
    /// Flat sprites are not stretched below this spread to either side of the median, so that
    /// faint shading stays faint.
    const LEAST_SPREAD: f32 = 24.0;

    /// Measures the 5th, 50th and 95th percentile of `luminances` (0 to 255 each).
    pub fn measure(mut luminances: Vec<f32>) -> Self {
        luminances.sort_by(f32::total_cmp);
        let last = luminances.len().saturating_sub(1);
        let percentile = |hundredths: usize| luminances.get(last * hundredths / 100).copied();
        let median = percentile(50).unwrap_or(127.5);
        Self {
            low: percentile(5).unwrap_or(0.0).min(median - Self::LEAST_SPREAD),
            median,
            high: percentile(95).unwrap_or(255.0).max(median + Self::LEAST_SPREAD),
        }
    }

    /// The tone of a luminance: 0 at the low end, 0.5 at the median, 1 at the high end.
    pub fn tone(&self, luminance: f32) -> f32 {
        let above = luminance - self.median;
        let spread = if above < 0.0 { self.median - self.low } else { self.high - self.median };
        (0.5 + 0.5 * above / spread).clamp(0.0, 1.0)
    }
}

/// Luminance of a color, 0 to 255 (Rec. 709 weights on the stored values).
pub fn luminance(color: Rgb) -> f32 {
    let [red, green, blue] = color.map(f32::from);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The color a pixel of luminance tone `tone` gets. `place` is where in its sprite the pixel lies,
/// 0 to 1 to the right and down; materials draw their pattern with it.
pub fn tint(attribute: Attribute, tone: f32, place: (f32, f32)) -> Rgb {
    let ramp = ramp(attribute);
    match attribute {
        Attribute::Color(_) => ramp.at(tone),
        Attribute::Material(material) => with_pattern(material, &ramp, tone, place),
    }
}

/// Wood gets rings of grain, metal and glass slanted reflections, gold a finer shimmer. Patterns
/// shift the tone only, so a material's colors stay on its ramp.
fn with_pattern(material: Material, ramp: &Ramp, tone: f32, (u, v): (f32, f32)) -> Rgb {
    let shift = match material {
        Material::Wooden => {
            let grain = v * 42.0 + (u * 7.0).sin() * 2.2 + (u * 17.0 + v * 5.0).sin() * 0.7;
            0.14 * grain.sin() - 0.05
        }
        Material::Metal => 0.30 * streak(u + v * 0.6, 2.2) - 0.08,
        Material::Golden => {
            0.26 * streak(u - v * 0.8, 3.0) + 0.05 * (u * 60.0).sin() * (v * 60.0).sin()
        }
        Material::Glass => 0.45 * streak(u + v, 1.4),
    };
    ramp.at(tone + shift)
}

/// A soft light band, `count` times over 0 to 1: 1 in the middle of a band, 0 between bands.
fn streak(along: f32, count: f32) -> f32 {
    let wave = (along * count * std::f32::consts::TAU).cos() * 0.5 + 0.5;
    wave * wave * wave
}

/// `share` of the way from one color to another.
pub fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let channel = |from: u8, to: u8| {
        let value = f32::from(from) + (f32::from(to) - f32::from(from)) * share;
        byte(value)
    };
    let ([r0, g0, b0], [r1, g1, b1]) = (from, to);
    [channel(r0, r1), channel(g0, g1), channel(b0, b1)]
}

#[cfg(test)]
mod tests;
