//! Runs that ended for want of means, and go on.
//!
//! What is journaled stays: the refusal, the decision and the end. A run that goes on says so behind them
//! (`WentOn`), and the step that was refused follows. To carry such a run out again is to carry it out to that
//! end, as it was, and then once more from its beginning, past that end: so every decision before is
//! made from the same facts each time.

use pentimento_model::{RunEvent, Spending, StepKey, StopReason};

use super::Trace;
use crate::RunError;

/// An end that was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pause {
    /// The place of the event that refused a step.
    refused: usize,
    /// The place of the event by which the run goes on.
    went_on: usize,
}

/// What is known of a run because it was carried out to an end before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Its ends, oldest first.
    pauses: Vec<Pause>,
    /// So many events are booked and shown.
    pub(super) seen: usize,
    /// The journal does not say yet that the run went on after the last of them.
    is_open: bool,
}

impl Known {
    /// The end that the refusal in this place led to, and whether the run is still to go on there.
    fn after(&self, refused: usize) -> Option<(Pause, bool)> {
        let at = self.pauses.iter().position(|pause| pause.refused == refused)?;
        let is_last = at + 1 == self.pauses.len();
        self.pauses.get(at).map(|pause| (*pause, is_last && self.is_open))
    }

    /// The same with one more end.
    fn with(&self, pause: Pause, is_open: bool) -> Self {
        let pauses = self.pauses.iter().copied().chain([pause]).collect();
        Self { pauses, seen: pause.went_on, is_open }
    }
}

impl Trace<'_> {
    /// With what to carry the run out once more, if it has come to an end for want of means that was none,
    /// or need not be.
    pub(crate) fn once_more(&self) -> Option<Known> {
        let pause = Pause { refused: self.refused?, went_on: self.position };
        if self.known.is_open {
            return None;
        }
        let is_open = match self.ports.keep.recall(pause.went_on) {
            Some(next) if matches!(next.event, RunEvent::WentOn { .. }) => false,
            None if self.ledger.goes_on() => true,
            _ => return None,
        };
        Some(self.known.with(pause, is_open))
    }

    /// The run ends because this step was refused; or that end was none, or need not be.
    pub(super) async fn go_past(
        &mut self,
        key: StepKey,
        most: Spending,
        stop: StopReason,
    ) -> Result<(), RunError> {
        let refused = self.position.saturating_sub(1);
        match self.known.after(refused) {
            Some((pause, false)) => {
                // What is told there of the end is over; what follows has the step's key.
                self.position = pause.went_on;
                Ok(())
            }
            Some((pause, true)) if self.ledger.allows(most).is_ok() => {
                self.position = pause.went_on;
                self.known.is_open = false;
                let bounds = self.ledger.bounds();
                if let Some(under_way) = self.append(RunEvent::WentOn { key, bounds })? {
                    self.landed(under_way).await?;
                }
                Ok(())
            }
            _ => {
                self.refused = Some(refused);
                Err(RunError::Spent { stop })
            }
        }
    }
}
