//! Syncs what nobody waits for, a moment after it was written: a paid answer must not be at stake for
//! as long as a slow critic thinks.
//!
//! One thread does so for all runs of the program. As long as models answer one after the other it has
//! nothing to do: the next call takes along what the one before brought.

use std::{
    collections::VecDeque,
    io, mem,
    sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError, Weak},
    thread,
    time::{Duration, Instant},
};

/// For how long an answer that was paid is only the operating system's, half a second at most: for so
/// long, and until the thread next looks.
pub(crate) const MOMENT: Duration = Duration::from_millis(450);
const LOOKS: Duration = Duration::from_millis(50);

/// Whoever has something to sync.
pub(crate) trait Settle: Send {
    /// Does so; what cannot be done is told when the next thing is written. If it is too early for what
    /// there is by now, says after how long to come again.
    fn settle(&mut self) -> Option<Duration>;
    /// The same at once, with everything.
    fn finish(&mut self);
}

/// One who may be gone by then: whoever ends settles by itself.
type Waiting = Weak<Mutex<dyn Settle>>;

static WAITING: LazyLock<io::Result<Arc<Queue>>> = LazyLock::new(|| {
    let queue = Arc::new(Queue::default());
    let (thread, theirs) = (thread::Builder::new().name("journal".to_owned()), queue.clone());
    thread.spawn(move || theirs.serve()).map(|_| queue)
});

#[derive(Default)]
struct Queue {
    waiting: Mutex<VecDeque<(Instant, Waiting)>>,
    came: Condvar,
}

/// Has this one settled in a moment. If nobody is there to do it, it is done at once.
pub(crate) fn settle_soon(whose: &Arc<Mutex<impl Settle + 'static>>) {
    match &*WAITING {
        Ok(queue) => {
            let whose: Arc<Mutex<dyn Settle>> = whose.clone();
            queue.add(MOMENT, &whose);
        }
        Err(_) => lock(whose).finish(),
    }
}

impl Queue {
    /// For one who is to be settled after so long.
    fn add(&self, after: Duration, whose: &Arc<Mutex<dyn Settle>>) {
        let mut waiting = lock(&self.waiting);
        let when = Instant::now() + after;
        let place = waiting.partition_point(|(other, _)| *other <= when);
        waiting.insert(place, (when, Arc::downgrade(whose)));
        if place == 0 {
            self.came.notify_one();
        }
    }

    fn serve(&self) {
        let mut waiting = lock(&self.waiting);
        loop {
            let now = Instant::now();
            let due = waiting.partition_point(|(when, _)| *when <= now);
            let later = waiting.split_off(due);
            let due = mem::replace(&mut *waiting, later);
            if !due.is_empty() {
                drop(waiting);
                for whose in due.iter().filter_map(|(_, whose)| whose.upgrade()) {
                    let again = lock(&whose).settle();
                    if let Some(after) = again {
                        self.add(after, &whose);
                    }
                }
                waiting = lock(&self.waiting);
                continue;
            }
            let next =
                waiting.front().map(|(when, _)| when.saturating_duration_since(now).max(LOOKS));
            waiting = match next {
                Some(next) => {
                    let woken = self.came.wait_timeout(waiting, next);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.came.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

/// What is guarded is whole whenever it can be seen, so a poisoned lock guards whole things, too.
fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
