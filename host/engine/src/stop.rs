//! A request to stop, shared between whoever hears Ctrl-C and the run.

use std::{
    collections::BTreeMap,
    future,
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Poll, Waker},
};

/// A flag that anyone with a clone can raise. The run looks at it before every primitive, and while it
/// waits for what is not under way yet.
#[derive(Clone, Debug, Default)]
pub struct StopFlag(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    is_raised: AtomicBool,
    waiting: Mutex<Waiting>,
}

/// Those who are told at once.
#[derive(Debug, Default)]
struct Waiting {
    /// How many there were; each has a number.
    count: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl StopFlag {
    /// Asks the run to stop. Cannot be taken back.
    pub fn raise(&self) {
        self.0.is_raised.store(true, Ordering::SeqCst);
        let wakers = std::mem::take(&mut self.waiting().wakers);
        wakers.into_values().for_each(Waker::wake);
    }

    /// True once someone asked.
    pub fn is_raised(&self) -> bool {
        self.0.is_raised.load(Ordering::SeqCst)
    }

    /// What this comes to, or `None` if someone asks before: it is then given up where it stands.
    pub async fn unless_raised<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        // What is ready at once, as a free place is, needs nobody on the list.
        let mut place = Place { flag: self, number: None };
        future::poll_fn(|context| {
            if self.is_raised() {
                return Poll::Ready(None);
            }
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(Some(done));
            }
            place.listen(context.waker());
            // Whoever raises the flag wakes those who are on the list; whoever comes later sees it.
            if self.is_raised() { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }

    /// Returns once someone asked.
    pub async fn raised(&self) {
        self.unless_raised(future::pending::<()>()).await;
    }

    /// No code between lock and unlock can panic.
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place on the list, from the first wait until it is dropped.
struct Place<'f> {
    flag: &'f StopFlag,
    number: Option<u64>,
}

impl Place<'_> {
    fn listen(&mut self, waker: &Waker) {
        let mut waiting = self.flag.waiting();
        let Waiting { count, wakers } = &mut *waiting;
        let number = *self.number.get_or_insert_with(|| {
            *count += 1;
            *count
        });
        if !wakers.get(&number).is_some_and(|known| known.will_wake(waker)) {
            wakers.insert(number, waker.clone());
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.flag.waiting().wakers.remove(&number);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use futures::executor::block_on;

    use super::*;

    #[test]
    fn work_that_is_ready_comes_to_its_end_and_leaves_nobody_on_the_list() {
        let flag = StopFlag::default();
        assert_eq!(block_on(flag.unless_raised(future::ready(3))), Some(3));
        assert!(flag.waiting().wakers.is_empty());
        flag.raise();
        assert_eq!(block_on(flag.unless_raised(future::ready(3))), None, "nothing is begun");
    }

    #[test]
    fn whoever_waits_is_told_at_once_from_another_thread() {
        let flag = StopFlag::default();
        let other = flag.clone();
        let raising = thread::spawn(move || {
            while other.waiting().wakers.len() < 2 {
                thread::sleep(Duration::from_millis(1));
            }
            other.raise();
        });
        let both = async {
            let never = || flag.unless_raised(future::pending::<()>());
            futures::join!(never(), never())
        };
        assert_eq!(block_on(both), (None, None));
        raising.join().unwrap();
        assert!(flag.waiting().wakers.is_empty());
    }
}
