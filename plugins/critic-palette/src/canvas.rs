//! The working copy of a picture: what is opaque of it, in sRGB and in Oklab.
//!
//! It measures nothing; each measure has a file of its own.

use pentimento_sdk::{Pixels, Region};

use crate::oklab::{Oklab, Transfer};

/// A pixel more transparent than this does not count as part of the picture.
const OPAQUE: u8 = 128;

/// A picture to be measured.
#[derive(Debug)]
pub struct Canvas {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Red, green and blue, row by row.
    pub rgb: Vec<[u8; 3]>,
    /// The same colors in Oklab.
    pub lab: Vec<Oklab>,
    /// Which pixels are opaque.
    pub seen: Vec<bool>,
}

impl Canvas {
    /// Prepares a working copy.
    pub fn new(pixels: &Pixels) -> Self {
        let transfer = Transfer::new();
        let rgb: Vec<[u8; 3]> =
            pixels.iter().map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        let lab = rgb.iter().map(|color| transfer.oklab(*color)).collect();
        let seen = pixels.iter().map(|[.., alpha]| *alpha >= OPAQUE).collect();
        Self { width: pixels.width() as usize, height: pixels.height() as usize, rgb, lab, seen }
    }

    /// How many pixels are opaque.
    pub fn count(&self) -> usize {
        self.seen.iter().filter(|seen| **seen).count()
    }

    /// The opaque pixels' places in the rows.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.rgb.len()).filter(|at| self.seen[*at])
    }

    /// The part of the picture between two corners, both inside, as (x, y).
    pub fn region(&self, (left, top): (usize, usize), (right, bottom): (usize, usize)) -> Region {
        let pixel = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Region::of_pixels(
            (pixel(left), pixel(top), pixel(right + 1), pixel(bottom + 1)),
            (pixel(self.width), pixel(self.height)),
        )
    }
}
