//! What a run may spend.

use std::time::Duration;

use crate::Money;

/// Upper bounds of a run. Every bound is enforced before the step that would break it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Corrections after the first candidate.
    pub rounds: u32,
    /// Pictures made or edited, the first included.
    pub images: u32,
    /// What calls of models may take, all together.
    pub bounds: Bounds,
}

impl Budget {
    /// So many rounds and pictures, whatever they cost.
    pub const fn new(rounds: u32, images: u32) -> Self {
        Self { rounds, images, bounds: Bounds::NONE }
    }
}

/// Upper bounds of what calls of models take, and of the time spent; `None` is no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Calls, those included of which nobody knows whether they were paid.
    pub calls: Option<u32>,
    /// Tokens read and written.
    pub tokens: Option<u64>,
    /// Pictures that models make or change, those included that were lost on the way.
    pub images: Option<u32>,
    /// Money.
    pub money: Option<Money>,
    /// Time spent in the run's steps; breaks between a run and its resumption do not count.
    pub time: Option<Duration>,
}

impl Bounds {
    /// No bound at all.
    pub const NONE: Self =
        Self { calls: None, tokens: None, images: None, money: None, time: None };

    /// These, and the usual ones where there is none.
    #[must_use]
    pub fn or(self, usual: Self) -> Self {
        Self {
            calls: self.calls.or(usual.calls),
            tokens: self.tokens.or(usual.tokens),
            images: self.images.or(usual.images),
            money: self.money.or(usual.money),
            time: self.time.or(usual.time),
        }
    }

    /// The tighter of the two, bound by bound.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        fn tighter<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
            one.into_iter().chain(other).min()
        }
        Self {
            calls: tighter(self.calls, other.calls),
            tokens: tighter(self.tokens, other.tokens),
            images: tighter(self.images, other.images),
            money: tighter(self.money, other.money),
            time: tighter(self.time, other.time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_bounds_together_are_the_tighter_of_each() {
        let one = Bounds { calls: Some(3), tokens: Some(9), ..Bounds::NONE };
        let other = Bounds { calls: Some(2), money: Some(Money::ZERO), ..Bounds::NONE };
        let both = Bounds { tokens: Some(9), ..other };
        assert_eq!((one.and(other), other.and(one)), (both, both));
        assert_eq!(one.and(Bounds::NONE), one);
        let raised = Bounds { calls: Some(3), money: Some(Money::ZERO), ..one };
        assert_eq!((one.or(other), Bounds::NONE.or(one)), (raised, one));
    }
}
