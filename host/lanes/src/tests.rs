//! Who carries out what: a crowd, a few, those that fall over and those that wait for a disk.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, mpsc},
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use tokio::{
    sync::oneshot,
    task::{block_in_place, yield_now},
    time::sleep_until,
};

use super::*;

const CORES: NonZeroUsize = NonZeroUsize::new(3).unwrap();

fn lanes(runs: usize) -> Lanes {
    Lanes::on(CORES, runs).unwrap()
}

/// On which threads a task was carried out that waits often.
async fn wanderings() -> HashSet<ThreadId> {
    let mut threads = HashSet::new();
    for _ in 0..50 {
        threads.insert(thread::current().id());
        yield_now().await;
        tokio::time::sleep(Duration::from_micros(100)).await;
    }
    threads
}

#[test]
fn each_of_a_crowd_stays_where_it_began_and_no_lane_has_more_than_its_share() {
    let (lanes, mut tasks) = (lanes(CORES.get() * CROWD), JoinSet::new());
    for _ in 0..60 {
        lanes.spawn(&mut tasks, wanderings());
    }
    let mut shares = HashMap::new();
    for threads in lanes.block_on(tasks.join_all()) {
        assert_eq!(threads.len(), 1, "it was carried out by several threads");
        *shares.entry(threads.into_iter().next().unwrap()).or_insert(0) += 1;
    }
    assert_eq!(shares.len(), 3);
    assert!(shares.values().all(|share| *share == 20), "{shares:?}");
}

/// Two that only end when both are carried out at the same time.
#[test]
fn a_few_are_carried_out_by_whoever_is_free() {
    let (lanes, mut tasks) = (lanes(CORES.get() * CROWD - 1), JoinSet::new());
    assert!(lanes.others.is_empty());
    let (near, far) = (mpsc::channel(), mpsc::channel());
    lanes.spawn(&mut tasks, async move {
        near.0.send(()).unwrap();
        far.1.recv_timeout(Duration::from_mins(1)).is_ok()
    });
    lanes.spawn(&mut tasks, async move {
        far.0.send(()).unwrap();
        near.1.recv_timeout(Duration::from_mins(1)).is_ok()
    });
    assert_eq!(lanes.block_on(tasks.join_all()), [true, true]);
}

#[test]
fn the_next_one_goes_where_one_has_ended_or_fallen_over() {
    let (lanes, mut tasks) = (lanes(usize::MAX), JoinSet::new());
    let loads = || {
        let all = [&lanes.first].into_iter().chain(&lanes.others);
        all.map(|lane| Arc::strong_count(&lane.under_way) - 1).collect::<Vec<_>>()
    };
    let mut ends = Vec::new();
    for number in 0..6 {
        let (end, ended) = oneshot::channel::<()>();
        ends.push(end);
        lanes.spawn(&mut tasks, async move {
            let _ = ended.await;
            assert_ne!(number, 4, "it falls over");
        });
    }
    assert_eq!(loads(), [2, 2, 2]);
    drop(ends.remove(4));
    let fallen = lanes.block_on(tasks.join_next()).unwrap();
    assert!(fallen.unwrap_err().is_panic());
    assert_eq!(loads(), [2, 1, 2]);
    drop(ends.remove(0));
    lanes.block_on(tasks.join_next()).unwrap().unwrap();
    assert_eq!(loads(), [1, 1, 2]);
    lanes.spawn(&mut tasks, std::future::pending());
    lanes.spawn(&mut tasks, std::future::pending());
    assert_eq!(loads(), [2, 2, 2]);
    tasks.abort_all();
    while lanes.block_on(tasks.join_next()).is_some() {}
    assert_eq!(loads(), [0, 0, 0], "who is given up holds no place");
}

/// One that waits for a disk until others of its lane have gone on.
#[test]
fn others_of_a_lane_go_on_while_one_waits_for_a_disk() {
    let (lanes, mut tasks) = (Lanes::on(NonZeroUsize::MIN, usize::MAX).unwrap(), JoinSet::new());
    let (disk, ready) = mpsc::channel();
    lanes.spawn(&mut tasks, async move {
        block_in_place(|| ready.recv_timeout(Duration::from_mins(1)).is_ok())
    });
    lanes.spawn(&mut tasks, async move { disk.send(()).is_ok() });
    assert_eq!(lanes.block_on(tasks.join_all()), [true, true]);
}

/// More than a thread's queue holds get an answer at the same moment, and going on with all of them takes longer
/// than the next answer.
#[test]
fn who_waits_goes_on_before_those_whose_answer_came_later() {
    const RUNS: usize = 1000;
    let (lanes, mut tasks) = (Lanes::on(NonZeroUsize::MIN, RUNS).unwrap(), JoinSet::new());
    let answered = Instant::now() + Duration::from_millis(300);
    let order = Arc::new(Mutex::new(Vec::new()));
    for _ in 0..RUNS {
        let order = order.clone();
        lanes.spawn(&mut tasks, async move {
            sleep_until(answered.into()).await;
            for step in 0..3 {
                order.lock().unwrap().push(step);
                thread::sleep(Duration::from_micros(20));
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
    }
    lanes.block_on(tasks.join_all());
    let order = order.lock().unwrap();
    let overtakings = order.windows(2).filter(|pair| pair[0] > pair[1]).count();
    // Some thirty; tokio's own interval makes it nearly one for each run.
    assert!(overtakings < RUNS / 4, "{overtakings}");
}
