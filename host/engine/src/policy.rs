//! The small decisions of recipes for texts, as values that can be combined: when to stop, and which
//! text to keep. Pure.

use crate::standing::{Standing, is_better};

/// True if a new text takes the place of the old one: unless somebody found more wrong with it. With
/// nobody to tell, that is the new one always, as in most papers.
pub(crate) fn takes(new: Option<Standing>, old: Option<Standing>) -> bool {
    !is_better(old, new)
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
}

/// What the conditions ask about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub proved: bool,
    pub content: bool,
    pub objected: bool,
    pub unchanged: u32,
}

impl Until {
    const fn holds(self, state: State) -> bool {
        match self {
            Self::Proved => state.proved,
            Self::Content => state.content && !state.objected,
            Self::Unchanged(rounds) => state.unchanged >= rounds,
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
        ] {
            assert_eq!(Until::any(&all, state), expected, "{state:?}");
        }
        assert_eq!(Until::any(&[], state), None);
    }
}
