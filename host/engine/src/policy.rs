//! The small decisions of recipes for texts, as values that can be combined: when to stop, and which
//! text to keep. Pure.

use pentimento_model::StopReason;
use pentimento_recipe::{Rule, Until};

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
    /// Whoever was to judge it said nothing of use, or not of all of it.
    Unjudged,
}

/// What the rules ask about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub proved: bool,
    pub content: bool,
    pub objected: bool,
    pub unchanged: u32,
    /// Rounds after the first candidate.
    pub round: u32,
    pub mark: Option<Mark>,
}

impl State {
    /// Whether one rule holds. What merely speaks for a draft does not outweigh an objection.
    fn holds(&self, rule: Rule) -> bool {
        let said = |mark| self.mark == Some(mark) && !self.objected;
        match rule {
            Rule::Proved => self.proved,
            Rule::Content => self.content && !self.objected,
            Rule::Unchanged(rounds) => self.unchanged >= rounds,
            Rule::Rounds(rounds) => self.round >= rounds,
            Rule::Agreed => said(Mark::Agreed),
            Rule::Trusted => said(Mark::Trusted),
            Rule::Preferred => said(Mark::Preferred),
        }
    }
}

/// Why a run of a recipe for texts ends, its budget aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// These rules hold, which is enough.
    Rules(Vec<Rule>),
    /// No further round can bring anything, whatever the rules are.
    DeadEnd(Mark),
}

impl Reached {
    /// Why to end now, if that is so.
    pub(crate) fn by(until: &Until, state: &State) -> Option<Self> {
        let rules = until.reached(&|rule| state.holds(rule)).map(Self::Rules);
        let dead = |mark: &Mark| matches!(mark, Mark::Exhausted | Mark::Unheard | Mark::Unjudged);
        rules.or_else(|| state.mark.filter(dead).map(Self::DeadEnd))
    }

    /// In words, for the journal: the rule, or each of those that had to hold together.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::DeadEnd(Mark::Unheard) => "nothing can be proved".to_owned(),
            Self::DeadEnd(Mark::Unjudged) => "it was not judged, or not all of it".to_owned(),
            Self::DeadEnd(_) => "nothing is left to try".to_owned(),
            Self::Rules(rules) => {
                rules.iter().copied().map(reason).collect::<Vec<_>>().join(", and ")
            }
        }
    }

    /// The code that goes with it. Of several rules, the first that is no success decides; the number of
    /// rounds only where nothing else was asked.
    pub(crate) fn stop(&self) -> StopReason {
        let rules = match self {
            Self::DeadEnd(Mark::Unheard | Mark::Unjudged) => return StopReason::NoOpinion,
            Self::DeadEnd(_) => return StopReason::NoOps,
            Self::Rules(rules) => rules,
        };
        if rules.iter().any(|rule| matches!(rule, Rule::Unchanged(_))) {
            StopReason::NoOps
        } else if rules.iter().all(|rule| matches!(rule, Rule::Rounds(_))) {
            StopReason::Rounds
        } else {
            StopReason::Accepted
        }
    }

    /// True if a draft to which nobody objects is accepted then: something speaks for it. That an
    /// answer stays the same does not where somebody refutes it, with a say or without.
    pub(crate) fn accepts(&self, refuted: bool) -> bool {
        let speaks = |rule: &Rule| match rule {
            Rule::Rounds(_) => false,
            Rule::Unchanged(_) => !refuted,
            _ => true,
        };
        match self {
            Self::DeadEnd(_) => false,
            Self::Rules(rules) => rules.iter().any(speaks),
        }
    }
}

/// A rule that holds, in words.
fn reason(rule: Rule) -> String {
    let words = match rule {
        Rule::Proved => "a verifier proved it, and nobody objects",
        Rule::Content => "whoever was asked finds nothing more wrong with it",
        Rule::Unchanged(_) => "the answer no longer changes",
        Rule::Agreed => "all answers agree",
        Rule::Trusted => "it is held to be right",
        Rule::Preferred => "it is preferred to what was to take its place",
        Rule::Rounds(1) => "1 round was made",
        Rule::Rounds(rounds) => return format!("{rounds} rounds were made"),
    };
    words.to_owned()
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

    fn any(rules: &[Rule]) -> Until {
        Until::Any(rules.iter().copied().map(Until::Rule).collect())
    }

    fn all(rules: &[Rule]) -> Until {
        Until::All(rules.iter().copied().map(Until::Rule).collect())
    }

    #[test]
    fn the_first_rule_that_holds_is_the_reason() {
        let until = any(&[Rule::Proved, Rule::Content, Rule::Unchanged(2)]);
        let state = State { content: true, unchanged: 2, ..State::default() };
        for (state, expected) in [
            (State::default(), None),
            (state, Some(Rule::Content)),
            (State { objected: true, ..state }, Some(Rule::Unchanged(2))),
            (State { unchanged: 1, ..State::default() }, None),
            (State { proved: true, ..state }, Some(Rule::Proved)),
            (State { mark: Some(Mark::Agreed), ..State::default() }, None),
        ] {
            let expected = expected.map(|rule| Reached::Rules(vec![rule]));
            assert_eq!(Reached::by(&until, &state), expected, "{state:?}");
        }
        assert_eq!(Reached::by(&any(&[]), &state), None);
    }

    #[test]
    fn where_all_must_hold_each_is_named_and_the_one_that_is_no_success_decides() {
        let state = State { content: true, unchanged: 2, round: 3, ..State::default() };
        for (rules, reason, stop, accepts) in [
            (
                &[Rule::Content, Rule::Unchanged(2)][..],
                "whoever was asked finds nothing more wrong with it, and the answer no longer changes",
                StopReason::NoOps,
                true,
            ),
            (
                &[Rule::Content, Rule::Rounds(3)],
                "whoever was asked finds nothing more wrong with it, and 3 rounds were made",
                StopReason::Accepted,
                true,
            ),
            (&[Rule::Rounds(1)], "1 round was made", StopReason::Rounds, false),
        ] {
            let reached = Reached::by(&all(rules), &state).unwrap();
            let found = (reached.reason(), reached.stop(), reached.accepts(false));
            assert_eq!(found, (reason.to_owned(), stop, accepts));
        }
        for rules in [&[Rule::Content, Rule::Rounds(4)][..], &[Rule::Content, Rule::Proved], &[]] {
            assert_eq!(Reached::by(&all(rules), &state), None, "{rules:?}");
        }
    }

    #[test]
    fn what_speaks_for_a_draft_does_not_outweigh_an_objection_and_what_does_not_ends_without_consent()
     {
        let until = any(&[Rule::Agreed, Rule::Trusted, Rule::Preferred]);
        for (mark, objected, holds, stop, accepts) in [
            (Mark::Agreed, false, true, StopReason::Accepted, true),
            (Mark::Agreed, true, false, StopReason::Accepted, true),
            (Mark::Trusted, true, false, StopReason::Accepted, true),
            (Mark::Preferred, false, true, StopReason::Accepted, true),
            (Mark::Preferred, true, false, StopReason::Accepted, true),
            (Mark::Exhausted, true, true, StopReason::NoOps, false),
            (Mark::Unheard, false, true, StopReason::NoOpinion, false),
            (Mark::Unjudged, false, true, StopReason::NoOpinion, false),
        ] {
            let state = State { mark: Some(mark), objected, ..State::default() };
            let reached = Reached::by(&until, &state);
            assert_eq!(reached.is_some(), holds, "{mark:?}");
            let found = reached.map(|reached| (reached.stop(), reached.accepts(false)));
            assert_eq!(found, holds.then_some((stop, accepts)), "{mark:?}");
        }
        assert!(Reached::by(&until, &State::default()).is_none());
    }

    #[test]
    fn an_answer_that_stays_speaks_for_nothing_that_is_refuted() {
        for (rules, accepts) in [
            (vec![Rule::Unchanged(2)], false),
            (vec![Rule::Unchanged(2), Rule::Rounds(2)], false),
            (vec![Rule::Content, Rule::Unchanged(2)], true),
        ] {
            let reached = Reached::Rules(rules);
            assert_eq!((reached.accepts(true), reached.accepts(false)), (accepts, true));
        }
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
