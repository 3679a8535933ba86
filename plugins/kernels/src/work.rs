//! The work itself, on pictures made up here: nothing of it depends on where it runs.

use planes::{components, ssim};

/// Pixels along a side of the pictures.
const SIDE: usize = 1024;

/// What can be done to a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The structural similarity of two planes of 1024 by 1024 samples.
    Similarity,
    /// The connected components of a map of 1024 by 1024 pixels, a third of them marked.
    Components,
}

impl Work {
    /// By the word that a brief says it with.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "similarity" => Some(Self::Similarity),
            "components" => Some(Self::Components),
            _ => None,
        }
    }

    /// Does it so many times, always on the same pictures, and says what came of it.
    #[must_use]
    pub fn done(self, times: u32) -> String {
        match self {
            Self::Similarity => {
                let (one, other) = (plane(1), plane(2));
                let more = |_, _| ssim(&one, &other, SIDE).unwrap_or_default();
                (0..times).fold(0.0, more).to_string()
            }
            Self::Components => {
                let marked = blobs();
                (0..times).fold(0, |_, _| components(&marked, SIDE, 1).len()).to_string()
            }
        }
    }
}

/// The sum of all pixels, each taken as one number, as a check that every byte arrived. Cheap, so
/// that it is the reading that is measured.
#[must_use]
pub fn sum(rgba: &[u8]) -> u32 {
    let pixels = rgba.as_chunks().0.iter();
    pixels.fold(0, |sum: u32, pixel| sum.wrapping_add(u32::from_le_bytes(*pixel)))
}

/// Samples from 0 to 255 that follow no pattern.
fn plane(seed: u32) -> Vec<f32> {
    let samples = noise(seed).take(SIDE * SIDE);
    samples.map(|sample| f32::from(sample.to_le_bytes()[3])).collect()
}

/// Squares of 1 to 16 pixels at places that follow no pattern, until a third is covered.
fn blobs() -> Vec<bool> {
    let mut marked = vec![false; SIDE * SIDE];
    let mut numbers = noise(3).map(|number| number as usize >> 8);
    let mut covered = 0;
    while covered < SIDE * SIDE / 3 {
        let mut next = |below: usize| numbers.next().unwrap_or_default() % below;
        let (side, left, top) = (1 + next(16), next(SIDE), next(SIDE));
        for y in top..(top + side).min(SIDE) {
            for x in left..(left + side).min(SIDE) {
                if let Some(pixel) = marked.get_mut(y * SIDE + x) {
                    covered += usize::from(!*pixel);
                    *pixel = true;
                }
            }
        }
    }
    marked
}

/// A linear congruential generator (Numerical Recipes, section 7.1); its upper bits are good.
fn noise(seed: u32) -> impl Iterator<Item = u32> {
    let step = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    std::iter::successors(Some(seed), step).skip(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_has_a_result_that_tells_whether_it_was_done() {
        let similarity: f64 = Work::Similarity.done(1).parse().unwrap();
        assert!(similarity.abs() < 0.05, "two planes of noise have little in common: {similarity}");
        let found: usize = Work::Components.done(1).parse().unwrap();
        assert!((500..20_000).contains(&found), "{found}");
        assert_eq!(Work::Components.done(0), "0");
        assert_eq!(Work::named("idleness"), None);
    }

    #[test]
    fn every_byte_is_in_the_sum() {
        let picture: Vec<u8> = (0..=255).collect();
        for place in 0..picture.len() {
            let mut other = picture.clone();
            other[place] ^= 1;
            assert_ne!(sum(&other), sum(&picture), "{place}");
        }
    }
}
