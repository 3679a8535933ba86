//! Runs that have results of other runs.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use pentimento_model::{Money, Price};

use super::*;
use crate::{
    PortError, Reservation, Shared, Turn,
    ports::{Assess, Generate, Made, Paid, Share},
};

const CENT: Money = Money::from_nanos(10_000_000);

/// Keeps results in memory.
#[derive(Default)]
struct Pool(Mutex<BTreeMap<StepKey, Shared>>);

#[async_trait]
impl Share for Pool {
    async fn turn(&self, _name: StepKey) -> Turn {
        Box::new(())
    }

    fn find(&self, name: StepKey) -> Option<Shared> {
        self.0.lock().unwrap().get(&name).cloned()
    }

    fn keep(&self, name: StepKey, result: &Shared) {
        self.0.lock().unwrap().insert(name, result.clone());
    }
}

/// Somebody whose work others may have, if they work at the same place.
struct Lasting<T: ?Sized>(Arc<T>, &'static str);

#[async_trait]
impl Generate for Lasting<dyn Generate> {
    fn identity(&self) -> String {
        self.0.identity()
    }

    fn lasting(&self) -> Option<StepKey> {
        Some(StepKey::of([self.1.as_bytes()]))
    }

    fn most(&self, prompt: &str) -> Spending {
        self.0.most(prompt)
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        self.0.generate(prompt, seed, leave).await
    }
}

#[async_trait]
impl Assess for Lasting<dyn Assess> {
    fn plugin(&self) -> &PluginId {
        self.0.plugin()
    }

    fn lasting(&self) -> Option<StepKey> {
        Some(StepKey::of([self.1.as_bytes()]))
    }

    async fn assess(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Assessment {
        self.0.assess(brief, candidate, seed).await
    }
}

fn script() -> Script {
    Script::new(GOAL, &[NOTHING, "broken", NO_DOG, NO_DOG])
        .with_price(Price { image: CENT, ..Price::FREE })
}

/// A run of this script over this pool, by people at this place.
fn ports(pool: &Arc<Pool>, place: &'static str, memory: Arc<Memory>) -> ScriptedPorts {
    let mut scripted = ScriptedPorts::over(&script(), memory);
    let ports = &mut scripted.ports;
    ports.generator = Arc::new(Lasting(ports.generator.clone(), place));
    let shared = |one: &Arc<dyn Assess>| Arc::new(Lasting(one.clone(), place)) as Arc<dyn Assess>;
    ports.assessors = ports.assessors.iter().map(shared).collect();
    ports.share = Some(pool.clone());
    scripted
}

fn carried_out(pool: &Arc<Pool>, place: &'static str) -> (RunOutcome, Vec<TimedEvent>, [u32; 5]) {
    let request = request(recipe("best-of-n"), &script());
    let scripted = ports(pool, place, Arc::default());
    let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    (outcome, scripted.witness.events(), scripted.calls.counts())
}

/// What happened, without where it came from and what it took.
fn results(events: &[TimedEvent]) -> Vec<String> {
    let whole = events.iter().filter(|timed| {
        !matches!(timed.event, RunEvent::FromCache { .. } | RunEvent::CallBegun { .. })
    });
    let bare = |timed: &TimedEvent| match &timed.event {
        RunEvent::CandidateReady { key, candidate, .. } => format!("{key} {candidate:?}"),
        _ => in_words(timed),
    };
    whole.map(bare).collect()
}

fn hits(events: &[TimedEvent]) -> usize {
    events.iter().filter(|timed| matches!(timed.event, RunEvent::FromCache { .. })).count()
}

#[test]
fn a_second_run_has_the_same_results_and_pays_nothing() {
    let pool = Arc::default();
    let (outcome, events, calls) = carried_out(&pool, "here");
    assert_eq!((hits(&events), calls[1], calls[3]), (0, 4, 4));
    let (again, told, calls) = carried_out(&pool, "here");
    assert_eq!((again, results(&told)), (outcome, results(&events)));
    // What broke is asked once more.
    assert_eq!((hits(&told), calls[1], calls[3]), (7, 0, 1));
    let paid = |event: &TimedEvent| event.event.spending() != Spending::NONE;
    assert!(!told.iter().any(paid) && events.iter().any(paid));
    let begun = |timed: &&TimedEvent| matches!(timed.event, RunEvent::CallBegun { .. });
    assert_eq!(told.iter().filter(begun).count(), 0, "nothing is announced that is not done");
    let saved = told.iter().filter_map(|timed| match timed.event {
        RunEvent::FromCache { saved, .. } => Some(saved.money.nanos()),
        _ => None,
    });
    assert_eq!(saved.sum::<u64>(), 4 * CENT.nanos());
}

#[test]
fn what_depends_on_another_place_or_is_of_nobody_else_is_made_anew() {
    let pool = Arc::default();
    carried_out(&pool, "here");
    let (_, events, calls) = carried_out(&pool, "there");
    assert_eq!((hits(&events), calls[1]), (0, 4));
    let scripted = {
        let mut scripted = ScriptedPorts::fresh(&script());
        scripted.ports.share = Some(pool);
        scripted
    };
    let request = request(recipe("best-of-n"), &script());
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    assert_eq!((hits(&scripted.witness.events()), scripted.calls.counts()[1]), (0, 4));
}

#[test]
fn a_run_out_of_the_cache_that_is_cut_off_anywhere_resumes_to_the_same_end() {
    let pool: Arc<Pool> = Arc::default();
    carried_out(&pool, "here");
    let (outcome, events, _) = carried_out(&pool, "here");
    let request = request(recipe("best-of-n"), &script());
    let memory = Arc::new(Memory::default());
    let whole = ports(&pool, "here", memory.clone());
    block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
    for cut in 0..=events.len() {
        // With the cache still there, and without it.
        for pool in [pool.clone(), Arc::default()] {
            let half = Arc::new(memory.cut_after(cut));
            let resumed = ports(&pool, "here", half.clone());
            let ended = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap();
            assert_eq!(ended, outcome, "cut after {cut}");
            assert_eq!(results(&half.events()), results(&events), "cut after {cut}");
        }
    }
}

/// Somebody for whom something goes wrong each time, who answers all the same.
struct Unlucky(Arc<dyn Assess>, AtomicU64);

#[async_trait]
impl Assess for Unlucky {
    fn plugin(&self) -> &PluginId {
        self.0.plugin()
    }

    fn lasting(&self) -> Option<StepKey> {
        self.0.lasting()
    }

    fn mishaps(&self) -> u64 {
        self.1.load(Ordering::SeqCst)
    }

    async fn assess(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Assessment {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.assess(brief, candidate, seed).await
    }
}

#[test]
fn an_opinion_during_which_something_went_wrong_is_of_its_own_run() {
    let pool = Arc::default();
    for _ in 0..2 {
        let mut scripted = ports(&pool, "here", Arc::default());
        let unlucky = |one: &Arc<dyn Assess>| {
            Arc::new(Unlucky(one.clone(), AtomicU64::new(0))) as Arc<dyn Assess>
        };
        scripted.ports.assessors = scripted.ports.assessors.iter().map(unlucky).collect();
        let request = request(recipe("best-of-n"), &script());
        block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!(scripted.calls.counts()[3], 4, "each looks anew");
    }
    let (_, events, _) = carried_out(&pool, "here");
    assert_eq!(hits(&events), 4, "the pictures, and no opinion");
}
