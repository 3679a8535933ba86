//! A clock that somebody sets while runs are under way: what time it is changes, how long things took does not.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::ports::Clock;

/// Every look at it finds it set anew, years forwards or back; a millisecond passes in between.
#[derive(Default)]
struct Unsteady(AtomicU64);

impl Clock for Unsteady {
    fn now(&self) -> Duration {
        let looks = self.0.fetch_add(1, Ordering::Relaxed);
        let years = [30, 0, 55, 12, 3][usize::try_from(looks % 5).unwrap()];
        Duration::from_hours(24 * 365 * years)
    }

    fn ticks(&self) -> Duration {
        Duration::from_millis(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[test]
fn a_clock_that_is_set_neither_ends_a_run_nor_makes_it_longer_or_shorter() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[NOTHING, NO_DOG, NO_DOG, GOAL]);
    let mut request = request(recipe("sld").with_rounds(6).unwrap(), &script);
    request.budget.bounds.time = Some(Duration::from_secs(10));
    let carried_out = |memory: &Arc<Memory>| {
        let mut scripted = ScriptedPorts::over(&script, memory.clone());
        scripted.ports.clock = Arc::new(Unsteady::default());
        block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap()
    };
    let memory = Arc::<Memory>::default();
    let outcome = carried_out(&memory);
    assert_eq!((outcome.verdict, outcome.stop), (Verdict::Accept, StopReason::Accepted));
    let events = memory.events();
    let took: Vec<_> = events.iter().map(|timed| timed.event.took()).collect();
    let most = Duration::from_millis(5);
    assert!(took.iter().all(|took| *took <= most) && took.iter().any(|took| !took.is_zero()));
    // Its journal goes back and forth in time, and is gone on with from anywhere.
    assert!(!events.is_sorted_by_key(|timed| timed.at));
    for cut in 1..events.len() {
        let memory = Arc::new(memory.cut_after(cut));
        assert_eq!(carried_out(&memory), outcome, "cut after {cut}");
    }
}
