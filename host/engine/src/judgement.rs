//! What whoever judges says of a draft: an answer of no use is no consent.
//!
//! The one place where that is decided. Recipes get what was said as a value with three sides, and
//! cannot take the third for the first; votes that are missing count against whatever they are to carry.

use pentimento_model::Score;

use crate::{draft::Draft, policy::Mark};

/// What is said of a draft by whoever was asked about it.
#[must_use = "an answer of no use is no consent"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement<W> {
    /// Nothing is wrong with it.
    Consents,
    /// This is wrong with it.
    Objects(W),
    /// Nothing of use was said of it, or not of all of it.
    Silent,
}

impl<W> Judgement<W> {
    /// Of an answer in which `wrong` finds what is wrong, if anything is; `None` is one of no use.
    pub(crate) fn of<A>(answer: Option<A>, wrong: impl FnOnce(A) -> Option<W>) -> Self {
        match answer.map(wrong) {
            Some(Some(wrong)) => Self::Objects(wrong),
            Some(None) => Self::Consents,
            None => Self::Silent,
        }
    }
}

impl Draft {
    /// Takes in what is said of it, and gives back what is to be put right. Without consent and without
    /// anything to put right the run is at its end, and accepts nothing.
    pub(crate) fn hears<W>(&mut self, said: Judgement<W>) -> Option<W> {
        match said {
            Judgement::Consents => self.pleases(),
            Judgement::Objects(wrong) => return Some(wrong),
            Judgement::Silent => self.is_not_judged(),
        }
        None
    }

    /// Nobody said anything of use of it.
    pub(crate) const fn is_not_judged(&mut self) {
        self.content = false;
        self.mark = Some(Mark::Unjudged);
    }
}

/// Yes and no, among votes of which some may be missing.
#[must_use = "a vote that is missing is no yes"]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Votes {
    pub yes: usize,
    pub no: usize,
    /// Answers of no use.
    pub missing: usize,
}

impl Votes {
    /// Counts one.
    pub(crate) const fn count(&mut self, vote: Option<bool>) {
        match vote {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.missing += 1,
        }
    }

    /// Votes that were asked for.
    pub(crate) const fn all(self) -> usize {
        self.yes + self.no + self.missing
    }

    /// True if nobody voted.
    pub(crate) const fn is_silent(self) -> bool {
        self.yes + self.no == 0
    }

    /// The share of yes if all that is missing were no, and if it were yes; `None` if nobody voted.
    pub(crate) fn shares(self) -> Option<(Score, Score)> {
        let share = |yes| Score::share(yes, self.all());
        (!self.is_silent()).then(|| (share(self.yes), share(self.yes + self.missing)))
    }

    /// Whether yes has this share of all votes; `None` if it turns on those that are missing.
    pub(crate) fn carries(self, share: f32) -> Option<bool> {
        let (least, most) = self.shares()?;
        let carried = least.value() >= share;
        (carried || most.value() < share).then_some(carried)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_is_carried_or_lost_only_whatever_is_missing() {
        for (yes, no, missing, share, carried) in [
            (10, 0, 0, 1.0, Some(true)),
            (9, 1, 0, 1.0, Some(false)),
            (1, 0, 9, 1.0, None),
            (9, 0, 1, 1.0, None),
            (0, 1, 9, 1.0, Some(false)),
            (5, 0, 5, 0.5, Some(true)),
            (4, 1, 5, 0.5, None),
            (4, 6, 0, 0.5, Some(false)),
            (0, 0, 10, 0.5, None),
            (0, 0, 0, 0.0, None),
        ] {
            let votes = Votes { yes, no, missing };
            assert_eq!(votes.carries(share), carried, "{votes:?} {share}");
        }
    }

    #[test]
    fn missing_votes_are_no_yes() {
        let mut votes = Votes::default();
        for vote in [Some(true), None, Some(false), None] {
            votes.count(vote);
        }
        let (least, most) = votes.shares().unwrap();
        assert_eq!((least.to_string(), most.to_string()), ("0.25".into(), "0.75".into()));
    }
}
