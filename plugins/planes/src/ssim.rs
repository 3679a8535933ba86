//! The structural similarity of two planes, after Wang, Bovik, Sheikh and Simoncelli 2004, "Image
//! quality assessment: from error visibility to structural similarity".
//!
//! As in the authors' `ssim_index.m`: a Gaussian window of 11 by 11, only windows that lie wholly
//! inside, and no shrinking beforehand. Making the planes is left to `luma`.

use wide::f32x16;

/// Samples along a side of the window.
pub const WINDOW: usize = 11;

/// Standard deviation of the Gaussian, in samples.
const SIGMA: f64 = 1.5;

/// K₁ and K₂ of the paper.
const STABILIZERS: [f32; 2] = [0.01, 0.03];

/// L of the paper: how far samples can be apart.
const RANGE: f32 = 255.0;

/// Half the range. Taken off every sample, so that squares stay small and single precision is
/// enough; variances do not notice.
const MIDDLE: f32 = 128.0;

/// Windows that are worked on together: their sums stay in registers.
const LANES: usize = 16;

/// The mean similarity of two planes of samples from 0 to 255, row by row: 1 if they are the same,
/// less the more they differ, below 0 if one is the other's negative. None if a side is shorter
/// than [`WINDOW`], or the planes have no such width.
#[must_use]
pub fn ssim(first: &[f32], second: &[f32], width: usize) -> Option<f64> {
    if width < WINDOW || first.len() != second.len() || !first.len().is_multiple_of(width) {
        return None;
    }
    let height = first.len() / width;
    let rows = (height + 1).checked_sub(WINDOW).filter(|rows| *rows > 0)?;
    let columns = width + 1 - WINDOW;
    let weights = weights();
    let mut upright = Sums::new(width);
    let mut total = 0.0;
    for top in 0..rows {
        let band = top * width..(top + WINDOW) * width;
        upright.down(first.get(band.clone())?, second.get(band)?, width, &weights);
        total += upright.similarity(columns, &weights);
    }
    #[expect(clippy::cast_precision_loss, reason = "the windows of a picture that fits memory")]
    let mean = total / (rows * columns) as f64;
    Some(mean)
}

/// The Gaussian along one side; its products are the window's weights, and add up to 1.
fn weights() -> [f32; WINDOW] {
    let mut weights = [0.0_f64; WINDOW];
    for (weight, place) in weights.iter_mut().zip(0_u8..) {
        let apart = f64::from(place) - 5.0;
        *weight = (-apart * apart / (2.0 * SIGMA * SIGMA)).exp();
    }
    let sum: f64 = weights.iter().sum();
    #[expect(clippy::cast_possible_truncation, reason = "a weight is rounded, never cut off")]
    weights.map(|weight| (weight / sum) as f32)
}

/// Weighted sums down the columns of a band of rows: of the first plane, of the second, of the
/// squares of both, and of the products. Behind the last column there is room for another window.
struct Sums {
    sums: [Vec<[f32; LANES]>; 4],
}

impl Sums {
    fn new(width: usize) -> Self {
        let lanes = (width + WINDOW).div_ceil(LANES) + 1;
        Self { sums: std::array::from_fn(|_| vec![[0.0; LANES]; lanes]) }
    }

    /// Sums down the columns of a band of [`WINDOW`] rows.
    fn down(&mut self, first: &[f32], second: &[f32], width: usize, weights: &[f32; WINDOW]) {
        self.sums.iter_mut().for_each(|sums| sums.fill([0.0; LANES]));
        let rows = first.chunks_exact(width).zip(second.chunks_exact(width));
        for (weight, (first, second)) in weights.iter().zip(rows) {
            let ((first, first_rest), (second, second_rest)) =
                (first.as_chunks(), second.as_chunks());
            self.add(0, *weight, first.iter().zip(second));
            if !first_rest.is_empty() {
                let rest = [filled_up(first_rest), filled_up(second_rest)];
                self.add(first.len(), *weight, rest.iter().zip(rest.iter().skip(1)));
            }
        }
    }

    /// Adds pieces of one row, from the given piece on.
    fn add<'a>(
        &mut self,
        from: usize,
        weight: f32,
        pieces: impl Iterator<Item = (&'a [f32; LANES], &'a [f32; LANES])>,
    ) {
        let (weight, middle) = (f32x16::splat(weight), f32x16::splat(MIDDLE));
        let [one, other, squares, products] = &mut self.sums;
        let means = one.iter_mut().zip(other.iter_mut());
        let seconds = squares.iter_mut().zip(products.iter_mut());
        for (((one, other), (squares, products)), (x, y)) in
            means.zip(seconds).skip(from).zip(pieces)
        {
            let (x, y) = (f32x16::new(*x) - middle, f32x16::new(*y) - middle);
            let plus = |sum: &mut [f32; LANES], more: f32x16| {
                *sum = (f32x16::new(*sum) + weight * more).to_array();
            };
            plus(one, x);
            plus(other, y);
            plus(squares, x * x + y * y);
            plus(products, x * y);
        }
    }

    /// The sum of the similarities of all windows of the band.
    fn similarity(&self, columns: usize, weights: &[f32; WINDOW]) -> f64 {
        let mut totals = [0.0; LANES];
        for left in (0..columns).step_by(LANES) {
            let [one, other, squares, products] =
                self.sums.each_ref().map(|sums| across(sums.as_flattened(), left, weights));
            let similarities = similarities(one, other, squares, products).to_array();
            let inside = LANES.min(columns - left);
            for (total, similarity) in totals.iter_mut().zip(similarities).take(inside) {
                *total += f64::from(similarity);
            }
        }
        totals.iter().sum()
    }
}

/// Weighted sums of [`WINDOW`] neighbors each. The weights are symmetric: neighbors at the same
/// distance are added first.
fn across(from: &[f32], left: usize, weights: &[f32; WINDOW]) -> f32x16 {
    let from = from.get(left..left + WINDOW + LANES).unwrap_or(&[0.0; WINDOW + LANES]);
    let at = |place: usize| {
        let lane = from.get(place..).and_then(<[f32]>::first_chunk::<LANES>);
        f32x16::new(lane.copied().unwrap_or_default())
    };
    let middle = weights.get(WINDOW / 2).copied().unwrap_or_default();
    let mut sums = f32x16::splat(middle) * at(WINDOW / 2);
    for (near, weight) in weights.iter().enumerate().take(WINDOW / 2) {
        sums += f32x16::splat(*weight) * (at(near) + at(WINDOW - 1 - near));
    }
    sums
}

/// Samples, and the middle where there are none.
fn filled_up(samples: &[f32]) -> [f32; LANES] {
    let mut lanes = [MIDDLE; LANES];
    lanes.iter_mut().zip(samples).for_each(|(lane, sample)| *lane = *sample);
    lanes
}

/// The similarity in each window.
fn similarities(one: f32x16, other: f32x16, squares: f32x16, products: f32x16) -> f32x16 {
    let [c1, c2] = STABILIZERS.map(|share| f32x16::splat((share * RANGE) * (share * RANGE)));
    let (middle, two) = (f32x16::splat(MIDDLE), f32x16::splat(2.0));
    let variances = squares - (one * one + other * other);
    let covariance = products - one * other;
    let (one, other) = (one + middle, other + middle);
    let likeness = (two * (one * other) + c1) * (two * covariance + c2);
    likeness / ((one * one + other * other + c1) * (variances + c2))
}

#[cfg(test)]
mod tests;
