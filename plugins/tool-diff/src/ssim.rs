//! The structural similarity of two planes, after Wang, Bovik, Sheikh and Simoncelli 2004, "Image
//! quality assessment: from error visibility to structural similarity".
//!
//! As in the authors' `ssim_index.m`: a Gaussian window of 11 by 11, only windows that lie wholly
//! inside, and no shrinking beforehand. Making the planes is left to `luma`.

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
    let mut windows = Sums::new(columns);
    let mut similarities = vec![0.0; columns];
    let mut total = 0.0;
    for top in 0..rows {
        let band = top * width..(top + WINDOW) * width;
        upright.down(first.get(band.clone())?, second.get(band)?, &weights);
        windows.across(&upright, &weights);
        windows.similarities(&mut similarities);
        total += similarities.iter().map(|one| f64::from(*one)).sum::<f64>();
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

/// Weighted sums, one place a window: of the first plane, of the second, of the squares of both,
/// and of the products.
struct Sums {
    first: Vec<f32>,
    second: Vec<f32>,
    squares: Vec<f32>,
    products: Vec<f32>,
}

impl Sums {
    fn new(places: usize) -> Self {
        let zeros = || vec![0.0; places];
        Self { first: zeros(), second: zeros(), squares: zeros(), products: zeros() }
    }

    fn each(&mut self) -> [&mut Vec<f32>; 4] {
        [&mut self.first, &mut self.second, &mut self.squares, &mut self.products]
    }

    /// Sums down the columns of a band of [`WINDOW`] rows.
    fn down(&mut self, first: &[f32], second: &[f32], weights: &[f32; WINDOW]) {
        let width = self.first.len();
        self.each().into_iter().for_each(|sums| sums.fill(0.0));
        let rows = first.chunks_exact(width).zip(second.chunks_exact(width));
        for (weight, (first, second)) in weights.iter().zip(rows) {
            let means = self.first.iter_mut().zip(&mut self.second);
            let seconds = self.squares.iter_mut().zip(&mut self.products);
            let samples = first.iter().zip(second);
            for (((one, other), (squares, products)), (x, y)) in means.zip(seconds).zip(samples) {
                let (x, y) = (x - MIDDLE, y - MIDDLE);
                *one += weight * x;
                *other += weight * y;
                *squares += weight * (x * x + y * y);
                *products += weight * (x * y);
            }
        }
    }

    /// Sums across the rows of sums that `down` has made.
    fn across(&mut self, upright: &Self, weights: &[f32; WINDOW]) {
        let from = [&upright.first, &upright.second, &upright.squares, &upright.products];
        for (sums, from) in self.each().into_iter().zip(from) {
            across(sums, from, weights);
        }
    }

    /// The similarity in every window.
    fn similarities(&self, to: &mut [f32]) {
        let [c1, c2] = STABILIZERS.map(|share| (share * RANGE) * (share * RANGE));
        let means = self.first.iter().zip(&self.second);
        let seconds = self.squares.iter().zip(&self.products);
        for (to, ((one, other), (squares, products))) in to.iter_mut().zip(means.zip(seconds)) {
            let variances = squares - (one * one + other * other);
            let covariance = products - one * other;
            let (one, other) = (one + MIDDLE, other + MIDDLE);
            let likeness = (2.0 * (one * other) + c1) * (2.0 * covariance + c2);
            *to = likeness / ((one * one + other * other + c1) * (variances + c2));
        }
    }
}

/// Weighted sums of [`WINDOW`] neighbors. The weights are symmetric: neighbors at the same distance
/// are added first.
fn across(sums: &mut [f32], from: &[f32], weights: &[f32; WINDOW]) {
    let places = sums.len();
    let (Some(middle), Some(weight)) =
        (from.get(WINDOW / 2..WINDOW / 2 + places), weights.get(WINDOW / 2))
    else {
        return;
    };
    for (sum, middle) in sums.iter_mut().zip(middle) {
        *sum = weight * middle;
    }
    for (near, weight) in weights.iter().enumerate().take(WINDOW / 2) {
        let far = WINDOW - 1 - near;
        let (Some(left), Some(right)) =
            (from.get(near..near + places), from.get(far..far + places))
        else {
            return;
        };
        for (sum, (left, right)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += weight * (left + right);
        }
    }
}

#[cfg(test)]
mod tests;
