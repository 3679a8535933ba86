//! Pixels as the eye gets them: rows of RGBA, 8 bits a channel.
//!
//! Decoding is the host's work; what the pixels show is for the other modules.

/// A decoded picture.
#[derive(Clone, Debug)]
pub struct Picture {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
}

impl Picture {
    /// Wraps `width * height * 4` bytes of RGBA rows; none if the length is another.
    pub fn new(width: usize, height: usize, rgba: Vec<u8>) -> Option<Self> {
        let bytes = width.checked_mul(height)?.checked_mul(4)?;
        (rgba.len() == bytes).then_some(Self { width, height, rgba })
    }

    /// In pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// In pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Red, green and blue of every pixel, row by row. Alpha is not looked at.
    pub fn colors(&self) -> impl Iterator<Item = [u8; 3]> + '_ {
        self.rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]])
    }

    /// Red, green and blue of one pixel. The caller keeps within the picture.
    pub fn color(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 4;
        [self.rgba[at], self.rgba[at + 1], self.rgba[at + 2]]
    }

    /// The picture `factor` times smaller, by averaging squares of pixels.
    pub fn shrunk(&self, factor: usize) -> Self {
        let (width, height) = (self.width.div_ceil(factor), self.height.div_ceil(factor));
        let mut rgba = Vec::with_capacity(width * height * 4);
        for top in (0..self.height).step_by(factor) {
            for left in (0..self.width).step_by(factor) {
                let [red, green, blue] = self.mean(left, top, factor);
                rgba.extend([red, green, blue, u8::MAX]);
            }
        }
        Self { width, height, rgba }
    }

    /// The mean color of a square, cut off at the picture's edges.
    fn mean(&self, left: usize, top: usize, side: usize) -> [u8; 3] {
        let mut sums = [0_u64; 3];
        let mut pixels = 0;
        for y in top..(top + side).min(self.height) {
            for x in left..(left + side).min(self.width) {
                for (sum, channel) in sums.iter_mut().zip(self.color(x, y)) {
                    *sum += u64::from(channel);
                }
                pixels += 1;
            }
        }
        sums.map(|sum| u8::try_from(sum / pixels.max(1)).unwrap_or(u8::MAX))
    }
}
