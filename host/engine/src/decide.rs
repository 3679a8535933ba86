//! What to do after a round. Same facts, same decision.

use std::time::Duration;

use pentimento_model::{Budget, StopReason, Verdict};

/// What is known after a round.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// The draft meets the brief, and that is reason to stop.
    pub accepted: bool,
    /// Somebody could look at the draft.
    pub seen: bool,
    /// There is something a further round could try.
    pub can_go_on: bool,
    /// The round just finished; 0 is the first candidate.
    pub round: u32,
    /// Pictures made or edited so far.
    pub images: u32,
    /// What may be spent.
    pub budget: Budget,
    /// Time spent so far.
    pub time: Duration,
}

/// Why to stop, or `None` for another round.
pub(crate) fn stop_reason(facts: &Facts) -> Option<StopReason> {
    if facts.accepted {
        Some(StopReason::Accepted)
    } else if !facts.seen {
        Some(StopReason::NoOpinion)
    } else if !facts.can_go_on {
        Some(StopReason::NoOps)
    } else if facts.round >= facts.budget.rounds {
        Some(StopReason::Rounds)
    } else if facts.images >= facts.budget.images {
        Some(StopReason::Images)
    } else if facts.budget.bounds.time.is_some_and(|most| facts.time >= most) {
        Some(StopReason::Time)
    } else {
        None
    }
}

/// The verdict that goes with a reason to stop.
pub(crate) const fn verdict(stop: Option<StopReason>) -> Verdict {
    match stop {
        Some(StopReason::Accepted) => Verdict::Accept,
        Some(_) => Verdict::GiveUp,
        None => Verdict::Revise,
    }
}

/// The decision in words, for the journal.
pub(crate) const fn reason(stop: Option<StopReason>) -> &'static str {
    match stop {
        Some(StopReason::Accepted) => "nothing that was asked for is missing or wrong",
        Some(StopReason::NoOpinion) => {
            "who looks or plans gave no opinion, so nothing can be corrected"
        }
        Some(StopReason::NoOps) => "the controller knows no change that would help",
        Some(StopReason::Rounds) => "all rounds were used",
        Some(StopReason::Images) => "all pictures of the budget were used",
        Some(StopReason::Calls) => "the budget allows no further call of a model",
        Some(StopReason::Tokens) => "the budget does not allow the tokens of a further call",
        Some(StopReason::Money) => "the budget does not allow what a further call may cost",
        Some(StopReason::Time) => "the time was used up",
        Some(StopReason::Hacking) => "the judge's grade rises while that of the held-out one falls",
        None => "another round may help",
    }
}

#[cfg(test)]
mod tests;
