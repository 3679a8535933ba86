//! A journal that is only read: primitives are given back, decisions are compared, and nothing is
//! taken in.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use pentimento_engine::{KeepError, ports::Keep};
use pentimento_journal::PastRun;
use pentimento_model::{Artifact, ArtifactId, RunEvent, TimedEvent};

use super::{Difference, ReplayEnd, told};

/// The journal of one replay.
#[derive(Debug)]
pub(super) struct Replay {
    past: Arc<PastRun>,
    /// A primitive at this place is not given back, so that the one that is wanted is told.
    withheld: Option<usize>,
    /// The place that was asked for last.
    position: AtomicUsize,
    /// Events that were given back or found to be the same.
    same: AtomicUsize,
    end: Mutex<Option<ReplayEnd>>,
}

impl Replay {
    pub(super) fn of(past: Arc<PastRun>, withheld: Option<usize>) -> Self {
        let (position, same) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { past, withheld, position, same, end: Mutex::new(None) }
    }

    /// How many events are the same, from the first on.
    pub(super) fn same(&self) -> usize {
        self.same.load(Ordering::Relaxed)
    }

    /// Where it stopped being the same, if it did.
    pub(super) fn end(&self) -> Option<ReplayEnd> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the primitive at this place came to: one that is paid for begins with other events.
    fn came_to(&self, position: usize) -> Option<&TimedEvent> {
        let rest = self.past.events.get(position..)?;
        let key = rest.first()?.event.key()?;
        rest.iter().take_while(|event| event.event.key() == Some(key)).last()
    }

    /// Remembers how it ended, and ends it.
    fn ends(&self, end: ReplayEnd) -> KeepError {
        let mut known = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        known.get_or_insert(end);
        refused("it is not in the journal")
    }
}

impl Keep for Replay {
    /// Decisions are made anew, so only primitives are given back.
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.position.store(position, Ordering::Relaxed);
        let event = self.past.events.get(position)?;
        if event.event.key().is_none() || self.withheld == Some(position) {
            return None;
        }
        self.same.store(position + 1, Ordering::Relaxed);
        Some(event.clone())
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        let position = self.position.load(Ordering::Relaxed);
        let Some(recorded) = self.past.events.get(position) else {
            let next = told::in_words(&event.event);
            return Err(self.ends(ReplayEnd::Unfinished { next }));
        };
        let mut now = TimedEvent { at: recorded.at, event: event.event.clone() };
        if let (RunEvent::RunStarted { cast: was, .. }, RunEvent::RunStarted { cast, .. }) =
            (&recorded.event, &mut now.event)
        {
            // It is read, not decided; journals from before this was noted say nothing of it.
            cast.clone_from(was);
        }
        let is_decision = event.event.key().is_none();
        if is_decision && told::written(&now) == told::written(recorded) {
            self.same.store(position + 1, Ordering::Relaxed);
            return Ok(());
        }
        self.same.store(position, Ordering::Relaxed);
        let recorded = self.came_to(position).unwrap_or(recorded);
        Err(self.ends(ReplayEnd::Different(Difference {
            position,
            recorded: told::in_words(&recorded.event),
            now: told::in_words(&event.event),
            lines: told::lines(recorded, &now),
        })))
    }

    /// Only blanks come here, and what is made of them is refused.
    fn store(&self, _artifact: &Artifact) -> Result<(), KeepError> {
        Ok(())
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        Ok(self.past.load(id)?)
    }
}

fn refused(message: &str) -> KeepError {
    KeepError { message: message.to_owned(), hint: None, cause: None }
}
