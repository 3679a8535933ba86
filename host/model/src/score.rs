//! Measures that cannot be out of range.

use std::fmt;

/// A grade between 0 (worst) and 1 (best); also used for confidence.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Score(f32);

impl Score {
    /// The worst grade.
    pub const ZERO: Self = Self(0.0);
    /// The best grade.
    pub const ONE: Self = Self(1.0);

    /// Returns `None` for NaN and for anything outside 0 to 1.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// Brings any number into range; NaN becomes 0.
    pub fn clamped(value: f32) -> Self {
        if value.is_nan() { Self::ZERO } else { Self(value.clamp(0.0, 1.0)) }
    }

    /// So many of so many; 0 of nothing is the worst grade.
    #[expect(clippy::cast_precision_loss, reason = "nobody counts to 16 million here")]
    pub fn share(part: usize, all: usize) -> Self {
        Self::clamped(part as f32 / all.max(1) as f32)
    }

    /// The mean; `None` of no grades.
    #[expect(clippy::cast_precision_loss, reason = "nobody counts to 16 million here")]
    pub fn mean(scores: &[Self]) -> Option<Self> {
        let sum: f32 = scores.iter().map(|score| score.0).sum();
        (!scores.is_empty()).then(|| Self::clamped(sum / scores.len() as f32))
    }

    /// The grade as a number.
    pub const fn value(self) -> f32 {
        self.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.2}", self.0)
    }
}

#[cfg(test)]
#[test]
fn nothing_outside_the_unit_interval_is_a_score() {
    for bad in [-0.1, 1.1, f32::NAN, f32::INFINITY] {
        assert_eq!(Score::new(bad), None);
    }
    assert_eq!(Score::clamped(f32::NAN), Score::ZERO);
    assert_eq!(Score::clamped(3.0), Score::ONE);
    assert_eq!([Score::share(0, 0), Score::share(3, 3)], [Score::ZERO, Score::ONE]);
    assert_eq!(Score::mean(&[Score::ZERO, Score::ONE]), Score::new(0.5));
    assert_eq!(Score::mean(&[]), None);
}
