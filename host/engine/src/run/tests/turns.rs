//! Runs whose painter takes one call at a time: whoever waits for a turn has begun nothing.

use std::{
    future,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use pentimento_model::{Money, Price};

use super::*;
use crate::{
    PortError, Reservation, Turn,
    ports::{Generate, Made, Paid, Waiting},
};

const CENT: Money = Money::from_nanos(10_000_000);

/// Calls that were announced when a turn came, and when its call was made; whether the turn arrived there.
type Seen = (usize, usize, bool);

/// What happens to whoever waits.
#[derive(Clone)]
enum Comes {
    Now,
    /// Never: somebody says stop.
    Stop(StopFlag),
    /// At once, and then the server is not to be had until somebody says stop.
    Late,
}

/// A painter with a queue before it.
struct Queued {
    painter: Arc<dyn Generate>,
    comes: Comes,
    memory: Arc<Memory>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

fn begun(memory: &Memory) -> usize {
    let events = memory.events();
    events.iter().filter(|timed| matches!(timed.event, RunEvent::CallBegun { .. })).count()
}

#[async_trait]
impl Generate for Queued {
    fn identity(&self) -> String {
        self.painter.identity()
    }

    fn most(&self, prompt: &str) -> Spending {
        self.painter.most(prompt)
    }

    fn turn(&self) -> Option<Waiting<'_>> {
        Some(Box::pin(async {
            if let Comes::Stop(stop) = &self.comes {
                stop.raise();
                future::pending::<()>().await;
            }
            self.seen.lock().unwrap().push((begun(&self.memory), 0, false));
            let turn: Turn = Box::new(());
            turn
        }))
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        if let Some(last) = self.seen.lock().unwrap().last_mut() {
            (last.1, last.2) = (begun(&self.memory), leave.turn().is_some());
        }
        if let Comes::Late = self.comes {
            leave.begin().unwrap();
            leave.release();
            let error = PortError::broken("it was not waited for", "503");
            return Err(PortError { kind: PortErrorKind::Interrupted, ..error });
        }
        self.painter.generate(prompt, seed, leave).await
    }
}

/// How a run of two pictures, a cent each, ends, and what was seen.
fn ended(
    memory: &Arc<Memory>,
    comes: Comes,
    cents: u64,
    stop: &StopFlag,
) -> (Result<RunOutcome, RunError>, Vec<Seen>) {
    let price = Price { image: CENT, ..Price::FREE };
    let script = Script::new(GOAL, &[NO_DOG]).with_price(price);
    let mut request = request(recipe("best-of-n").with_rounds(1).unwrap(), &script);
    request.budget.bounds.money = Some(CENT.saturating_mul(cents));
    let mut scripted = ScriptedPorts::over(&script, memory.clone());
    let (painter, seen) = (scripted.ports.generator.clone(), Arc::default());
    let queued = Queued { painter, comes, memory: memory.clone(), seen: Arc::clone(&seen) };
    scripted.ports.generator = Arc::new(queued);
    let result = block_on(run(&request, &scripted.ports, stop));
    let seen = seen.lock().unwrap().clone();
    (result, seen)
}

#[test]
fn a_call_is_announced_when_its_turn_has_come_and_the_turn_goes_to_who_makes_it() {
    let (result, seen) = ended(&Arc::default(), Comes::Now, 2, &StopFlag::default());
    assert_eq!(result.unwrap().images, 2);
    assert_eq!(seen, [(0, 1, true), (1, 2, true)]);
}

#[test]
fn who_says_stop_pays_for_no_call_that_only_waited() {
    let (memory, stop) = (Arc::default(), StopFlag::default());
    let (result, _) = ended(&memory, Comes::Stop(stop.clone()), 2, &stop);
    assert!(matches!(result, Err(RunError::Interrupted)), "{result:?}");
    assert_eq!(begun(&memory), 0);
    let (result, seen) = ended(&memory, Comes::Now, 2, &StopFlag::default());
    assert_eq!((result.unwrap().images, seen.len()), (2, 2), "both cents are there for pictures");
    let lost = |timed: &TimedEvent| matches!(timed.event, RunEvent::CallLost { .. });
    assert!(!memory.events().iter().any(lost));
}

#[test]
fn an_attempt_that_is_not_waited_for_any_more_leaves_a_run_that_goes_on() {
    let memory = Arc::default();
    let (result, _) = ended(&memory, Comes::Late, 2, &StopFlag::default());
    assert!(matches!(result, Err(RunError::Interrupted)), "{result:?}");
    let (result, _) = ended(&memory, Comes::Now, 2, &StopFlag::default());
    assert_eq!(result.unwrap().images, 2);
}

#[test]
fn nobody_waits_for_what_the_budget_does_not_allow() {
    let stop = StopFlag::default();
    let (result, seen) = ended(&Arc::default(), Comes::Stop(stop.clone()), 0, &stop);
    assert!(matches!(result, Err(RunError::NothingAllowed { .. })), "{result:?}");
    assert!(seen.is_empty() && !stop.is_raised());
}
