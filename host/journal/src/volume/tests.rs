//! Disks that are slow, fail, or fall over, and crowds that wait for them.

use std::{
    panic,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver as Gate, SyncSender},
    },
};

use futures::executor::block_on;
use tokio::sync::oneshot::error::TryRecvError;

use super::*;

/// Does what it is told, and says when it begins.
#[derive(Debug)]
struct Told {
    begun: SyncSender<()>,
    orders: Mutex<Gate<Order>>,
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Commit,
    Fail,
    FallOver,
}

impl Commit for Told {
    fn commit(&self) -> io::Result<()> {
        self.begun.send(()).unwrap();
        let order = self.orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match order {
            Ok(Order::Commit) => Ok(()),
            Ok(Order::Fail) => Err(io::ErrorKind::StorageFull.into()),
            Ok(Order::FallOver) => panic::resume_unwind(Box::new("as ordered")),
            Err(_) => Err(io::ErrorKind::Other.into()),
        }
    }
}

/// One in whose hands a disk is.
struct Desk {
    volume: Arc<Volume>,
    begun: Gate<()>,
    orders: mpsc::Sender<Order>,
}

impl Desk {
    fn new() -> Self {
        let (beginning, begun) = mpsc::sync_channel(0);
        let (orders, theirs) = mpsc::channel();
        let volume = Volume::new(Told { begun: beginning, orders: Mutex::new(theirs) });
        Self { volume, begun, orders }
    }

    /// As many as sync their own files.
    fn few(&self) -> Vec<Seat> {
        (0..FEW).map(|_| self.volume.seat()).collect()
    }

    fn together(&self) -> Receiver<()> {
        match self.volume.seat() {
            Seat::Together(seat) => seat,
            Seat::Alone(_) => panic!("this one is alone"),
        }
    }

    fn begins(&self) {
        self.begun.recv_timeout(Duration::from_mins(1)).unwrap();
    }

    fn order(&self, order: Order) {
        self.orders.send(order).unwrap();
    }

    /// Waits until nobody commits.
    fn rest(&self) {
        while self.volume.state().is_served {
            thread::yield_now();
        }
    }
}

#[test]
fn a_few_sync_their_own_files_and_whoever_comes_then_is_carried_along() {
    let desk = Desk::new();
    let few = desk.few();
    assert!(few.iter().all(|seat| matches!(seat, Seat::Alone(_))));
    let seat = desk.together();
    desk.begins();
    desk.order(Order::Commit);
    assert!(block_on(seat).is_ok());
    desk.rest();
    drop(few);
    assert!(matches!(desk.volume.seat(), Seat::Alone(_)), "there is room again");
}

#[test]
fn who_comes_during_a_commit_is_released_by_the_next() {
    let desk = Desk::new();
    let _few = desk.few();
    let first = desk.together();
    desk.begins();
    let mut late: Vec<_> = (0..3).map(|_| desk.together()).collect();
    desk.order(Order::Commit);
    assert!(block_on(first).is_ok());
    desk.begins();
    assert!(late.iter_mut().all(|seat| seat.try_recv() == Err(TryRecvError::Empty)));
    desk.order(Order::Commit);
    assert!(late.into_iter().all(|seat| block_on(seat).is_ok()));
}

#[test]
fn those_who_are_too_few_for_another_commit_are_sent_to_sync_their_own_files() {
    let desk = Desk::new();
    let few = desk.few();
    let first = desk.together();
    desk.begins();
    drop(few);
    let late = desk.together();
    desk.order(Order::Commit);
    assert!(block_on(first).is_ok());
    assert!(block_on(late).is_err());
    assert!(!desk.volume.is_broken(), "that is no failure");
}

#[test]
fn a_commit_that_fails_releases_nobody_and_no_other_is_believed() {
    let desk = Desk::new();
    let _few = desk.few();
    let first = desk.together();
    desk.begins();
    let late: Vec<_> = (0..40).map(|_| desk.together()).collect();
    desk.order(Order::Fail);
    assert!(block_on(first).is_err());
    // The failure may have been about what these wrote: the next commit would say nothing of it.
    assert!(late.into_iter().all(|seat| block_on(seat).is_err()));
    assert!(desk.volume.is_broken());
    assert!(matches!(desk.volume.seat(), Seat::Alone(_)));
}

#[test]
fn a_commit_that_falls_over_leaves_nobody_waiting() {
    let desk = Desk::new();
    let _few = desk.few();
    let first = desk.together();
    desk.begins();
    let late = desk.together();
    desk.order(Order::FallOver);
    assert!(block_on(first).is_err());
    assert!(block_on(late).is_err());
    desk.rest();
    let again = desk.together();
    desk.begins();
    desk.order(Order::Commit);
    assert!(block_on(again).is_ok());
}

#[test]
fn after_a_commit_that_took_long_everyone_is_alone_for_a_while() {
    let mut state = State::default();
    state.note(true, 1, SLOW);
    assert!(state.may_commit());
    state.note(true, 1, SLOW * 2);
    assert!(!state.may_commit());
    state.rests_until = Some(Instant::now());
    assert!(state.may_commit());
    state.note(false, 1, Duration::ZERO);
    assert!(!state.may_commit());
    state.note(true, 1, Duration::ZERO);
    assert!(!state.may_commit(), "a failure is for good");
}

#[test]
fn soon_after_a_commit_of_many_one_is_worth_another() {
    let one = || State { waiting: vec![oneshot::channel().0], ..State::default() };
    let mut state = one();
    state.note(true, MANY - 1, Duration::ZERO);
    assert!(!state.is_crowd());
    // As far away as a test may take.
    state.crowded_until = Some(Instant::now() + Duration::from_hours(1));
    assert!(state.is_crowd());
    state.waiting.clear();
    assert!(!state.is_crowd(), "nobody is worth none");
    let mut state = one();
    state.note(true, MANY, Duration::ZERO);
    assert!(state.crowded_until.is_some_and(|until| until <= Instant::now() + CROWDED));
    state.crowded_until = Some(Instant::now());
    assert!(!state.is_crowd());
}

/// Makes durable what was written before it began, like a disk.
#[derive(Clone, Debug, Default)]
struct Disk(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    written: AtomicUsize,
    durable: AtomicUsize,
    commits: AtomicUsize,
}

impl Commit for Disk {
    fn commit(&self) -> io::Result<()> {
        let seen = self.0.written.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(2));
        self.0.durable.fetch_max(seen, Ordering::SeqCst);
        self.0.commits.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[test]
fn in_a_crowd_nobody_is_released_before_what_it_wrote_is_on_the_disk() {
    const EACH: usize = 10;
    let disk = Disk::default();
    let volume = Volume::new(disk.clone());
    let (counts, carried) = (&disk.0, AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..8 * FEW {
            scope.spawn(|| {
                for _ in 0..EACH {
                    let mine = counts.written.fetch_add(1, Ordering::SeqCst) + 1;
                    match volume.seat() {
                        Seat::Alone(_alone) => thread::sleep(Duration::from_millis(5)),
                        Seat::Together(seat) => {
                            if block_on(seat).is_ok() {
                                carried.fetch_add(1, Ordering::SeqCst);
                                assert!(counts.durable.load(Ordering::SeqCst) >= mine);
                            }
                        }
                    }
                }
            });
        }
    });
    let (commits, carried) = (counts.commits.load(Ordering::SeqCst), carried.into_inner());
    assert!(carried > 4 * FEW, "{carried} were carried along");
    assert!(commits * 2 < carried, "{commits} commits for {carried}");
}
