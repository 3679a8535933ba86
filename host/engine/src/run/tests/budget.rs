//! Runs whose painter takes money.

use std::{collections::BTreeSet, sync::Mutex};

use async_trait::async_trait;
use pentimento_model::{Money, Price};

use super::*;
use crate::{
    PortError, Reservation,
    ports::{Generate, Made, Paid},
};

const CENT: Money = Money::from_nanos(10_000_000);

/// A picture costs a cent.
fn paid(paintings: &[&str]) -> Script {
    Script::new(GOAL, paintings).with_price(Price { image: CENT, ..Price::FREE })
}

fn with_money(recipe: Recipe, script: &Script, cents: u64) -> RunRequest {
    let mut request = request(recipe, script);
    request.budget.bounds.money = Some(CENT.saturating_mul(cents));
    request
}

fn late() -> Recipe {
    Recipe { algorithm: Algorithm::BestOfN { stop_early: false }, ..recipe("best-of-n") }
}

#[test]
fn a_run_without_means_ends_well_with_the_best_so_far() {
    for (paintings, recipe, cents, verdict, best, stop, images) in [
        (
            &[NOTHING, NO_DOG, GOAL][..],
            recipe("best-of-n"),
            2,
            Verdict::GiveUp,
            1,
            StopReason::Money,
            2,
        ),
        (
            &[NOTHING, NO_DOG, GOAL],
            recipe("best-of-n"),
            3,
            Verdict::Accept,
            2,
            StopReason::Accepted,
            3,
        ),
        (&[NO_DOG], recipe("best-of-n"), 4, Verdict::GiveUp, 0, StopReason::Rounds, 4),
        // What is accepted stays so, though there was no money to look for more.
        (&[GOAL, NO_DOG], late(), 2, Verdict::Accept, 0, StopReason::Money, 2),
        // An edit costs as much as a picture.
        (&[NO_DOG], recipe("sld"), 1, Verdict::GiveUp, 0, StopReason::Money, 1),
        (&[NO_DOG], recipe("sld"), 2, Verdict::Accept, 1, StopReason::Accepted, 2),
    ] {
        let script = paid(paintings);
        let request = with_money(recipe, &script, cents);
        let scripted = ScriptedPorts::fresh(&script);
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        let RunOutcome { verdict: was, best: handed, stop: why, images: made } = outcome;
        assert_eq!((was, handed.0, why, made), (verdict, best, stop, images), "{script:?}");
        let events = scripted.witness.events();
        let spent = events.iter().map(|timed| timed.event.spending().money);
        let spent = spent.fold(Money::ZERO, Money::saturating_add);
        assert!(spent <= CENT.saturating_mul(cents), "{spent}");
    }
}

#[test]
fn without_money_for_one_picture_nothing_is_painted() {
    let script = paid(&[GOAL]);
    let request = with_money(recipe("best-of-n"), &script, 0);
    let memory = Arc::new(Memory::default());
    for _ in 0..2 {
        let scripted = ScriptedPorts::over(&script, memory.clone());
        let error = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap_err();
        assert!(matches!(error, RunError::NothingAllowed { stop: StopReason::Money }), "{error}");
        assert!(error.hint().is_some());
        assert_eq!(scripted.calls.counts()[1], 0);
    }
}

#[test]
fn a_run_that_took_too_long_makes_no_further_round() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[NO_DOG]);
    for (recipe, images) in [(recipe("sld"), 1), (recipe("best-of-n"), 1)] {
        let mut request = request(recipe, &script);
        // The clock goes on by a millisecond whenever it is read.
        request.budget.bounds.time = Some(Duration::from_millis(2));
        let scripted = ScriptedPorts::fresh(&script);
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!((outcome.stop, outcome.images), (StopReason::Time, images));
    }
}

#[test]
fn a_paid_run_cut_off_anywhere_resumes_and_pays_nothing_twice() {
    for cents in [2, 3] {
        let script = paid(&[NOTHING, NO_DOG, NOTHING, NO_DOG]);
        let request = with_money(recipe("best-of-n"), &script, cents);
        let memory = Arc::new(Memory::default());
        let whole = ScriptedPorts::over(&script, memory.clone());
        let outcome = block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
        assert_eq!(outcome.stop, StopReason::Money);
        let events = memory.events();
        for cut in 0..=events.len() {
            if events[..cut].last().is_some_and(|timed| is_begun(&timed.event)) {
                continue; // See the next test.
            }
            let half = Arc::new(memory.cut_after(cut));
            let resumed = ScriptedPorts::over(&script, half.clone());
            let again = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap();
            assert_eq!(again, outcome, "cut after {cut}");
            assert_eq!(all_in_words(&half.events()), all_in_words(&events), "cut after {cut}");
            let kept = events[..cut].iter().filter(|timed| is_origin(&timed.event, true)).count();
            assert_eq!(
                u64::from(resumed.calls.counts()[1]),
                cents - kept as u64,
                "cut after {cut}"
            );
        }
    }
}

#[test]
fn a_call_under_way_when_the_program_ended_is_told_and_made_again_under_its_name() {
    let script = paid(&[NOTHING, NO_DOG, NOTHING, NO_DOG]);
    let request = with_money(recipe("best-of-n"), &script, 5);
    let memory = Arc::new(Memory::default());
    let painter = |ports: &mut Ports, names: &Arc<Mutex<Vec<_>>>| {
        let painter = ports.generator.clone();
        ports.generator = Arc::new(Named { painter, names: names.clone() });
    };
    let names = Arc::default();
    let mut whole = ScriptedPorts::over(&script, memory.clone());
    painter(&mut whole.ports, &names);
    let outcome = block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
    let (events, names) = (memory.events(), names.lock().unwrap().clone());
    let begun = events.iter().enumerate().filter(|(_, timed)| is_begun(&timed.event));
    for (number, (position, begun)) in begun.enumerate() {
        let half = Arc::new(memory.cut_after(position + 1));
        let mut resumed = ScriptedPorts::over(&script, half.clone());
        let again = Arc::default();
        painter(&mut resumed.ports, &again);
        let ended = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap();
        assert_eq!(ended, outcome);
        assert_eq!(
            again.lock().unwrap().as_slice(),
            &names[number..],
            "no other call, and none anew"
        );
        let RunEvent::CallBegun { key, most } = begun.event else { unreachable!() };
        let told = RunEvent::CallLost {
            key,
            how: Loss::Interrupted,
            spending: most,
            took: Duration::ZERO,
        };
        let mut expected = all_in_words(&events);
        let lost = TimedEvent { at: Duration::ZERO, event: told };
        expected.splice(position + 1..=position, [in_words(&lost), in_words(begun)]);
        assert_eq!(all_in_words(&half.events()), expected);
        assert_eq!(resumed.witness.events(), half.events());
    }
    assert_eq!(names.len(), 4);
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 4, "every call has its own name");
}

#[test]
fn an_interrupted_call_counts_as_paid() {
    let script = paid(&[NO_DOG]);
    let request = with_money(recipe("best-of-n"), &script, 2);
    let memory = Arc::new(Memory::default());
    let whole = ScriptedPorts::over(&script, memory.clone());
    block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
    let first = memory.events().iter().position(|timed| is_begun(&timed.event)).unwrap();
    let half = Arc::new(memory.cut_after(first + 1));
    for _ in 0..2 {
        let resumed = ScriptedPorts::over(&script, half.clone());
        let outcome = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap();
        assert_eq!((outcome.stop, outcome.images), (StopReason::Money, 1));
    }
}

#[test]
fn a_call_that_failed_has_another_name_when_it_is_made_again() {
    let script = paid(&[NO_DOG]);
    let request = with_money(recipe("best-of-n").with_rounds(1).unwrap(), &script, 3);
    let (memory, names) = (Arc::new(Memory::default()), Arc::default());
    let mut first = ScriptedPorts::over(&script, memory.clone());
    let painter = Arc::new(Failing { unpaid: false });
    first.ports.generator = Arc::new(Named { painter, names: Arc::clone(&names) });
    block_on(run(&request, &first.ports, &StopFlag::default())).unwrap_err();
    let mut second = ScriptedPorts::over(&script, memory);
    let painter = second.ports.generator.clone();
    second.ports.generator = Arc::new(Named { painter, names: Arc::clone(&names) });
    block_on(run(&request, &second.ports, &StopFlag::default())).unwrap();
    let names = names.lock().unwrap();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 3, "{names:?}");
}

/// A painter whose first attempts bring nothing and may have been paid.
struct Clumsy {
    painter: Arc<dyn Generate>,
    attempts: u32,
}

#[async_trait]
impl Generate for Clumsy {
    fn identity(&self) -> String {
        self.painter.identity()
    }

    fn most(&self, prompt: &str) -> Spending {
        self.painter.most(prompt)
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        for attempt in 0..self.attempts {
            let means = |_| PortError::broken("no means", format!("attempt {attempt}"));
            leave.begin().map_err(means)?;
        }
        self.painter.generate(prompt, seed, leave).await
    }
}

/// What a run of one picture tells, with a painter that needs so many attempts.
fn attempts(
    memory: &Arc<Memory>,
    attempts: u32,
    cents: u64,
) -> (Result<RunOutcome, RunError>, Vec<RunEvent>) {
    let script = paid(&[NO_DOG]);
    let request = with_money(recipe("best-of-n").with_rounds(0).unwrap(), &script, cents);
    let mut scripted = ScriptedPorts::over(&script, memory.clone());
    let painter = scripted.ports.generator.clone();
    scripted.ports.generator = Arc::new(Clumsy { painter, attempts });
    let ended = block_on(run(&request, &scripted.ports, &StopFlag::default()));
    assert_eq!(scripted.witness.events(), memory.events(), "watchers see all of it, in order");
    (ended, memory.events().into_iter().map(|timed| timed.event).collect())
}

#[test]
fn an_attempt_that_may_have_been_paid_is_told_before_the_next_one_begins() {
    let memory = Arc::default();
    let (ended, events) = attempts(&memory, 3, 9);
    ended.unwrap();
    let of_the_call = events.iter().filter_map(|event| match event {
        RunEvent::CallBegun { .. } => Some("begun".to_owned()),
        RunEvent::CallLost { how, spending, .. } => Some(format!("{how:?} {}", spending.money)),
        RunEvent::CandidateReady { spending, .. } => Some(format!("made {}", spending.money)),
        _ => None,
    });
    let told: Vec<_> = of_the_call.collect();
    let once = "Retried 0.01";
    assert_eq!(told, ["begun", once, "begun", once, "begun", "made 0.01"]);
    let spent = events.iter().map(|event| event.spending().money.nanos()).sum();
    assert_eq!(Money::from_nanos(spent), CENT.saturating_mul(3));
}

#[test]
fn a_program_killed_during_a_later_attempt_tells_all_of_them() {
    let memory = Arc::default();
    let (ended, events) = attempts(&memory, 3, 9);
    ended.unwrap();
    let begun: Vec<_> = (0..events.len()).filter(|&at| is_begun(&events[at])).collect();
    for (number, position) in begun.iter().enumerate() {
        let half = Arc::new(memory.cut_after(position + 1));
        let (ended, events) = attempts(&half, 1, 9);
        ended.unwrap();
        let spent = events.iter().map(|event| event.spending().money.nanos()).sum();
        assert_eq!(Money::from_nanos(spent), CENT.saturating_mul(number as u64 + 2));
        let how = |how| {
            let is_so = |event: &&RunEvent| matches!(event, RunEvent::CallLost { how: was, .. } if *was == how);
            events.iter().filter(is_so).count()
        };
        assert_eq!((how(Loss::Retried), how(Loss::Interrupted)), (number, 1));
    }
}

#[test]
fn an_attempt_that_cannot_be_told_is_not_made() {
    let script = paid(&[NO_DOG]);
    let request = with_money(recipe("best-of-n").with_rounds(0).unwrap(), &script, 9);
    let whole = ScriptedPorts::fresh(&script);
    block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
    let first = whole.witness.events().iter().position(|timed| is_begun(&timed.event)).unwrap();
    for room in [first + 1, first + 2] {
        let keep = Arc::new(Strict { memory: Memory::default(), room });
        let mut scripted = ScriptedPorts::over(&script, keep);
        let painter = scripted.ports.generator.clone();
        scripted.ports.generator = Arc::new(Clumsy { painter, attempts: 2 });
        let error = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap_err();
        assert!(matches!(error, RunError::Keep(_)), "{error}");
        assert_eq!(scripted.calls.counts()[1], 0, "nobody painted");
    }
}

/// A memory in which events fit and pictures do not.
struct Narrow(Arc<Memory>);

impl Keep for Narrow {
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.0.recall(position)
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        self.0.append(event)
    }

    fn store(&self, _artifact: &Artifact) -> Result<(), KeepError> {
        Err(KeepError { message: "no space left".to_owned(), hint: None, cause: None })
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        self.0.load(id)
    }
}

#[test]
fn a_picture_that_could_not_be_kept_is_asked_for_again_under_its_name() {
    let script = paid(&[NO_DOG]);
    let request = with_money(recipe("best-of-n").with_rounds(0).unwrap(), &script, 3);
    let (memory, names) = (Arc::new(Memory::default()), Arc::default());
    let mut full = ScriptedPorts::over(&script, Arc::new(Narrow(memory.clone())));
    let painter = full.ports.generator.clone();
    full.ports.generator = Arc::new(Named { painter, names: Arc::clone(&names) });
    let error = block_on(run(&request, &full.ports, &StopFlag::default())).unwrap_err();
    assert!(matches!(error, RunError::Keep(_)), "{error}");
    assert!(memory.events().last().is_some_and(|timed| is_begun(&timed.event)));
    let mut roomy = ScriptedPorts::over(&script, memory.clone());
    let painter = roomy.ports.generator.clone();
    roomy.ports.generator = Arc::new(Named { painter, names: Arc::clone(&names) });
    block_on(run(&request, &roomy.ports, &StopFlag::default())).unwrap();
    let names = names.lock().unwrap();
    assert!(names.len() == 2 && names[0] == names[1], "{names:?}");
    let spent = memory.events().iter().map(|timed| timed.event.spending().money.nanos()).sum();
    assert_eq!(Money::from_nanos(spent), CENT.saturating_mul(2), "it may have been paid twice");
}

const fn is_begun(event: &RunEvent) -> bool {
    matches!(event, RunEvent::CallBegun { .. })
}

/// Remembers the names of the calls that a painter makes.
struct Named {
    painter: Arc<dyn Generate>,
    names: Arc<Mutex<Vec<Option<StepKey>>>>,
}

#[async_trait]
impl Generate for Named {
    fn identity(&self) -> String {
        self.painter.identity()
    }

    fn most(&self, prompt: &str) -> Spending {
        self.painter.most(prompt)
    }

    async fn generate(
        &self,
        prompt: &str,
        seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        self.names.lock().unwrap().push(leave.name());
        self.painter.generate(prompt, seed, leave).await
    }
}

/// A painter whose calls fail: after the money is gone, or before.
struct Failing {
    unpaid: bool,
}

#[async_trait]
impl Generate for Failing {
    fn identity(&self) -> String {
        "scripted generator".to_owned()
    }

    fn most(&self, _prompt: &str) -> Spending {
        Spending { usage: Usage::PICTURE, money: CENT, unpriced: 0 }
    }

    async fn generate(
        &self,
        _prompt: &str,
        _seed: Seed,
        leave: &Arc<Reservation>,
    ) -> Result<Paid<Made>, PortError> {
        if self.unpaid {
            leave.release();
        }
        Err(PortError::broken("the connection broke", "no more bytes"))
    }
}

#[test]
fn a_call_that_may_have_been_paid_still_counts_when_the_run_goes_on() {
    for (unpaid, lost, stop) in
        [(false, CENT, StopReason::Money), (true, Money::ZERO, StopReason::Rounds)]
    {
        let script = paid(&[NO_DOG]);
        let request = with_money(recipe("best-of-n").with_rounds(1).unwrap(), &script, 2);
        let memory = Arc::new(Memory::default());
        let mut first = ScriptedPorts::over(&script, memory.clone());
        first.ports.generator = Arc::new(Failing { unpaid });
        let error = block_on(run(&request, &first.ports, &StopFlag::default())).unwrap_err();
        assert!(matches!(error, RunError::Port { role: "painter", .. }), "{error}");
        let last = memory.events().pop().map(|timed| timed.event);
        let Some(RunEvent::CallLost { how: Loss::Failed, spending, .. }) = last else {
            panic!("{last:?}")
        };
        assert_eq!(spending.money, lost);
        let second = ScriptedPorts::over(&script, memory.clone());
        let outcome = block_on(run(&request, &second.ports, &StopFlag::default())).unwrap();
        assert_eq!(outcome.stop, stop);
        let spent = memory.events().iter().map(|timed| timed.event.spending().money.nanos()).sum();
        assert_eq!(Money::from_nanos(spent), CENT.saturating_mul(2));
        assert_eq!(second.witness.events(), memory.events());
    }
}
