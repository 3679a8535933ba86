//! Right before, right after: what a correction does to right and to wrong answers.

use serde::Serialize;

/// What a change did, as *Confidence v.s. Critique* takes it apart (Yang et al., arXiv:2412.19513,
/// section 3): `after = before * confidence + (1 - before) * critique`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Change {
    /// How many answers were changed or kept.
    pub cases: usize,
    /// Share that was right before.
    pub before: f64,
    /// Share that is right after.
    pub after: f64,
    /// Share that was right before and is wrong after.
    pub to_wrong: f64,
    /// Share that was wrong before and is right after.
    pub to_right: f64,
    /// Confidence level: of those right before, the share still right. Absent if none was right.
    pub confidence: Option<f64>,
    /// Critique level: of those wrong before, the share put right. Absent if none was wrong.
    pub critique: Option<f64>,
    /// Relative self-correction score (the same): where `after` lies between the square of `before`
    /// (0) and its mirror `2 before - before^2` (1); 0.5 is what keeps it. Absent if all or none were
    /// right before.
    pub rss: Option<f64>,
    /// `critique - (1 - confidence)`: what VISCO calls the correction score (arXiv:2412.02172).
    /// Absent if either is.
    pub correction: Option<f64>,
}

impl Change {
    /// Counts pairs of right before and right after.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut counts = [[0_usize; 2]; 2];
        for (before, after) in pairs {
            if let Some(count) =
                counts.get_mut(usize::from(before)).and_then(|row| row.get_mut(usize::from(after)))
            {
                *count += 1;
            }
        }
        let [[stayed_wrong, to_right], [to_wrong, stayed_right]] = counts;
        let (wrong, right) = (stayed_wrong + to_right, to_wrong + stayed_right);
        let cases = wrong + right;
        let (before, after) = (
            share(right, cases).unwrap_or(0.0),
            share(to_right + stayed_right, cases).unwrap_or(0.0),
        );
        let (confidence, critique) = (share(stayed_right, right), share(to_right, wrong));
        Self {
            cases,
            before,
            after,
            to_wrong: share(to_wrong, cases).unwrap_or(0.0),
            to_right: share(to_right, cases).unwrap_or(0.0),
            confidence,
            critique,
            rss: rss(before, after),
            correction: critique.zip(confidence).map(|(critique, kept)| critique - (1.0 - kept)),
        }
    }
}

/// From the share that is right before to that after.
fn rss(before: f64, after: f64) -> Option<f64> {
    let span = 2.0 * before * (1.0 - before);
    (span > 0.0).then(|| (after - before * before) / span)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(kept: usize, lost: usize, won: usize, missed: usize) -> Vec<(bool, bool)> {
        let of = |pair, count| std::iter::repeat_n(pair, count);
        of((true, true), kept)
            .chain(of((true, false), lost))
            .chain(of((false, true), won))
            .chain(of((false, false), missed))
            .collect()
    }

    #[test]
    fn levels_and_scores_are_those_of_the_paper() {
        let change = Change::of(pairs(6, 2, 1, 1));
        assert_eq!((change.before, change.after), (0.8, 0.7));
        assert_eq!((change.confidence, change.critique), (Some(0.75), Some(0.5)));
        assert_eq!((change.to_wrong, change.to_right), (0.2, 0.1));
        assert!((change.rss.unwrap() - (0.7 - 0.64) / 0.32).abs() < 1e-9);
        assert!((change.correction.unwrap() - 0.25).abs() < 1e-9);
        // As many lost as won.
        assert_eq!(Change::of(pairs(1, 1, 1, 1)).rss, Some(0.5));
        // Putting right whatever was wrong, and losing nothing, is more than a second answer can.
        assert_eq!(Change::of(pairs(1, 0, 1, 0)).rss, Some(1.5));
    }

    #[test]
    fn what_cannot_be_told_is_absent() {
        let none = Change::of([]);
        assert_eq!((none.cases, none.confidence, none.critique, none.rss), (0, None, None, None));
        let right = Change::of(pairs(3, 0, 0, 0));
        assert_eq!((right.confidence, right.critique, right.rss), (Some(1.0), None, None));
        assert_eq!(Change::of(pairs(0, 0, 0, 3)).critique, Some(0.0));
    }

    proptest! {
        #[test]
        fn accuracy_after_is_what_both_levels_make_of_that_before(
            kept in 0_usize..50, lost in 0_usize..50, won in 0_usize..50, missed in 0_usize..50,
        ) {
            let change = Change::of(pairs(kept, lost, won, missed));
            let (before, kept) = (change.before, change.confidence.unwrap_or(0.0));
            let after = before * kept + (1.0 - before) * change.critique.unwrap_or(0.0);
            prop_assert!((after - change.after).abs() < 1e-9);
            let flips = change.before - change.to_wrong + change.to_right;
            prop_assert!((flips - change.after).abs() < 1e-9);
        }
    }
}
