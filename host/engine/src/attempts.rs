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
    ports::{Clock, Keep, Watch},
};

/// The attempts at one call.
pub(crate) struct Attempts {
    keep: Arc<dyn Keep>,
    clock: Arc<dyn Clock>,
    watchers: Vec<Arc<dyn Watch>>,
    key: StepKey,
    /// What each may cost.
    most: Spending,
    told: Mutex<Result<usize, KeepError>>,
}

impl Attempts {
    /// Those of a call that has begun.
    pub(crate) fn at(ports: &Ports, key: StepKey, most: Spending) -> Arc<Self> {
        let (keep, clock) = (ports.keep.clone(), ports.clock.clone());
        let (watchers, told) = (ports.watchers.clone(), Mutex::new(Ok(0)));
        Arc::new(Self { keep, clock, watchers, key, most, told })
    }

    /// True if nobody pays for any of them.
    pub(crate) fn cost_nothing(&self) -> bool {
        self.most == Spending::NONE
    }

    /// The attempt before may have been paid, and another one is about to begin. False if that cannot be
    /// told: then it must not.
    pub(crate) fn again(&self) -> bool {
        let Self { key, most, .. } = *self;
        let (how, took) = (Loss::Retried, Duration::ZERO);
        let lost = RunEvent::CallLost { key, how, spending: most, took };
        [lost, RunEvent::CallBegun { key, most }].into_iter().all(|event| self.tell(event))
    }

    fn tell(&self, event: RunEvent) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(count) = &mut *told else { return false };
        let timed = TimedEvent { at: self.clock.now(), event };
        match self.keep.append(&timed) {
            Ok(()) => {
                *count += 1;
                self.watchers.iter().for_each(|watcher| watcher.on_event(&timed));
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
