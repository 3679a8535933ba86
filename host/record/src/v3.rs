//! Format 3: format 2 with an event by which a run goes on that had ended.
//!
//! Whoever skipped that event would take a run for finished that is not. Only its record has this number.

use pentimento_model::RunEvent;

/// The number of this format.
const NUMBER: u32 = 3;

/// The number of an event's record, if no smaller one will do.
pub(crate) const fn number(event: &RunEvent) -> Option<u32> {
    match event {
        RunEvent::WentOn { .. } => Some(NUMBER),
        _ => None,
    }
}
