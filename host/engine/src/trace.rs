//! The run's one door to its journal and its watchers.
//!
//! While the journal holds events of this run, they are read back; after that, work is done, its
//! event made durable, and only then shown.

use std::time::Duration;

use pentimento_model::{RunEvent, StepKey, TimedEvent};

use crate::{Ports, RunError, StopFlag};

/// The events of one run, from its first to wherever it is now.
pub(crate) struct Trace<'a> {
    ports: &'a Ports,
    stop: &'a StopFlag,
    /// How many events have been seen; the next one's place in the journal.
    position: usize,
}

impl<'a> Trace<'a> {
    /// At the start of the run.
    pub(crate) const fn new(ports: &'a Ports, stop: &'a StopFlag) -> Self {
        Self { ports, stop, position: 0 }
    }

    /// Remembers something that was decided from other events. On resumption the journal must
    /// hold the very same.
    pub(crate) fn note(&mut self, event: RunEvent) -> Result<(), RunError> {
        self.heed_stop()?;
        match self.ports.keep.recall(self.position) {
            Some(recalled) if recalled.event == event => {
                self.show(&recalled);
                Ok(())
            }
            Some(_) => Err(self.diverged()),
            None => self.append(event).map(drop),
        }
    }

    /// The primitive with this key: read back, or else done, and turned into an event together
    /// with the time it took.
    pub(crate) async fn perform<Product>(
        &mut self,
        key: StepKey,
        work: impl Future<Output = Result<Product, RunError>> + Send,
        event: impl FnOnce(Product, Duration) -> RunEvent + Send,
    ) -> Result<RunEvent, RunError> {
        self.heed_stop()?;
        match self.ports.keep.recall(self.position) {
            Some(recalled) if recalled.event.key() == Some(key) => {
                self.show(&recalled);
                Ok(recalled.event)
            }
            Some(_) => Err(self.diverged()),
            None => {
                let started = self.ports.clock.now();
                let product = work.await?;
                let took = self.ports.clock.now().saturating_sub(started);
                self.append(event(product, took))
            }
        }
    }

    /// The error for a journal that goes on differently.
    pub(crate) const fn diverged(&self) -> RunError {
        RunError::Diverged { position: self.position }
    }

    fn heed_stop(&self) -> Result<(), RunError> {
        if self.stop.is_raised() { Err(RunError::Interrupted) } else { Ok(()) }
    }

    fn append(&mut self, event: RunEvent) -> Result<RunEvent, RunError> {
        let timed = TimedEvent { at: self.ports.clock.now(), event };
        self.ports.keep.append(&timed)?;
        self.show(&timed);
        Ok(timed.event)
    }

    /// Counts an event that is durable, and shows it.
    fn show(&mut self, timed: &TimedEvent) {
        self.position += 1;
        for watcher in &self.ports.watchers {
            watcher.on_event(timed);
        }
    }
}
