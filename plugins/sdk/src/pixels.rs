//! A picture copied into the plugin's own memory, and the ways to copy it.

use crate::{Failure, Image};

/// Rows of RGBA, 8 bits a channel, not premultiplied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixels {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Pixels {
    /// Wraps rows of RGBA. `None` if `rgba` is not `width * height * 4` bytes long.
    ///
    /// ```
    /// let pixels = pentimento_sdk::Pixels::new(2, 1, vec![1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
    /// assert_eq!(pixels.get(1, 0), Some([5, 6, 7, 8]));
    /// assert_eq!(pixels.get(2, 0), None);
    /// ```
    #[must_use]
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Option<Self> {
        let expected = (width as usize).checked_mul(height as usize)?.checked_mul(4)?;
        (rgba.len() == expected).then_some(Self { width, height, rgba })
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Number of pixels.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rgba.len() / 4
    }

    /// True if there is no pixel.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rgba.is_empty()
    }

    /// One pixel; `None` outside the picture.
    #[must_use]
    pub fn get(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width {
            return None;
        }
        let index = y as usize * self.width as usize + x as usize;
        self.rgba.as_chunks::<4>().0.get(index).copied()
    }

    /// One row; empty outside the picture.
    #[must_use]
    pub fn row(&self, y: u32) -> &[[u8; 4]] {
        let width = self.width as usize;
        let start = y as usize * width;
        self.rgba.as_chunks::<4>().0.get(start..start + width).unwrap_or_default()
    }

    /// All pixels, row by row.
    pub fn iter(&self) -> std::slice::Iter<'_, [u8; 4]> {
        self.rgba.as_chunks::<4>().0.iter()
    }

    /// The bytes: red, green, blue, alpha of the first pixel, then of the second, and so on.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.rgba
    }

    /// The bytes, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.rgba
    }
}

impl<'a> IntoIterator for &'a Pixels {
    type Item = &'a [u8; 4];
    type IntoIter = std::slice::Iter<'a, [u8; 4]>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Image {
    /// Copies the whole picture into the plugin. The host gives out a picture in as many pieces as
    /// its limit for one call asks for.
    pub fn read(&self) -> Result<Pixels, Failure> {
        let (width, height) = (self.width(), self.height());
        let row_bytes = width as usize * 4;
        let strip = u32::try_from(STRIP_BYTES / row_bytes.max(1)).unwrap_or(u32::MAX).max(1);
        // The host writes the first piece to where it stays.
        let mut rgba = if height == 0 { Vec::new() } else { self.rows(0, strip.min(height))? };
        let mut top = strip.min(height);
        rgba.reserve_exact((row_bytes * height as usize).saturating_sub(rgba.len()));
        while top < height {
            let count = strip.min(height - top);
            rgba.append(&mut self.rows(top, count)?);
            top += count;
        }
        Pixels::new(width, height, rgba).ok_or_else(short_answer)
    }

    /// Looks at every row, from the top, without ever holding more than a strip of the picture:
    /// `look` gets the row's number and its pixels.
    ///
    /// ```no_run
    /// # fn darkest(image: &pentimento_sdk::Image) -> Result<Option<u32>, pentimento_sdk::Failure> {
    /// let mut darkest = None;
    /// image.for_each_row(|y, row| {
    ///     let light: u64 = row.iter().map(|[red, green, blue, _]| u64::from(*red.max(green).max(blue))).sum();
    ///     darkest = darkest.min(Some((light, y))).or(Some((light, y)));
    /// })?;
    /// # Ok(darkest.map(|(_, y)| y)) }
    /// ```
    pub fn for_each_row(&self, mut look: impl FnMut(u32, &[[u8; 4]])) -> Result<(), Failure> {
        let (width, height) = (self.width() as usize, self.height());
        let rows = u32::try_from(WALK_BYTES / (width * 4).max(1)).unwrap_or(u32::MAX).max(1);
        let mut top = 0;
        while top < height {
            let strip = self.rows(top, rows.min(height - top))?;
            for (y, row) in (top..).zip(strip.as_chunks().0.chunks(width.max(1))) {
                look(y, row);
            }
            top = top.saturating_add(rows);
        }
        Ok(())
    }

    /// Copies a rectangle into the plugin: `origin` = (x, y), `size` = (width, height).
    pub fn read_tile(&self, origin: (u32, u32), size: (u32, u32)) -> Result<Pixels, Failure> {
        let rgba = self.tile(origin.0, origin.1, size.0, size.1)?;
        Pixels::new(size.0, size.1, rgba).ok_or_else(short_answer)
    }

    /// The picture scaled so that its longer side is at most `side`; unchanged if it is smaller.
    pub fn at_most(&self, side: u32) -> Result<Pixels, Failure> {
        let (width, height) = (self.width(), self.height());
        let longer = width.max(height);
        if longer <= side || longer == 0 {
            return self.read();
        }
        let scaled = |length: u32| {
            let exact = u64::from(length) * u64::from(side) / u64::from(longer);
            u32::try_from(exact).unwrap_or(side).max(1)
        };
        self.resize(scaled(width), scaled(height))?.read()
    }
}

/// How much [`Image::read`] asks for at once: well below the host's 16 MiB, and large enough that
/// a picture of usual size comes in one piece.
const STRIP_BYTES: usize = 4 << 20;

/// How much [`Image::for_each_row`] asks for at once: it stays in the processor's cache, and what a
/// call to the host costs is little next to it.
const WALK_BYTES: usize = 64 << 10;

fn short_answer() -> Failure {
    Failure::new("host", "the host sent a picture of the wrong size")
}
