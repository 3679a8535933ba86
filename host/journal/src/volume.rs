//! One commit of a whole file system for all runs that wait for it.
//!
//! Hundreds of runs that sync files of their own keep a thread and a write of the disk busy, each of
//! them. Once more than a few wait, they are carried together, and hold no thread: whoever came before a
//! commit began is released by it, whoever came later by the next. Who is not released, for whatever
//! reason, syncs its own files, and so is told of its own errors. What a commit is, `syncfs.rs` says; what
//! it brings, docs/decisions/0013.

use std::{
    fmt, io, mem,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot::{self, Receiver, Sender};

/// So many sync their own files at the same time before all are carried together: for fewer, a disk
/// takes less time than for a whole file system, and other programs' files are none of ours.
pub(crate) const FEW: usize = 4;

/// A commit of so many is one in a crowd …
const MANY: usize = 16;

/// … and for so long after it everybody is carried, even if the next happens to carry few: runs that turn to
/// their own files one by one, and back, keep a thread each and wait for one another.
const CROWDED: Duration = Duration::from_millis(50);

/// For so long more may come before the next, which makes it a commit of some eighty runs, as long as in
/// every …
const GATHERING: Duration = Duration::from_millis(8);

/// … of these more than a few come. Runs that go in step all come once and then not for a while.
const PAUSE: Duration = Duration::from_millis(1);

/// For so long one waits for a first of them, which keeps nobody waiting.
const LINGERING: Duration = Duration::from_millis(20);

/// What hundreds of runs write takes some ten milliseconds. A commit that takes this long writes what
/// other programs left with the operating system, so for a while nobody commits.
const SLOW: Duration = Duration::from_secs(2);

/// For how long.
const REST: Duration = Duration::from_mins(1);

/// The way to make a file system durable.
pub(crate) trait Commit: fmt::Debug + Send + Sync {
    /// Returns when everything that was written before is on the disk, names too.
    fn commit(&self) -> io::Result<()>;
}

/// A file system, and who waits for it.
#[derive(Debug)]
pub(crate) struct Volume {
    commit: Box<dyn Commit>,
    state: Mutex<State>,
    /// Somebody waits who is the first to do so.
    came: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// How many sync their own files.
    alone: usize,
    /// Who is to be told of the next commit.
    waiting: Vec<Sender<()>>,
    /// A thread is there that commits.
    is_served: bool,
    /// A commit has failed. It tells of a failure once, whosever files that was about, so none is
    /// believed from then on.
    is_broken: bool,
    rests_until: Option<Instant>,
    crowded_until: Option<Instant>,
}

/// How one waits for the disk.
#[derive(Debug)]
pub(crate) enum Seat {
    /// By syncing one's own files, as long as this is held.
    Alone(Alone),
    /// By being told; if the other end is gone, alone.
    Together(Receiver<()>),
}

impl Volume {
    /// One where this makes everything durable.
    pub(crate) fn new(commit: impl Commit + 'static) -> Arc<Self> {
        let (state, came) = (Mutex::default(), Condvar::new());
        Arc::new(Self { commit: Box::new(commit), state, came })
    }

    /// Waits for what has been written by now.
    pub(crate) fn seat(self: &Arc<Self>) -> Seat {
        let mut state = self.state();
        if !state.may_commit() || !state.is_served && state.alone < FEW {
            state.alone += 1;
            return Seat::Alone(Alone(self.clone()));
        }
        let (told, seat) = oneshot::channel();
        state.waiting.push(told);
        if state.waiting.len() == 1 {
            self.came.notify_one();
        }
        if !state.is_served {
            let (thread, volume) = (thread::Builder::new(), self.clone());
            let spawned = thread.name("commit".to_owned()).spawn(move || volume.serve());
            state.is_served = spawned.is_ok();
            if spawned.is_err() {
                state.waiting.clear();
            }
        }
        Seat::Together(seat)
    }

    /// Is counted among those who sync their own files.
    pub(crate) fn alone(self: &Arc<Self>) -> Alone {
        self.state().alone += 1;
        Alone(self.clone())
    }

    /// No commit will be made any more.
    pub(crate) fn is_broken(&self) -> bool {
        self.state().is_broken
    }

    fn serve(&self) {
        let _serving = Serving(self);
        while let Some(batch) = self.next() {
            let (carried, began) = (batch.len(), Instant::now());
            let committed = self.commit.commit();
            self.state().note(committed.is_ok(), carried, began.elapsed());
            if committed.is_ok() {
                // Whoever does not listen any more has ended.
                for told in batch {
                    let _ = told.send(());
                }
            }
            if self.is_crowded() {
                self.gather();
            }
        }
    }

    /// Lets more come.
    fn gather(&self) {
        let nobody = |state: &mut State| state.waiting.is_empty();
        let waited = self.came.wait_timeout_while(self.state(), LINGERING, nobody);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let mut there = state.waiting.len();
        drop(state);
        let until = Instant::now() + GATHERING;
        while there > 0 && Instant::now() < until {
            thread::sleep(PAUSE);
            let before = mem::replace(&mut there, self.state().waiting.len());
            if there <= before + FEW {
                break;
            }
        }
    }

    /// Whom the next commit is for; `None` if it is not worth one.
    fn next(&self) -> Option<Vec<Sender<()>>> {
        let mut state = self.state();
        let is_worth_it = state.is_crowd() && state.may_commit();
        let batch = mem::take(&mut state.waiting);
        is_worth_it.then_some(batch)
    }

    fn is_crowded(&self) -> bool {
        self.state().is_crowded()
    }

    /// Nothing is done under the lock that can panic, so a poisoned one guards whole things, too.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Those who are there are worth a commit.
    fn is_crowd(&self) -> bool {
        self.alone + self.waiting.len() > FEW || self.is_crowded() && !self.waiting.is_empty()
    }

    /// A commit carried many a moment ago.
    fn is_crowded(&self) -> bool {
        self.crowded_until.is_some_and(|until| until > Instant::now())
    }

    fn may_commit(&self) -> bool {
        !self.is_broken && self.rests_until.is_none_or(|until| until <= Instant::now())
    }

    fn note(&mut self, is_done: bool, carried: usize, took: Duration) {
        self.is_broken |= !is_done;
        self.rests_until = (took > SLOW).then(|| Instant::now() + REST);
        if carried >= MANY {
            self.crowded_until = Some(Instant::now() + CROWDED);
        }
    }
}

/// One who syncs its own files.
#[derive(Debug)]
pub(crate) struct Alone(Arc<Volume>);

impl Drop for Alone {
    fn drop(&mut self) {
        self.0.state().alone -= 1;
    }
}

/// The thread that commits. However it ends, nobody is left waiting for it.
struct Serving<'a>(&'a Volume);

impl Drop for Serving<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_served = false;
        state.waiting.clear();
    }
}

#[cfg(test)]
mod tests;
