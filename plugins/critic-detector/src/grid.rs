//! Resampling onto the grid on which silhouettes and templates are compared.
//!
//! The build script uses this very file for the templates, so that both sides are averaged alike.

/// Cells along either side of the grid. 24 keeps all templates near 300 KiB and still shows a
/// fork's tines.
pub const GRID: usize = 24;

/// Cells of the whole grid.
pub const CELLS: usize = GRID * GRID;

/// How the pixels along one axis fall onto the grid.
#[derive(Clone, Debug)]
pub struct Axis {
    origin: f32,
    cells_per_pixel: f32,
}

impl Axis {
    /// The grid spans `length` pixels from `origin` on.
    pub fn new(origin: f32, length: f32) -> Self {
        Self { origin, cells_per_pixel: float(GRID) / length.max(1.0) }
    }

    /// The cells that a pixel touches, each with the part of the cell's extent it covers.
    pub fn shares(&self, pixel: usize) -> impl Iterator<Item = (usize, f32)> {
        let start = (float(pixel) - self.origin) * self.cells_per_pixel;
        let end = start + self.cells_per_pixel;
        let last = if end <= 0.0 { 0 } else { whole(end.ceil()).min(GRID) };
        (whole(start)..last).filter_map(move |cell| {
            let covered = end.min(float(cell) + 1.0) - start.max(float(cell));
            (covered > 0.0).then_some((cell, covered))
        })
    }
}

/// Sums of `N` channels over the grid's cells.
#[derive(Clone, Debug)]
pub struct Sums<const N: usize> {
    /// One entry a cell, row by row.
    pub cells: Vec<[f32; N]>,
}

impl<const N: usize> Sums<N> {
    /// Nothing summed yet.
    pub fn new() -> Self {
        Self { cells: vec![[0.0; N]; CELLS] }
    }

    /// Adds a pixel's channels to the cells it touches, by the part of each it covers.
    pub fn add(&mut self, row: &[(usize, f32)], column: &[(usize, f32)], channels: [f32; N]) {
        for (y, height) in row {
            for (x, width) in column {
                let share = width * height;
                for (sum, channel) in self.cells[y * GRID + x].iter_mut().zip(channels) {
                    *sum += share * channel;
                }
            }
        }
    }
}

impl<const N: usize> Default for Sums<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// A count as a float; counts stay far below 2²⁴, where this is exact.
#[expect(clippy::cast_precision_loss, reason = "counts of pixels and cells are small")]
pub const fn float(count: usize) -> f32 {
    count as f32
}

/// The whole part; 0 for negative numbers.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` from float saturates, which is what is wanted here"
)]
pub const fn whole(value: f32) -> usize {
    value as usize
}

/// The nearest byte, cut off at 0 and 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` from float saturates, which is what is wanted here"
)]
pub const fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}
