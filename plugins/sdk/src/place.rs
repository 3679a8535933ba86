//! Making places out of what a plugin counts in: pixels, fractions, bytes.

use crate::{Place, Region, TextSpan};

impl Region {
    /// The whole picture.
    pub const WHOLE: Self = Self { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };

    /// The rectangle of pixels from (`left`, `top`) to just before (`right`, `bottom`) in a picture
    /// of `size` = (width, height), clipped to it.
    ///
    /// ```
    /// let region = pentimento_sdk::Region::of_pixels((128, 0, 256, 512), (512, 512));
    /// assert_eq!((region.x, region.width, region.height), (0.25, 0.25, 1.0));
    /// ```
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a fraction is rounded, never cut off")]
    pub fn of_pixels(edges: (u32, u32, u32, u32), size: (u32, u32)) -> Self {
        let (left, top, right, bottom) = edges;
        let fraction =
            |pixel: u32, of: u32| (f64::from(pixel.min(of)) / f64::from(of.max(1))) as f32;
        let (x, y) = (fraction(left, size.0), fraction(top, size.1));
        let (right, bottom) = (fraction(right, size.0), fraction(bottom, size.1));
        Self { x, y, width: (right - x).max(0.0), height: (bottom - y).max(0.0) }
    }
}

impl From<Region> for Place {
    fn from(region: Region) -> Self {
        Self::Region(region)
    }
}

impl From<TextSpan> for Place {
    fn from(span: TextSpan) -> Self {
        Self::TextSpan(span)
    }
}
