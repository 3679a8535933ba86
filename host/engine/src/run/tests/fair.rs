//! Runs that wait for one painter: whoever had a turn waits behind all others for the next, and whatever
//! becomes of a run, its turn is given back.

use std::{panic::AssertUnwindSafe, sync::Mutex, task::Poll};

use async_trait::async_trait;
use futures::{FutureExt as _, future::join_all, poll};
use tokio::sync::Semaphore;

use super::*;
use crate::{
    PortError, Reservation, Turn,
    ports::{Generate, Made, Paid, Waiting},
};

/// What becomes of a call.
#[derive(Clone, Copy)]
enum Comes {
    /// A picture.
    Well,
    /// An error, before the turn is made use of.
    Fails,
    /// A panic, with the turn in hand.
    Panics,
    /// Nothing, ever.
    Hangs,
}

/// A painter with so many places, in which calls take some time.
struct Busy {
    painter: Arc<dyn Generate>,
    places: Arc<Semaphore>,
    run: usize,
    comes: Comes,
    order: Arc<Mutex<Vec<usize>>>,
}

/// Until everybody else was asked so many times.
async fn a_while(mut left: u32) {
    futures::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        left = left.saturating_sub(1);
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[async_trait]
impl Generate for Busy {
    fn identity(&self) -> String {
        self.painter.identity()
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(async {
            let turn: Turn = Box::new(self.places.clone().acquire_owned().await.unwrap());
            turn
        }))
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        if let Comes::Fails = self.comes {
            return Err(PortError::broken("it is not there", "500"));
        }
        let _turn = leave.turn().unwrap();
        self.order.lock().unwrap().push(self.run);
        a_while(5).await;
        match self.comes {
            Comes::Panics => panic!("as it was told to"),
            Comes::Hangs => futures::future::pending().await,
            Comes::Well | Comes::Fails => self.painter.generate(prompt, seed, leave).await,
        }
    }
}

/// A run of three pictures by this painter, the `run`-th.
async fn one(run: usize, comes: Comes, places: Arc<Semaphore>, order: Arc<Mutex<Vec<usize>>>) {
    let script = Script::new(GOAL, &[NO_DOG]);
    let request = request(recipe("best-of-n").with_rounds(2).unwrap(), &script);
    let mut scripted = ScriptedPorts::over(&script, Arc::<Memory>::default());
    let painter = scripted.ports.generator.clone();
    scripted.ports.generator = Arc::new(Busy { painter, places, run, comes, order });
    let ended = super::run(&request, &scripted.ports, &StopFlag::default()).await;
    assert_eq!(ended.is_ok(), matches!(comes, Comes::Well), "{ended:?}");
}

#[test]
fn nobody_has_a_second_turn_before_all_others_had_theirs() {
    for places in [1, 2, 3] {
        let (free, order) = (Arc::new(Semaphore::new(places)), Arc::<Mutex<Vec<usize>>>::default());
        block_on(join_all((0..6).map(|run| one(run, Comes::Well, free.clone(), order.clone()))));
        let order = order.lock().unwrap().clone();
        let rounds: Vec<&[usize]> = order.chunks(6).collect();
        assert_eq!(rounds, [[0, 1, 2, 3, 4, 5]; 3], "{places} places");
        assert_eq!(free.available_permits(), places);
    }
}

#[test]
fn a_turn_is_given_back_whatever_becomes_of_its_run() {
    for comes in [Comes::Fails, Comes::Panics, Comes::Hangs] {
        let (free, order) = (Arc::new(Semaphore::new(1)), Arc::<Mutex<Vec<usize>>>::default());
        block_on(async {
            let mut bad = Box::pin(
                AssertUnwindSafe(one(0, comes, free.clone(), order.clone())).catch_unwind(),
            );
            let mut good = Box::pin(one(1, Comes::Well, free.clone(), order.clone()));
            for _ in 0..20 {
                if poll!(&mut bad).is_ready() {
                    break;
                }
                assert!(poll!(&mut good).is_pending(), "it waits");
            }
            // Nobody waits for it any more, if it has not ended.
            drop(bad);
            good.await;
        });
        assert_eq!(free.available_permits(), 1);
    }
}
