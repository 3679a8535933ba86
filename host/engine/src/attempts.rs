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

use pentimento_model::{Loss, RunEvent, Spending, StepKey, TimedEvent};

use crate::{
    KeepError, Ports,
    ledger::Announce,
    ports::{Clock, Keep, Watch},
};

/// To whom the attempts of a run are told. It outlives the place that a call is made from.
pub(crate) struct Audience {
    keep: Arc<dyn Keep>,
    clock: Arc<dyn Clock>,
    watchers: Vec<Arc<dyn Watch>>,
}

impl Audience {
    /// The journal and the watchers of these ports.
    pub(crate) fn of(ports: &Ports) -> Arc<Self> {
        let (keep, clock) = (ports.keep.clone(), ports.clock.clone());
        Arc::new(Self { keep, clock, watchers: ports.watchers.clone() })
    }
}

/// The attempts at one call.
pub(crate) struct Attempts {
    audience: Arc<Audience>,
    key: StepKey,
    /// What each may cost.
    most: Spending,
    told: Mutex<Result<usize, KeepError>>,
}

impl Attempts {
    /// Those of a call that has begun.
    pub(crate) fn at(audience: &Arc<Audience>, key: StepKey, most: Spending) -> Arc<Self> {
        Arc::new(Self { audience: audience.clone(), key, most, told: Mutex::new(Ok(0)) })
    }

    /// True if nobody pays for any of them.
    pub(crate) fn cost_nothing(&self) -> bool {
        self.most == Spending::NONE
    }

    fn tell(&self, event: RunEvent) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(count) = &mut *told else { return false };
        let Audience { keep, clock, watchers } = &*self.audience;
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
                *told = Err(error);
                false
            }
        }
    }

    /// How many events that were, or why one could not be told.
    pub(crate) fn told(&self) -> Result<usize, KeepError> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        mem::replace(&mut *told, Ok(0))
    }
}

impl Announce for Attempts {
    fn again(&self) -> bool {
        let Self { key, most, .. } = *self;
        let (how, took) = (Loss::Retried, Duration::ZERO);
        let lost = RunEvent::CallLost { key, how, spending: most, took };
        [lost, RunEvent::CallBegun { key, most }].into_iter().all(|event| self.tell(event))
    }
}
