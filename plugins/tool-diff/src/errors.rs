//! How far apart the channels of two pictures are, and which pixels changed.
//!
//! Counted over red, green and blue; sums are whole numbers, so that nothing is lost in them.

/// Sums over all channels of all pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// Of the distances.
    pub distances: u64,
    /// Of the squared distances.
    pub squares: u64,
    /// How many channels were compared.
    pub channels: u64,
}

impl Errors {
    /// The distances between two pictures of one size; alpha is passed over.
    #[must_use]
    pub fn between(first: &[[u8; 4]], second: &[[u8; 4]]) -> Self {
        let mut errors = Self::default();
        // A row's worth at a time in 32 bits, which holds 22 000 pixels at full distance.
        for (first, second) in first.chunks(4096).zip(second.chunks(4096)) {
            let (mut distances, mut squares) = (0_u32, 0_u32);
            for (one, other) in first.iter().zip(second) {
                for channel in 0..3 {
                    let distance = u32::from(one[channel].abs_diff(other[channel]));
                    distances += distance;
                    squares += distance * distance;
                }
            }
            errors.distances += u64::from(distances);
            errors.squares += u64::from(squares);
            errors.channels += 3 * first.len() as u64;
        }
        errors
    }

    /// The mean distance, 0 to 255.
    #[must_use]
    pub fn mean(&self) -> f64 {
        ratio(self.distances, self.channels)
    }

    /// The mean squared distance, 0 to 65 025.
    #[must_use]
    pub fn mean_square(&self) -> f64 {
        ratio(self.squares, self.channels)
    }

    /// The peak signal-to-noise ratio in decibels; none if there is no distance at all.
    #[must_use]
    pub fn psnr(&self) -> Option<f64> {
        (self.squares > 0).then(|| 10.0 * (255.0 * 255.0 / self.mean_square()).log10())
    }
}

/// Which pixels have a channel that is more than `threshold` apart.
#[must_use]
pub fn changed(first: &[[u8; 4]], second: &[[u8; 4]], threshold: u8) -> Vec<bool> {
    let apart = |(one, other): (&[u8; 4], &[u8; 4])| {
        one.iter().zip(other).any(|(one, other)| one.abs_diff(*other) > threshold)
    };
    first.iter().zip(second).map(apart).collect()
}

/// A part of a whole; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "sums over a picture stay below 2^53")]
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAY: [u8; 4] = [100, 100, 100, 255];

    #[test]
    fn distances_are_means_over_channels() {
        // Distances 0, 3, 6 and 0, 0, 9: mean 18 / 6, mean square 126 / 6.
        let second = [[100, 103, 94, 255], [100, 100, 109, 255]];
        let errors = Errors::between(&[GRAY; 2], &second);
        assert!((errors.mean() - 3.0).abs() < 1e-12);
        assert!((errors.mean_square() - 21.0).abs() < 1e-12);
        // 10 log10(65025 / 21)
        assert!((errors.psnr().unwrap() - 34.908_610_65).abs() < 1e-6, "{:?}", errors.psnr());
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_can_be() {
        let (black, white) = (vec![[0, 0, 0, 255]; 5000], vec![[255; 4]; 5000]);
        let errors = Errors::between(&black, &white);
        assert!((errors.mean() - 255.0).abs() < 1e-12);
        assert!(errors.psnr().unwrap().abs() < 1e-12);
        assert_eq!(Errors::between(&white, &white).psnr(), None);
        assert_eq!(Errors::between(&[], &[]).mean().to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn a_pixel_changes_with_its_most_changed_channel() {
        let second = [[100, 110, 100, 255], [100, 111, 100, 255], [89, 100, 100, 255]];
        assert_eq!(changed(&[GRAY; 3], &second, 10), [false, true, true]);
        assert_eq!(changed(&[GRAY; 3], &[GRAY; 3], 0), [false; 3]);
    }
}
