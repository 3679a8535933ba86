//! Rows of the table: a recipe, so many runs of it at once, and what they took.

use std::{
    num::NonZeroUsize,
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use pentimento_engine::{Ports, RunRequest, StopFlag, run};
use pentimento_lanes::Lanes;
use pentimento_model::{Brief, RunId, Seed};
use pentimento_recipe::Settled;
use tokio::task::JoinSet;

use crate::{
    ports::{self, Journal, LATENCY},
    process,
};

/// Cores that the runs are carried out on, as in the program.
const CORES: NonZeroUsize = NonZeroUsize::new(2).unwrap();
/// Runs before anything is measured: texts are parsed, and threads begin.
const WARM_UP: usize = 10;

/// A recipe with the calls that each of its runs makes, one after the other.
pub(crate) struct Row {
    pub name: &'static str,
    /// `None`: no recipe at all.
    rounds: Option<u32>,
    calls: u32,
}

/// What is measured.
pub(crate) const ROWS: [Row; 3] = [
    Row { name: "nothing but waiting", rounds: None, calls: 8 },
    Row { name: "critic", rounds: Some(7), calls: 8 },
    Row { name: "self-refine", rounds: Some(4), calls: 9 },
];

impl Row {
    pub(crate) const HEADER: [&'static str; 8] = [
        "recipe",
        "calls a run",
        "ideal, s",
        "wall, s",
        "ratio",
        "processor, µs a call",
        "memory, kB a run",
        "texts in it, kB",
    ];

    /// The row's cells.
    pub(crate) fn measure(&self, runs: usize) -> Vec<String> {
        let lanes = Lanes::on(CORES, runs).unwrap();
        self.carry_out(&lanes, WARM_UP);
        let (memory, processor) = (process::memory(), process::processor());
        let (wall, journals) = self.carry_out(&lanes, runs);
        let (calls, words) = journals.iter().fold((0, 0), |(calls, words), run| {
            let (more, written) = (&run.calls, &run.words);
            (calls + more.load(Ordering::Relaxed), words + written.load(Ordering::Relaxed))
        });
        let expected = runs as u64 * u64::from(self.calls);
        assert_eq!(calls, expected, "the recipe makes other calls");
        let spent =
            process::processor().zip(processor).map(|(after, before)| after.saturating_sub(before));
        let grown = process::memory().zip(memory).map(|(after, before)| after.1 - before.0);
        let ideal = LATENCY * self.calls;
        assert!(wall >= ideal, "the writer answers too early");
        let each = |bytes: u64| format!("{:.1}", bytes as f64 / 1000.0 / runs as f64);
        let none = || "–".to_owned();
        vec![
            self.name.to_owned(),
            self.calls.to_string(),
            format!("{:.3}", ideal.as_secs_f64()),
            format!("{:.3}", wall.as_secs_f64()),
            format!("{:.2}", wall.as_secs_f64() / ideal.as_secs_f64()),
            spent.map_or_else(none, |time| {
                format!("{:.1}", time.as_secs_f64() * 1e6 / calls as f64)
            }),
            grown.map_or_else(none, each),
            each(words),
        ]
    }

    /// So many runs at once: how long until the last one ends.
    fn carry_out(&self, lanes: &Lanes, runs: usize) -> (Duration, Vec<Arc<Journal>>) {
        let (shared, stop) = (ports::shared(), StopFlag::default());
        let journals: Vec<_> = (0..runs).map(|_| Arc::new(Journal::default())).collect();
        let recipe = self.rounds.map(|rounds| {
            let recipe = pentimento_recipe::find(self.name).unwrap();
            Settled::from(recipe.with_rounds(rounds).unwrap())
        });
        let begun = Instant::now();
        let mut tasks = JoinSet::new();
        for (number, journal) in journals.iter().enumerate() {
            let ports = ports::of_run(journal, &shared);
            match &recipe {
                Some(recipe) => {
                    lanes.spawn(&mut tasks, one_run(request(recipe, number), ports, stop.clone()));
                }
                None => lanes.spawn(&mut tasks, only_wait(journal.clone(), self.calls)),
            }
        }
        lanes.block_on(tasks.join_all());
        (begun.elapsed(), journals)
    }
}

fn request(recipe: &Settled, number: usize) -> RunRequest {
    RunRequest {
        run: RunId::new(format!("run-{number}")).unwrap(),
        brief: Brief::from_idea(format!(
            "Question {number}: a shop has 7 boxes of a dozen eggs each. A quarter of them is eaten, \
             some break, and the rest is sold at 2 dollars an egg. How many dollars does it take in?"
        )),
        recipe: recipe.clone(),
        painter: "none".to_owned(),
        seed: Seed(number as u64),
        budget: recipe.budget(),
    }
}

async fn one_run(request: RunRequest, ports: Ports, stop: StopFlag) {
    run(&request, &ports, &stop).await.unwrap();
}

/// What the runtime takes for the waiting alone.
async fn only_wait(journal: Arc<Journal>, calls: u32) {
    for _ in 0..calls {
        ports::wait().await;
        journal.calls.fetch_add(1, Ordering::Relaxed);
    }
}
