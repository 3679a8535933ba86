//! Intervals and tests. Same values, same figures: what is drawn is drawn from fixed seeds.

use pentimento_model::Seed;
use serde::Serialize;

/// Resamples of the bootstrap (Efron and Tibshirani 1993, section 13.3: at least 1000).
const RESAMPLES: u32 = 2000;

/// A mean with its 95 percent confidence interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The mean of these values and its interval, by the percentile bootstrap. A value stands for a
/// question, so that several seeds of one question are no more than one. Same values, same interval.
pub fn interval(values: &[f64]) -> Interval {
    let resampled =
        |number| mean(drawn(values.len(), number).filter_map(|at| values.get(at).copied()));
    around(mean(values.iter().copied()), (0..RESAMPLES).map(resampled).collect())
}

/// The slope of a line through these points (least squares) and its interval: the same over points
/// drawn with replacement, those draws left out that have a single place. `None` without two places.
pub fn slope(points: &[(f64, f64)]) -> Option<Interval> {
    let resampled = |number| {
        let drawn: Vec<_> =
            drawn(points.len(), number).filter_map(|at| points.get(at).copied()).collect();
        line(&drawn)
    };
    Some(around(line(points)?, (0..RESAMPLES).filter_map(resampled).collect()))
}

/// The slope of the line through these points that has the least squares; `None` without two places.
pub fn line(points: &[(f64, f64)]) -> Option<f64> {
    let x = mean(points.iter().map(|(x, _)| *x));
    let y = mean(points.iter().map(|(_, y)| *y));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let both: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    (spread > 0.0).then(|| both / spread)
}

/// A figure with the middle 95 percent of the same over resamples.
fn around(mean: f64, mut means: Vec<f64>) -> Interval {
    means.sort_by(f64::total_cmp);
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "an index of a list of two thousand"
        )]
        let index = (share * means.len().saturating_sub(1) as f64).round() as usize;
        means.get(index).copied().unwrap_or(mean)
    };
    Interval { mean, low: at(0.025), high: at(0.975) }
}

/// As many places of a list as it has, drawn with replacement.
fn drawn(length: usize, number: u32) -> impl Iterator<Item = usize> {
    let seed = Seed(1).derive("bootstrap", u64::from(number));
    let count = length as u64;
    let draw = move |at: u64| usize::try_from(seed.derive("draw", at).0 % count.max(1)).ok();
    (0..count).filter_map(draw)
}

/// The mean; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// `McNemar`'s exact test (1947): how likely so uneven a split of the pairs in which exactly one is
/// right would be, if neither were better. `only_first` and `only_second` count those pairs.
pub fn mcnemar(only_first: usize, only_second: usize) -> f64 {
    let (fewer, all) = (only_first.min(only_second), only_first + only_second);
    // The terms of a binomial with one half, each from the one before, as logarithms.
    let mut log_term = -ratio(all, 1) * std::f64::consts::LN_2;
    let mut sum = log_term.exp();
    for chosen in 1..=fewer {
        log_term += ratio(all - chosen + 1, chosen).ln();
        sum += log_term.exp();
    }
    if all == 0 { 1.0 } else { (2.0 * sum).min(1.0) }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mcnemars_test_is_exact() {
        // From the binomial distribution: 2 * (1 + 10 + 45) / 2^10.
        for (first, second, p) in
            [(0, 0, 1.0), (5, 5, 1.0), (2, 8, 0.109_375), (8, 2, 0.109_375), (0, 10, 0.001_953_125)]
        {
            assert!((mcnemar(first, second) - p).abs() < 1e-9, "{first} {second}");
        }
        assert!(mcnemar(0, 5000) < 1e-100);
    }

    #[test]
    fn a_slope_is_that_of_the_line_and_its_interval_tells_rise_from_noise() {
        let of = |heights: &[f64]| {
            let points: Vec<_> = (0..heights.len()).map(|at| (ratio(at, 1), heights[at])).collect();
            slope(&points)
        };
        let rise = of(&[0.0, 0.5, 1.0]).unwrap();
        assert!((rise.mean - 0.5).abs() < 1e-9 && (rise.low - 0.5).abs() < 1e-9, "{rise:?}");
        for noise in [&[0.0, 1.0, 0.2][..], &[0.0, 0.5, 0.5], &[1.0, 0.0, 1.0, 0.0]] {
            let noise = of(noise).unwrap();
            assert!(noise.low <= 0.0 && noise.low <= noise.mean, "{noise:?}");
        }
        assert_eq!((of(&[]), of(&[1.0])), (None, None));
        assert_eq!(slope(&[(2.0, 0.0), (2.0, 1.0)]), None, "one place has no slope");
    }

    #[test]
    fn an_interval_holds_its_mean_and_narrows_with_more_values() {
        let values =
            |count: usize| (0..count).map(|n| f64::from(u8::from(n % 4 == 0))).collect::<Vec<_>>();
        let (few, many) = (interval(&values(40)), interval(&values(400)));
        for one in [few, many] {
            assert!(one.low < one.mean && one.mean < one.high, "{one:?}");
        }
        // The textbook's interval of a share of 1/4 among 400 is ±0.042.
        assert!((many.high - many.low - 0.085).abs() < 0.02, "{many:?}");
        assert!(few.high - few.low > 2.0 * (many.high - many.low));
        assert_eq!(interval(&[1.0; 10]), Interval { mean: 1.0, low: 1.0, high: 1.0 });
        assert_eq!(interval(&[]), Interval::default());
        assert_eq!(interval(&values(40)), few, "same values, same interval");
    }
}
