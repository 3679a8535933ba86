//! Runs that ended for want of means, and go on with more.

use pentimento_model::{Money, Price};

use super::*;
use crate::{Ledger, Terms, run_on};

const CENT: Money = Money::from_nanos(10_000_000);

/// The request of a run with a cent, whose pictures cost a cent each; the fourth is right.
fn poor() -> (Script, RunRequest) {
    let script = Script::new(GOAL, &[NOTHING, NO_DOG, NOTHING, GOAL]);
    let script = script.with_price(Price { image: CENT, ..Price::FREE });
    let mut request = request(recipe("best-of-n"), &script);
    request.budget.bounds.money = Some(CENT);
    (script, request)
}

/// The run over this journal, with so many cents in all. What was shown, too.
fn with(cents: u64, memory: &Arc<Memory>) -> (RunOutcome, Vec<TimedEvent>) {
    let (script, request) = poor();
    let scripted = ScriptedPorts::over(&script, memory.clone());
    let bounds = Bounds { money: Some(CENT.saturating_mul(cents)), ..Bounds::NONE };
    let terms = Terms { goes_on: true, is_counted: false };
    let ledger = Ledger::of(bounds, None, terms);
    let outcome = block_on(run_on(ledger.clone(), &request, &scripted.ports, &StopFlag::default()));
    let events = memory.events();
    let spent = events.iter().map(|timed| timed.event.spending());
    assert_eq!(ledger.spent(), spent.fold(Spending::NONE, Spending::plus), "booked once");
    (outcome.unwrap(), scripted.witness.events())
}

#[test]
fn a_run_goes_on_when_there_is_more_and_rewrites_nothing() {
    let memory = Arc::new(Memory::default());
    let mut before = Vec::new();
    for (cents, stop, images) in [
        (1, StopReason::Money, 1),
        (1, StopReason::Money, 1),
        (3, StopReason::Money, 3),
        (9, StopReason::Accepted, 4),
        (9, StopReason::Accepted, 4),
    ] {
        let (outcome, shown) = with(cents, &memory);
        assert_eq!((outcome.stop, outcome.images), (stop, images), "{cents}");
        let events = memory.events();
        assert!(events.starts_with(&before), "{cents}");
        assert_eq!(shown, events, "each event is shown once, in its place");
        before = events;
    }
    let went_on = before.iter().filter(|timed| matches!(timed.event, RunEvent::WentOn { .. }));
    assert_eq!(went_on.count(), 2);
}

#[test]
fn a_run_that_went_on_and_was_cut_off_anywhere_ends_the_same() {
    let memory = Arc::new(Memory::default());
    let (_, _) = (with(1, &memory), with(2, &memory));
    let (outcome, _) = with(4, &memory);
    let whole = memory.events();
    for cut in 0..=whole.len() {
        let is_begun = |timed: &TimedEvent| matches!(timed.event, RunEvent::CallBegun { .. });
        if whole[..cut].last().is_some_and(is_begun) {
            continue; // It counts as paid, and is made again.
        }
        let half = Arc::new(memory.cut_after(cut));
        let (again, _) = with(4, &half);
        assert_eq!(again, outcome, "cut after {cut}");
        assert!(half.events().starts_with(&whole[..cut]), "cut after {cut}");
        let made = half.events().iter().filter(|timed| is_begun(timed)).count();
        assert_eq!(made, 4, "cut after {cut}: each picture is paid once");
    }
}

#[test]
fn a_run_that_was_allowed_nothing_begins_when_there_is_something() {
    let (script, request) = poor();
    let memory = Arc::new(Memory::default());
    let scripted = ScriptedPorts::over(&script, memory.clone());
    let broke = Ledger::new(Bounds { money: Some(Money::ZERO), ..Bounds::NONE });
    let ended = block_on(run_on(broke, &request, &scripted.ports, &StopFlag::default()));
    assert!(matches!(ended, Err(RunError::NothingAllowed { stop: StopReason::Money })));
    let before = memory.events();
    let (outcome, _) = with(9, &memory);
    assert_eq!((outcome.stop, outcome.images), (StopReason::Accepted, 4));
    assert!(memory.events().starts_with(&before));
}
