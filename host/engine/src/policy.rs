//! The small decisions of recipes for texts, as values that can be combined: when to stop, and which
//! text to keep. Pure.

use pentimento_model::StopReason;

use crate::standing::{Standing, is_better};

/// True if a new text takes the place of the old one: unless somebody found more wrong with it. With
/// nobody to tell, that is the new one always, as in most papers.
pub(crate) fn takes(new: Option<Standing>, old: Option<Standing>) -> bool {
    !is_better(old, new)
}

/// The same where each text also has a worth: what verifiers find counts first, then the worth. Ties
/// keep the old.
pub(crate) fn outranks(
    (new, worth): (Option<Standing>, f64),
    (old, known): (Option<Standing>, f64),
) -> bool {
    is_better(new, old) || (!is_better(old, new) && worth > known)
}

/// A condition under which no further round is made. A recipe lists those it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// A verifier proved the draft, and nobody objects.
    Proved,
    /// Whoever gives feedback finds nothing more, and nobody objects.
    Content,
    /// So many rounds in a row changed nothing in the answer.
    Unchanged(u32),
    /// The recipe says this of the draft, and, if that speaks for it, nobody objects.
    Is(Mark),
}

/// What a recipe says of its draft at the end of a round, beside what others say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// All answers that are considered are the same.
    Agreed,
    /// It is held to be right.
    Trusted,
    /// It was preferred to what was to take its place.
    Preferred,
    /// Nothing is left to try.
    Exhausted,
    /// Nobody with a say could tell anything of it.
    Unheard,
}

impl Mark {
    /// Equality that constant functions may use.
    const fn is(self, other: Self) -> bool {
        self as u8 == other as u8
    }

    const fn speaks_for_it(self) -> bool {
        matches!(self, Self::Agreed | Self::Trusted | Self::Preferred)
    }
}

/// What the conditions ask about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub proved: bool,
    pub content: bool,
    pub objected: bool,
    pub unchanged: u32,
    pub mark: Option<Mark>,
}

impl Until {
    const fn holds(self, state: State) -> bool {
        match self {
            Self::Proved => state.proved,
            Self::Content => state.content && !state.objected,
            Self::Unchanged(rounds) => state.unchanged >= rounds,
            Self::Is(mark) => match state.mark {
                Some(said) if said.is(mark) => !mark.speaks_for_it() || !state.objected,
                _ => false,
            },
        }
    }

    /// The first condition of a list that holds.
    pub(crate) fn any(of: &[Self], state: State) -> Option<Self> {
        of.iter().copied().find(|condition| condition.holds(state))
    }

    /// In words, for the journal.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Proved => "a verifier proved it, and nobody objects",
            Self::Content => "nothing more was found wrong with it",
            Self::Unchanged(_) => "the answer no longer changes",
            Self::Is(Mark::Agreed) => "all answers agree",
            Self::Is(Mark::Trusted) => "it is held to be right",
            Self::Is(Mark::Preferred) => "it is preferred to what was to take its place",
            Self::Is(Mark::Exhausted) => "nothing is left to try",
            Self::Is(Mark::Unheard) => "nothing can be proved",
        }
    }

    /// Why the run stops then.
    pub(crate) const fn stop(self) -> StopReason {
        match self {
            Self::Unchanged(_) | Self::Is(Mark::Exhausted) => StopReason::NoOps,
            Self::Is(Mark::Unheard) => StopReason::NoOpinion,
            _ => StopReason::Accepted,
        }
    }

    /// True if a draft to which nobody objects is accepted then.
    pub(crate) const fn accepts(self) -> bool {
        match self {
            Self::Is(mark) => mark.speaks_for_it(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(major: usize) -> Standing {
        Standing { major, ..Standing::default() }
    }

    #[test]
    fn the_new_text_is_kept_unless_it_is_worse() {
        for (new, old, taken) in [
            (Some(standing(0)), Some(standing(1)), true),
            (Some(standing(1)), Some(standing(1)), true),
            (Some(standing(1)), Some(standing(0)), false),
            (None, None, true),
            (Some(standing(9)), None, true),
            (None, Some(standing(9)), false),
        ] {
            assert_eq!(takes(new, old), taken, "{new:?} {old:?}");
        }
    }

    #[test]
    fn the_first_condition_that_holds_is_the_reason() {
        let all = [Until::Proved, Until::Content, Until::Unchanged(2)];
        let state = State { content: true, unchanged: 2, ..State::default() };
        for (state, expected) in [
            (State::default(), None),
            (state, Some(Until::Content)),
            (State { objected: true, ..state }, Some(Until::Unchanged(2))),
            (State { unchanged: 1, ..State::default() }, None),
            (State { proved: true, ..state }, Some(Until::Proved)),
            (State { mark: Some(Mark::Agreed), ..State::default() }, None),
        ] {
            assert_eq!(Until::any(&all, state), expected, "{state:?}");
        }
        assert_eq!(Until::any(&[], state), None);
    }

    #[test]
    fn what_speaks_for_a_draft_does_not_outweigh_an_objection_and_what_does_not_ends_without_consent()
     {
        for (mark, objected, holds, stop, accepts) in [
            (Mark::Agreed, false, true, StopReason::Accepted, true),
            (Mark::Agreed, true, false, StopReason::Accepted, true),
            (Mark::Trusted, true, false, StopReason::Accepted, true),
            (Mark::Preferred, false, true, StopReason::Accepted, true),
            (Mark::Preferred, true, false, StopReason::Accepted, true),
            (Mark::Exhausted, true, true, StopReason::NoOps, false),
            (Mark::Unheard, false, true, StopReason::NoOpinion, false),
        ] {
            let until = Until::Is(mark);
            let state = State { mark: Some(mark), objected, ..State::default() };
            assert_eq!(Until::any(&[until], state).is_some(), holds, "{mark:?}");
            assert_eq!((until.stop(), until.accepts()), (stop, accepts), "{mark:?}");
        }
        assert!(Until::any(&[Until::Is(Mark::Agreed)], State::default()).is_none());
    }

    #[test]
    fn worth_decides_among_texts_of_which_verifiers_say_the_same() {
        for (new, old, better) in [
            ((None, 0.6), (None, 0.5), true),
            ((None, 0.5), (None, 0.5), false),
            ((Some(standing(0)), 0.1), (Some(standing(1)), 0.9), true),
            ((Some(standing(1)), 0.9), (Some(standing(0)), 0.1), false),
        ] {
            assert_eq!(outranks(new, old), better, "{new:?} {old:?}");
        }
    }
}
