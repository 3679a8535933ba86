//! Wakes at a moment, to a fraction of a millisecond.
//!
//! Tokio's own clock goes by whole milliseconds and wakes after them, which loops of calls add up: a
//! server that is said to take 50 ms would take 51.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{Arc, Condvar, LazyLock, Mutex},
    task::Waker,
    thread,
    time::{Duration, Instant},
};

/// Whoever waits, the next first.
static WAITING: LazyLock<Arc<Waiting>> = LazyLock::new(|| {
    let waiting = Arc::new(Waiting::default());
    let theirs = waiting.clone();
    thread::spawn(move || theirs.serve());
    waiting
});

#[derive(Default)]
struct Waiting {
    sleepers: Mutex<BinaryHeap<Reverse<Sleeper>>>,
    came: Condvar,
}

struct Sleeper {
    until: Instant,
    waker: Waker,
}

/// Waits until then.
pub(crate) async fn at(until: Instant) {
    std::future::poll_fn(|context| {
        if until <= Instant::now() {
            return std::task::Poll::Ready(());
        }
        let sleeper = Sleeper { until, waker: context.waker().clone() };
        // Whoever is not the first is seen when the first is woken.
        if WAITING.add(sleeper) {
            WAITING.came.notify_one();
        }
        std::task::Poll::Pending
    })
    .await;
}

impl Waiting {
    /// Lets one wait. True if nobody is to be woken before.
    fn add(&self, sleeper: Sleeper) -> bool {
        let mut sleepers = self.sleepers.lock().unwrap();
        let is_first = sleepers.peek().is_none_or(|Reverse(next)| sleeper < *next);
        sleepers.push(Reverse(sleeper));
        is_first
    }

    fn serve(&self) {
        let mut sleepers = self.sleepers.lock().unwrap();
        loop {
            let now = Instant::now();
            while sleepers.peek().is_some_and(|Reverse(next)| next.until <= now) {
                sleepers.pop().unwrap().0.waker.wake();
            }
            let left = sleepers.peek().map(|Reverse(next)| next.until - now);
            sleepers = self.came.wait_timeout(sleepers, left.unwrap_or(Duration::MAX)).unwrap().0;
        }
    }
}

impl Ord for Sleeper {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.until.cmp(&other.until)
    }
}

impl PartialOrd for Sleeper {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Sleeper {
    fn eq(&self, other: &Self) -> bool {
        self.until == other.until
    }
}

impl Eq for Sleeper {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_woken_early_and_all_are_woken() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let began = Instant::now();
            let sleeps = [30_u64, 1, 0, 20, 1].map(|milliseconds| async move {
                let until = began + Duration::from_millis(milliseconds);
                at(until).await;
                assert!(Instant::now() >= until);
            });
            futures::future::join_all(sleeps).await;
        });
    }
}
