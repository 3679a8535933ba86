//! A picture as it looks on white paper, and its brightness.
//!
//! What two of them have in common is left to `errors`, `ssim` and `components`.

use pentimento_sdk::Pixels;

/// Shares of red, green and blue in brightness, in thousandths (ITU-R BT.601).
const LUMA: [f32; 3] = [0.299, 0.587, 0.114];

/// Rows of pixels without transparency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    rgba: Vec<u8>,
}

impl Picture {
    /// The picture laid on white.
    #[must_use]
    pub fn on_white(pixels: Pixels) -> Self {
        let width = pixels.width() as usize;
        let mut rgba = pixels.into_bytes();
        for [red, green, blue, alpha] in rgba.as_chunks_mut::<4>().0 {
            if *alpha < u8::MAX {
                for channel in [red, green, blue] {
                    *channel = over_white(*channel, *alpha);
                }
                *alpha = u8::MAX;
            }
        }
        Self { width, rgba }
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.pixels().len().checked_div(self.width).unwrap_or(0)
    }

    /// All pixels, row by row; the last channel is always 255.
    #[must_use]
    pub fn pixels(&self) -> &[[u8; 4]] {
        self.rgba.as_chunks::<4>().0
    }

    /// The brightness of every pixel, 0 to 255.
    #[must_use]
    pub fn luma(&self) -> Vec<f32> {
        let [reds, greens, blues] = LUMA;
        let luma = |[red, green, blue, _]: &[u8; 4]| {
            reds * f32::from(*red) + greens * f32::from(*green) + blues * f32::from(*blue)
        };
        self.pixels().iter().map(luma).collect()
    }
}

/// A channel that is not premultiplied, laid on white and rounded.
fn over_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u32::from(channel), u32::from(alpha));
    let sum = channel * alpha + 255 * (255 - alpha);
    u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_shows_white() {
        let rows = [
            ([10, 20, 30, 255], [10, 20, 30]),
            ([10, 20, 30, 0], [255, 255, 255]),
            ([0, 0, 0, 51], [204, 204, 204]),
            ([255, 0, 100, 128], [255, 127, 177]),
        ];
        for (pixel, wanted) in rows {
            let picture = Picture::on_white(Pixels::new(1, 1, pixel.to_vec()).unwrap());
            let [red, green, blue] = wanted;
            assert_eq!(picture.pixels(), [[red, green, blue, 255]], "{pixel:?}");
        }
    }

    #[test]
    fn brightness_follows_the_standard() {
        let rows =
            [([255, 255, 255, 255], 255.0), ([255, 0, 0, 255], 76.245), ([0, 0, 0, 255], 0.0)];
        for (pixel, wanted) in rows {
            let picture = Picture::on_white(Pixels::new(1, 1, pixel.to_vec()).unwrap());
            assert!((picture.luma()[0] - wanted).abs() < 1e-3, "{pixel:?}");
        }
    }
}
