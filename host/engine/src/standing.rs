//! How far a candidate is from what was asked, as a measure that can be compared.
//!
//! Whether a standing is good enough is decided in `decide.rs`.

use std::cmp::Ordering;

use pentimento_model::{Finding, Score, Severity};

/// The weight of what is wrong with a candidate; less is better. Compared in this order: findings
/// that forbid its use, findings by which the brief is not met, blemishes, and the number of
/// operations the controller thinks are missing (so that three of four missing apples are better
/// than two, although both are one finding), and what the examiner's score lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    pub blocking: usize,
    pub major: usize,
    pub minor: usize,
    pub missing_ops: usize,
    /// Thousandths that the examiner's score lacks to the best one; 0 without a score.
    pub shortfall: u16,
}

impl Standing {
    /// Weighs findings; notes weigh nothing.
    pub(crate) fn of<'a>(
        findings: impl IntoIterator<Item = &'a Finding>,
        missing_ops: usize,
    ) -> Self {
        let mut standing = Self { missing_ops, ..Self::default() };
        for finding in findings {
            match finding.severity {
                Severity::Blocking => standing.blocking += 1,
                Severity::Major => standing.major += 1,
                Severity::Minor => standing.minor += 1,
                Severity::Note => {}
            }
        }
        standing
    }

    /// The same with an examiner's score.
    #[must_use]
    pub(crate) fn with_score(self, score: Option<Score>) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score is within 0 and 1"
        )]
        let lacks = |score: Score| ((1.0 - score.value()) * 1e3).round() as u16;
        Self { shortfall: score.map_or(0, lacks), ..self }
    }

    /// Findings that weigh anything.
    pub(crate) const fn n_findings(&self) -> usize {
        self.blocking + self.major + self.minor
    }
}

/// True if a candidate with standing `new` may replace one with `old`. `None` is a candidate
/// nobody could look at: it never replaces another, and any other replaces it. Ties keep the old.
pub(crate) fn is_better(new: Option<Standing>, old: Option<Standing>) -> bool {
    match (new, old) {
        (Some(new), Some(old)) => new.cmp(&old) == Ordering::Less,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests;
