//! Whose turn it is to call a server: so many at once, and so many a minute.
//!
//! Who came first is first. Whoever goes before its turn has come keeps nobody from theirs.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use pentimento_engine::Turn;
use tokio::sync::{Mutex, Semaphore};

use crate::settings::Limits;

/// The turns at one server, shared by all who call it.
#[derive(Debug)]
pub(super) struct Turns {
    places: Arc<Semaphore>,
    rate: Option<Rate>,
}

/// So many a minute.
#[derive(Debug)]
struct Rate {
    limiter: DefaultDirectRateLimiter,
    /// The limiter lets anybody begin who happens to ask when a call is due, so one asks at a time; the
    /// others stand in the order in which they came.
    queue: Mutex<()>,
}

impl Turns {
    pub(super) fn of(limits: &Limits) -> Arc<Self> {
        let places = limits.in_flight.clamp(1, Semaphore::MAX_PERMITS);
        let rate = limits.per_minute.map(|each| Rate {
            limiter: RateLimiter::direct(quota(each)),
            queue: Mutex::default(),
        });
        Arc::new(Self { places: Arc::new(Semaphore::new(places)), rate })
    }

    /// A place, and leave to begin; where nothing is sent, none is needed to begin.
    pub(super) async fn next(&self, is_sent: bool) -> Turn {
        let Some(rate) = self.rate.as_ref().filter(|_| is_sent) else {
            return Box::new(self.places.clone().acquire_owned().await);
        };
        let _first = rate.queue.lock().await;
        let place = self.places.clone().acquire_owned().await;
        rate.limiter.until_ready().await;
        Box::new(place)
    }
}

/// Calls are spread evenly, without a burst at the start of each minute.
fn quota(each: NonZeroU32) -> Quota {
    let period = Duration::from_mins(1) / each.get();
    Quota::with_period(period).unwrap_or_else(|| Quota::per_minute(each))
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, future, task::Poll};

    use futures::{future::join_all, poll};
    use tokio::runtime::Builder;

    use super::*;

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        Builder::new_current_thread().build().unwrap().block_on(work)
    }

    fn turns(in_flight: usize, per_minute: Option<u32>) -> Arc<Turns> {
        let per_minute = per_minute.and_then(NonZeroU32::new);
        Turns::of(&Limits { in_flight, per_minute, ..Limits::default() })
    }

    /// The order in which this many get their turns who come in the order of their numbers; each is
    /// at it until the runtime has asked everybody else once more.
    fn order(turns: &Turns, many: usize) -> Vec<usize> {
        let order = RefCell::new(Vec::new());
        block_on(join_all((0..many).map(async |number| {
            let _turn = turns.next(true).await;
            order.borrow_mut().push(number);
            let mut is_asked = false;
            future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::replace(&mut is_asked, true) { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        })));
        order.into_inner()
    }

    #[test]
    fn who_came_first_is_first() {
        let all: Vec<usize> = (0..40).collect();
        assert_eq!(order(&turns(1, None), 40), all, "one place");
        assert_eq!(order(&turns(3, None), 40), all, "three places");
        // 120 a second: forty wait for a third of one.
        assert_eq!(order(&turns(16, Some(7200)), 40), all, "places enough, and a rate");
        assert_eq!(order(&turns(1, Some(7200)), 40), all, "both");
    }

    #[test]
    fn who_does_not_wait_any_more_takes_nobodys_turn() {
        for per_minute in [None, Some(60_000)] {
            let turns = turns(1, per_minute);
            block_on(async {
                let first = turns.next(true).await;
                let mut gone = Box::pin(turns.next(true));
                let mut next = Box::pin(turns.next(true));
                assert!(poll!(&mut gone).is_pending() && poll!(&mut next).is_pending());
                drop(gone);
                assert!(poll!(&mut next).is_pending(), "the place is not free yet");
                drop(first);
                drop(next.await);
                // One who was given the place, and went without seeing it.
                let held = turns.next(true).await;
                let mut gone = Box::pin(turns.next(true));
                assert!(poll!(&mut gone).is_pending());
                drop(held);
                drop(gone);
                drop(turns.next(true).await);
            });
            assert_eq!(turns.places.available_permits(), 1, "no place is lost");
        }
    }
}
