//! Attempts at one call, told one by one: one that may have been paid is in the journal before the next
//! one begins.
//!
//! A program that is killed during a third attempt may have to pay for three. All of them have the name
//! of their call, so a server that knows it charges once; that it does, nobody can know here.

use std::{
    mem,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use pentimento_model::{Loss, RunEvent, RunId, Spending, StepKey, TimedEvent};

use crate::{
    KeepError, Ports, StopFlag, Turn,
    ports::{Clock, Keep, Watch},
};

/// The run that calls are made for, and to whom their attempts are told. It outlives the place that a
/// call is made from.
pub(crate) struct Audience {
    run: RunId,
    keep: Arc<dyn Keep>,
    clock: Arc<dyn Clock>,
    watchers: Vec<Arc<dyn Watch>>,
    /// Raised when no further attempt shall begin.
    stop: StopFlag,
}

impl Audience {
    /// The journal and the watchers of these ports.
    pub(crate) fn of(run: &RunId, ports: &Ports, stop: &StopFlag) -> Arc<Self> {
        let (run, keep, clock) = (run.clone(), ports.keep.clone(), ports.clock.clone());
        Arc::new(Self { run, keep, clock, watchers: ports.watchers.clone(), stop: stop.clone() })
    }
}

/// The attempts at one call.
pub(crate) struct Attempts {
    audience: Arc<Audience>,
    /// The step that the call is made for, and how often its call is known to have failed.
    key: StepKey,
    failed: u64,
    /// How many events told of them, or why one could not be told.
    told: Mutex<Result<usize, Box<KeepError>>>,
    /// What the first attempt waited for.
    turn: Mutex<Option<Turn>>,
}

impl Attempts {
    /// Those of a call that begins.
    pub(crate) fn at(
        audience: &Arc<Audience>,
        (key, failed): (StepKey, u64),
        turn: Option<Turn>,
    ) -> Self {
        let (told, turn) = (Mutex::new(Ok(0)), Mutex::new(turn));
        Self { audience: audience.clone(), key, failed, told, turn }
    }

    /// What the first attempt waited for, once.
    pub(crate) fn turn(&self) -> Option<Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Raised when no further attempt shall begin.
    pub(crate) fn stop(&self) -> &StopFlag {
        &self.audience.stop
    }

    /// One name for a call of this run, however often the program is started: a server that knows
    /// it does not do the work, or charge for it, twice. A call that is known to have failed gets
    /// another one when it is made again, since a server may remember failures too.
    pub(crate) fn name(&self) -> StepKey {
        let (run, failed) = (self.audience.run.as_str().as_bytes(), self.failed.to_le_bytes());
        StepKey::of([b"call".as_slice(), run, self.key.as_bytes(), &failed])
    }

    fn tell(&self, event: RunEvent) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(count) = &mut *told else { return false };
        let Audience { keep, clock, watchers, .. } = &*self.audience;
        let timed = TimedEvent { at: clock.now(), event };
        match keep.append(&timed) {
            Ok(()) => {
                *count += 1;
                for watcher in watchers {
                    watcher.on_event(&timed);
                }
                true
            }
            Err(error) => {
                *told = Err(Box::new(error));
                false
            }
        }
    }

    /// How many events that were, or why one could not be told.
    pub(crate) fn told(&self) -> Result<usize, KeepError> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        mem::replace(&mut *told, Ok(0)).map_err(|error| *error)
    }

    /// The attempt before may have been paid, as much as this, and another one is about to begin. False if
    /// that cannot be told: then it must not.
    pub(crate) fn again(&self, most: Spending) -> bool {
        let Self { key, .. } = *self;
        let (how, took) = (Loss::Retried, Duration::ZERO);
        let lost = RunEvent::CallLost { key, how, spending: most, took };
        [lost, RunEvent::CallBegun { key, most }].into_iter().all(|event| self.tell(event))
    }
}
