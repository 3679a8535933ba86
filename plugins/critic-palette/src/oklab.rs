//! The color space in which equal distances look equally different.
//!
//! The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020);
//! the transfer curve is sRGB's (IEC 61966-2-1).

/// A color: how light (0 to 1), how green (-) or red (+), how blue (-) or yellow (+).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Oklab {
    /// 0 black, 1 white.
    pub light: f32,
    /// Green to red; at most about 0.3 to either side in sRGB.
    pub a: f32,
    /// Blue to yellow; at most about 0.3 to either side in sRGB.
    pub b: f32,
}

impl Oklab {
    /// How far from gray.
    pub fn chroma(self) -> f32 {
        self.a.hypot(self.b)
    }

    /// How different two colors look: the straight distance.
    pub fn distance(self, other: Self) -> f32 {
        let (light, a, b) = (self.light - other.light, self.a - other.a, self.b - other.b);
        (light * light + a * a + b * b).sqrt()
    }
}

/// The light of every 8-bit sRGB value, computed once.
#[derive(Debug)]
pub struct Transfer([f32; 256]);

impl Transfer {
    /// The whole table.
    pub fn new() -> Self {
        let mut table = [0.0; 256];
        for (value, light) in (0_u8..=255).zip(&mut table) {
            let coded = f32::from(value) / 255.0;
            *light =
                if coded <= 0.040_45 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) };
        }
        Self(table)
    }

    /// A color of 8-bit sRGB values.
    pub fn oklab(&self, rgb: [u8; 3]) -> Oklab {
        let [red, green, blue] = rgb.map(|value| self.0[usize::from(value)]);
        let long = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
        let middle = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
        let short = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
        Oklab {
            light: 0.210_454_26 * long + 0.793_617_8 * middle - 0.004_072_047 * short,
            a: 1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short,
            b: 0.025_904_037 * long + 0.782_771_77 * middle - 0.808_675_77 * short,
        }
    }
}

#[cfg(test)]
mod tests;
