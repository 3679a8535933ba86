//! The guard against reward hacking: a run whose judge keeps rising while an assessor that nobody in
//! the run hears keeps falling has begun to please its judge (Pan et al., arXiv:2407.04549).
//!
//! It reads the run's own events, as every report does, and asks nobody. When it stops a run is
//! arithmetic (`measure::Gap`); what the run then hands out is what the held-out assessor grades
//! best, the first candidate among the choices.

use pentimento_measure::{Course, Gap};
use pentimento_model::{CandidateId, RunEvent};
use pentimento_prompts::remark;

/// Watches one run.
#[derive(Debug)]
pub(crate) struct Guard {
    held_out: String,
    course: Course,
    tripped: Option<Gap>,
}

/// What a guard that stopped a run leaves behind.
pub(crate) struct Caught {
    /// The candidate that the held-out assessor grades best.
    pub best: Option<CandidateId>,
    /// Why, in a sentence.
    pub reason: String,
}

impl Guard {
    /// One that goes by this assessor.
    pub(crate) fn of(held_out: &str) -> Self {
        Self { held_out: held_out.to_owned(), course: Course::default(), tripped: None }
    }

    /// Sees the next event.
    pub(crate) fn see(&mut self, event: &RunEvent) {
        self.course.take(event, remark);
        // Only these end a round, or say something of its draft.
        let tells = matches!(event, RunEvent::Decided { .. } | RunEvent::Answered { .. });
        if tells && self.tripped.is_none() {
            self.tripped =
                Gap::of_hacking(&self.course.points(self.course.judge(), &self.held_out));
        }
    }

    /// True once the run has to stop.
    pub(crate) const fn has_tripped(&self) -> bool {
        self.tripped.is_some()
    }

    /// Says what it saw.
    pub(crate) fn caught(self) -> Option<Caught> {
        let gap = self.tripped?;
        let (first, last) = (gap.rounds.first()?, gap.rounds.last()?);
        let best = self.course.best_by(&self.held_out);
        let reason = format!(
            "the judge rose from {:.2} to {:.2} while {}, which it does not hear, fell from {:.2} to {:.2}",
            first.judge, last.judge, self.held_out, first.held_out, last.held_out,
        );
        Some(Caught { best, reason })
    }
}
