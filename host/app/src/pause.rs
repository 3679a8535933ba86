//! What a journal says of how its run ended, and whether more to spend would let it go on.

use pentimento_model::{Bounds, RunEvent, RunOutcome, TimedEvent};

/// How a run ended, if it did.
pub(crate) fn finished(past: &[TimedEvent]) -> Option<RunOutcome> {
    past.last().and_then(|last| match &last.event {
        RunEvent::RunFinished { outcome } => Some(outcome.clone()),
        _ => None,
    })
}

/// True if a run ended, or is about to, because its budget or that of all did not allow a step: only what
/// was decided from that follows.
pub(crate) fn ran_out(past: &[TimedEvent]) -> bool {
    let mut back = past.iter().rev().map(|timed| &timed.event);
    let refusal = back
        .find(|event| !matches!(event, RunEvent::RunFinished { .. } | RunEvent::Decided { .. }));
    matches!(refusal, Some(RunEvent::BudgetReached { .. }))
}

/// What a run's calls may take: as it began, or as it went on last.
pub(crate) fn bounds(past: &[TimedEvent]) -> Bounds {
    let settled = past.iter().rev().find_map(|timed| match &timed.event {
        RunEvent::WentOn { bounds, .. } => Some(*bounds),
        RunEvent::RunStarted { budget, .. } => Some(budget.bounds),
        _ => None,
    });
    settled.unwrap_or(Bounds::NONE)
}
