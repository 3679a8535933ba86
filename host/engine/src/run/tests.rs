//! Whole runs over scripted ports.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::executor::block_on;
use pentimento_model::*;
use pentimento_recipe::{Algorithm, Examiner, Recipe};
use proptest::prelude::*;

use super::*;
use crate::{
    KeepError, Memory, PortErrorKind,
    ports::{Keep, Watch},
    testing::{Calls, Script, ScriptedAssessor, ScriptedPorts},
};

mod budget;
mod climbs;
mod clock;
mod exams;
mod fair;
mod feedback;
mod more;
mod planned;
mod repairs;
mod shared;
mod talks;
mod turns;

const GOAL: &str = "cat 0.1 0.1 0.3 0.3\ndog 0.6 0.6 0.3 0.3\n";
const NO_DOG: &str = "cat 0.1 0.1 0.3 0.3\n";
const NOTHING: &str = "\n";
const SWAPPED: &str = "dog 0.1 0.1 0.3 0.3\ncat 0.6 0.6 0.3 0.3\n";
const WRONG_PLACE: &str = "cat 0.1 0.1 0.3 0.3\ndog 0.1 0.6 0.3 0.3\n";

fn recipe(name: &str) -> Recipe {
    pentimento_recipe::find(name).unwrap()
}

fn request(recipe: Recipe, script: &Script) -> RunRequest {
    RunRequest {
        run: RunId::new("test").unwrap(),
        brief: Brief::from_idea("a cat and a dog"),
        budget: recipe.budget(),
        recipe: recipe.into(),
        painter: "scripted".to_owned(),
        seed: script.seed,
    }
}

/// How a run of this script ends: verdict, best, reason, pictures.
fn ending(recipe: Recipe, script: &Script) -> (Verdict, u32, StopReason, u32) {
    let scripted = ScriptedPorts::fresh(script);
    let request = request(recipe, script);
    let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    let last = scripted.witness.events().pop().map(|timed| timed.event);
    assert_eq!(last, Some(RunEvent::RunFinished { outcome: outcome.clone() }));
    (outcome.verdict, outcome.best.0, outcome.stop, outcome.images)
}

fn check(recipe: Recipe, script: &Script, expected: (Verdict, u32, StopReason, u32)) {
    assert_eq!(ending(recipe, script), expected, "{script:?}");
}

/// An event in words, without times.
fn in_words(timed: &TimedEvent) -> String {
    let text = format!("{:?}", timed.event);
    text.split(" took: ").next().unwrap_or_default().to_owned()
}

fn all_in_words(events: &[TimedEvent]) -> Vec<String> {
    events.iter().map(in_words).collect()
}

#[test]
fn a_first_picture_with_nothing_wrong_is_accepted() {
    let script = Script::new(GOAL, &[GOAL]);
    check(recipe("sld"), &script, (Verdict::Accept, 0, StopReason::Accepted, 1));
    check(recipe("best-of-n"), &script, (Verdict::Accept, 0, StopReason::Accepted, 1));
}

#[test]
fn a_wrong_picture_is_corrected_and_accepted() {
    for wrong in [NO_DOG, NOTHING, WRONG_PLACE, SWAPPED, "car 0.1 0.1 0.3 0.3\n"] {
        let script = Script::new(GOAL, &[wrong]);
        check(recipe("sld"), &script, (Verdict::Accept, 1, StopReason::Accepted, 2));
    }
}

#[test]
fn the_events_of_a_correction_come_in_their_order() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let scripted = ScriptedPorts::fresh(&script);
    let request = request(recipe("sld"), &script);
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    let events = scripted.witness.events();
    let words = all_in_words(&events);
    let kinds: Vec<_> = words.iter().filter_map(|text| text.split(' ').next()).collect();
    let round = ["RoundStarted", "CandidateReady", "Assessed", "Reviewed", "Decided"];
    let second =
        ["RoundStarted", "CorrectionPlanned", "CandidateReady", "Assessed", "Reviewed", "Decided"];
    let expected = [["RunStarted", "Parsed"].as_slice(), &round, &second, &["RunFinished"]];
    assert_eq!(kinds, expected.concat());
    assert_eq!(scripted.calls.counts(), [1, 1, 1, 2, 2]);
    let parents: Vec<_> = events
        .iter()
        .filter_map(|timed| match &timed.event {
            RunEvent::CandidateReady { candidate, .. } => Some(candidate.parent),
            _ => None,
        })
        .collect();
    assert_eq!(parents, [None, Some(CandidateId(0))]);
}

#[test]
fn a_picture_that_got_worse_or_stayed_as_bad_never_replaces_the_draft() {
    for worse in [NOTHING, NO_DOG] {
        let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[worse]);
        check(recipe("sld"), &script, (Verdict::GiveUp, 0, StopReason::Rounds, 4));
    }
}

#[test]
fn half_a_correction_is_kept_and_gone_on_with() {
    let script = Script::new(GOAL, &[NOTHING]).with_edits(&[NO_DOG, NOTHING, GOAL]);
    check(recipe("sld"), &script, (Verdict::Accept, 3, StopReason::Accepted, 4));
    let rounds = |rounds| recipe("sld").with_rounds(rounds).unwrap();
    check(rounds(2), &script, (Verdict::GiveUp, 1, StopReason::Rounds, 3));
}

#[test]
fn no_rounds_means_one_picture() {
    let script = Script::new(GOAL, &[NO_DOG]);
    for name in ["sld", "best-of-n"] {
        let recipe = recipe(name).with_rounds(0).unwrap();
        check(recipe, &script, (Verdict::GiveUp, 0, StopReason::Rounds, 1));
    }
}

#[test]
fn the_picture_budget_is_never_exceeded() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[NO_DOG]);
    for name in ["sld", "best-of-n"] {
        let mut request = request(recipe(name), &script);
        request.budget = Budget::new(9, 2);
        let scripted = ScriptedPorts::fresh(&script);
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!((outcome.stop, outcome.images), (StopReason::Images, 2));
    }
}

#[test]
fn best_of_n_keeps_the_best_and_of_equals_the_earliest() {
    let blind = || recipe("best-of-n");
    let script = Script::new(GOAL, &[NOTHING, NO_DOG, NOTHING, NO_DOG]);
    check(blind(), &script, (Verdict::GiveUp, 1, StopReason::Rounds, 4));
    let script = Script::new(GOAL, &[NO_DOG]);
    check(blind(), &script, (Verdict::GiveUp, 0, StopReason::Rounds, 4));
}

#[test]
fn best_of_n_stops_early_only_if_told_to() {
    let script = Script::new(GOAL, &[NO_DOG, GOAL, NOTHING]);
    let early = recipe("best-of-n");
    check(early.clone(), &script, (Verdict::Accept, 1, StopReason::Accepted, 2));
    let late = Recipe { algorithm: Algorithm::BestOfN { stop_early: false }, ..early };
    check(late, &script, (Verdict::Accept, 1, StopReason::Accepted, 4));
}

#[test]
fn without_an_opinion_sld_ends_with_what_it_has() {
    for blind in ["broken", "abstain"] {
        let script = Script::new(GOAL, &[blind]);
        check(recipe("sld"), &script, (Verdict::GiveUp, 0, StopReason::NoOpinion, 1));
    }
}

#[test]
fn a_missing_opinion_in_a_later_round_costs_only_that_round() {
    let script = Script::new(GOAL, &[NO_DOG]).with_edits(&["broken", GOAL]);
    check(recipe("sld"), &script, (Verdict::Accept, 2, StopReason::Accepted, 3));
    let script = Script::new(GOAL, &["broken", NO_DOG, "abstain"]);
    check(recipe("best-of-n"), &script, (Verdict::GiveUp, 1, StopReason::Rounds, 4));
    let script = Script::new(GOAL, &["broken"]);
    check(recipe("best-of-n"), &script, (Verdict::GiveUp, 0, StopReason::NoOpinion, 4));
}

/// Ports with one more critic, who objects to every picture this gravely.
fn with_critic(script: &Script, objects: fn(&str) -> Vec<Finding>) -> ScriptedPorts {
    let mut scripted = ScriptedPorts::fresh(script);
    let critic = ScriptedAssessor::critic("critic-mood", Calls::default(), objects);
    scripted.ports.assessors.push(Arc::new(critic));
    scripted
}

fn objection(severity: Severity) -> Vec<Finding> {
    vec![Finding {
        code: "mood".to_owned(),
        severity,
        message: "too gloomy".to_owned(),
        place: None,
        evidence: Vec::new(),
        suggestion: None,
    }]
}

#[test]
fn another_critics_grave_objection_prevents_acceptance_a_blemish_does_not() {
    let script = Script::new(GOAL, &[GOAL]);
    let check = |objects: fn(&str) -> Vec<Finding>, stop| {
        let scripted = with_critic(&script, objects);
        let request = request(recipe("sld"), &script);
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!(outcome.stop, stop);
    };
    check(|_| objection(Severity::Blocking), StopReason::NoOps);
    check(|_| objection(Severity::Major), StopReason::NoOps);
    check(|_| objection(Severity::Minor), StopReason::Accepted);
}

#[test]
fn a_missing_detector_is_told_before_anything_happens() {
    let script = Script::new(GOAL, &[GOAL]);
    let mut scripted = ScriptedPorts::fresh(&script);
    scripted.ports.assessors.clear();
    let request = request(recipe("sld"), &script);
    let error = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap_err();
    assert_eq!(error.to_string(), "recipe `sld` needs the plugin `critic-detector`");
    assert!(error.hint().is_some());
    assert_eq!((scripted.witness.events().len(), scripted.calls.counts()), (0, [0; 5]));
}

#[test]
fn an_idea_that_cannot_be_read_is_the_parsers_error() {
    let script = Script::new(GOAL, &[GOAL]);
    let scripted = ScriptedPorts::fresh(&script);
    let request = RunRequest { brief: Brief::from_idea(""), ..request(recipe("sld"), &script) };
    let error = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap_err();
    assert_eq!(error.hint().as_deref(), Some("say what to paint"));
    let RunError::Port { role: "parser", source } = error else { panic!("{error}") };
    assert_eq!(source.kind, PortErrorKind::WrongUse);
}

#[test]
fn the_same_request_gives_the_same_events() {
    let script = Script::new(GOAL, &[NOTHING]).with_edits(&[NO_DOG, GOAL]);
    let events = || {
        let scripted = ScriptedPorts::fresh(&script);
        let request = request(recipe("sld"), &script);
        block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        scripted.witness.events()
    };
    assert_eq!(events(), events());
}

#[test]
fn both_recipes_begin_with_the_same_picture() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let first = |name| {
        let scripted = ScriptedPorts::fresh(&script);
        let request = request(recipe(name), &script);
        block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        let events = scripted.witness.events();
        events.iter().map(in_words).find(|text| text.starts_with("CandidateReady")).unwrap()
    };
    assert_eq!(first("sld"), first("best-of-n"));
}

/// The scripts whose runs are interrupted everywhere below.
fn long_runs() -> Vec<(Recipe, Script)> {
    vec![
        (recipe("sld"), Script::new(GOAL, &[NOTHING]).with_edits(&[NO_DOG, "broken", GOAL])),
        (recipe("sld"), Script::new(GOAL, &[NO_DOG])),
        (recipe("best-of-n"), Script::new(GOAL, &[NOTHING, "abstain", NO_DOG])),
    ]
}

#[test]
fn a_run_cut_off_after_any_event_resumes_without_repeating_anything() {
    for (recipe, script) in long_runs() {
        let request = request(recipe, &script);
        let memory = Arc::new(Memory::default());
        let whole = ScriptedPorts::over(&script, memory.clone());
        let outcome = block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
        let events = memory.events();
        for cut in 0..=events.len() {
            let half = Arc::new(memory.cut_after(cut));
            let resumed = ScriptedPorts::over(&script, half.clone());
            let again = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap();
            assert_eq!(again, outcome);
            assert_eq!(all_in_words(&half.events()), all_in_words(&events), "cut after {cut}");
            assert_eq!(resumed.witness.events(), half.events(), "watchers see the whole run");
            let kept = &events[..cut];
            let done = |matches: fn(&RunEvent) -> bool| {
                u32::try_from(kept.iter().filter(|timed| matches(&timed.event)).count()).unwrap()
            };
            let [parsed, generated, edited, assessed, proposed] = whole.calls.counts();
            let expected = [
                parsed - done(|event| matches!(event, RunEvent::Parsed { .. })),
                generated - done(|event| is_origin(event, true)),
                edited - done(|event| is_origin(event, false)),
                assessed - done(|event| matches!(event, RunEvent::Assessed { .. })),
                proposed - done(|event| matches!(event, RunEvent::Reviewed { .. })),
            ];
            assert_eq!(resumed.calls.counts(), expected, "cut after {cut}");
        }
    }
}

fn is_origin(event: &RunEvent, generated: bool) -> bool {
    matches!(event, RunEvent::CandidateReady { candidate, .. }
        if matches!(candidate.origin, Origin::Generated { .. }) == generated)
}

/// Raises the flag once it has seen so many events.
struct Stopper {
    stop: StopFlag,
    left: AtomicUsize,
}

impl Watch for Stopper {
    fn on_event(&self, _event: &TimedEvent) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.stop.raise();
        }
    }
}

#[test]
fn a_run_stopped_after_any_event_keeps_exactly_that_much_and_can_go_on() {
    for (recipe, script) in long_runs() {
        let request = request(recipe, &script);
        let whole = ScriptedPorts::fresh(&script);
        let outcome = block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
        let n_events = whole.witness.events().len();
        for left in 1..n_events {
            let stop = StopFlag::default();
            let memory = Arc::new(Memory::default());
            let mut first = ScriptedPorts::over(&script, memory.clone());
            let stopper = Stopper { stop: stop.clone(), left: left.into() };
            first.ports.watchers.push(Arc::new(stopper));
            let error = block_on(run(&request, &first.ports, &stop)).unwrap_err();
            assert!(matches!(error, RunError::Interrupted));
            assert_eq!(memory.events().len(), left);
            let second = ScriptedPorts::over(&script, memory);
            let again = block_on(run(&request, &second.ports, &StopFlag::default())).unwrap();
            assert_eq!(again, outcome);
            let (one, two) = (first.calls.counts(), second.calls.counts());
            let total: Vec<_> = one.iter().zip(two).map(|(one, two)| one + two).collect();
            assert_eq!(total, whole.calls.counts(), "stopped after {left}");
        }
    }
}

#[test]
fn a_journal_of_another_run_is_refused_before_anything_is_spent() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let good = request(recipe("sld"), &script);
    let memory = Memory::default();
    let memory = Arc::new(memory);
    let whole = ScriptedPorts::over(&script, memory.clone());
    block_on(run(&good, &whole.ports, &StopFlag::default())).unwrap();
    let others = [
        RunRequest { seed: Seed(8), ..good.clone() },
        RunRequest { brief: Brief::from_idea("else"), ..good.clone() },
        RunRequest { recipe: recipe("best-of-n").into(), ..good.clone() },
        RunRequest { budget: Budget::new(1, 2), ..good.clone() },
    ];
    for other in others {
        let half = Arc::new(memory.cut_after(5));
        let resumed = ScriptedPorts::over(&script, half.clone());
        let error = block_on(run(&other, &resumed.ports, &StopFlag::default())).unwrap_err();
        assert!(matches!(error, RunError::Diverged { position: 0 }));
        assert_eq!((half.events().len(), resumed.calls.counts()), (5, [0; 5]));
    }
}

#[test]
fn a_journal_written_with_another_plugin_is_refused_where_it_differs() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let request = request(recipe("sld"), &script);
    let memory = Arc::new(Memory::default());
    let whole = ScriptedPorts::over(&script, memory.clone());
    block_on(run(&request, &whole.ports, &StopFlag::default())).unwrap();
    let mut resumed = ScriptedPorts::over(&script, memory.clone());
    let other = ScriptedAssessor::critic("critic-detector", resumed.calls.clone(), |_| Vec::new());
    resumed.ports.assessors = vec![Arc::new(other)];
    let error = block_on(run(&request, &resumed.ports, &StopFlag::default())).unwrap_err();
    let first = memory.events().iter().position(|timed| in_words(timed).starts_with("Assessed"));
    assert!(matches!(error, RunError::Diverged { position } if Some(position) == first));
    assert_eq!(resumed.calls.counts(), [0; 5]);
}

/// A memory that checks the order of things and fails once it holds so many events.
struct Strict {
    memory: Memory,
    room: usize,
}

impl Keep for Strict {
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.memory.recall(position)
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        if let RunEvent::CandidateReady { candidate, .. } = &event.event {
            assert!(self.memory.load(candidate.artifact).is_ok(), "stored before it is named");
        }
        if self.memory.events().len() >= self.room {
            let message = "no space left".to_owned();
            return Err(KeepError { message, hint: None, cause: None });
        }
        self.memory.append(event)
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        self.memory.store(artifact)
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        self.memory.load(id)
    }
}

#[test]
fn what_cannot_be_journaled_is_never_shown() {
    for (recipe, script) in long_runs() {
        let request = request(recipe, &script);
        for room in 0.. {
            let keep = Arc::new(Strict { memory: Memory::default(), room });
            let scripted = ScriptedPorts::over(&script, keep.clone());
            let result = block_on(run(&request, &scripted.ports, &StopFlag::default()));
            assert_eq!(scripted.witness.events(), keep.memory.events());
            match result {
                Ok(_) => break,
                Err(error) => assert!(matches!(error, RunError::Keep(_)), "{error}"),
            }
        }
    }
}

#[test]
fn a_run_can_be_moved_between_threads() {
    fn moves<Future: Send>(future: Future) -> Future {
        future
    }
    let script = Script::new(GOAL, &[GOAL]);
    let scripted = ScriptedPorts::fresh(&script);
    let (request, stop) = (request(recipe("sld"), &script), StopFlag::default());
    block_on(moves(run(&request, &scripted.ports, &stop))).unwrap();
}

/// The number of things wrong with a picture, by the script's controller.
fn n_wrong(text: &str) -> usize {
    let script = Script::new(GOAL, &[text]);
    let scripted = ScriptedPorts::fresh(&script);
    let request = request(recipe("sld").with_rounds(0).unwrap(), &script);
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    let events = scripted.witness.events();
    let reviewed = events.iter().find_map(|timed| match &timed.event {
        RunEvent::Reviewed { findings, .. } => Some(findings.len()),
        _ => None,
    });
    reviewed.unwrap_or(usize::MAX)
}

proptest! {
    #[test]
    fn no_run_hands_out_anything_worse_than_its_first_picture(
        paintings in proptest::collection::vec(0..5_usize, 1..5),
        edits in proptest::collection::vec(0..5_usize, 1..5),
        sld in any::<bool>(),
    ) {
        let pictures = [GOAL, NO_DOG, NOTHING, WRONG_PLACE, "broken"];
        let texts = |picks: &[usize]| picks.iter().map(|&pick| pictures[pick]).collect::<Vec<_>>();
        let script = Script::new(GOAL, &texts(&paintings)).with_edits(&texts(&edits));
        let name = if sld { "sld" } else { "best-of-n" };
        let (verdict, best, stop, images) = ending(recipe(name), &script);
        let later = if sld { texts(&edits) } else { texts(&paintings)[1..].to_vec() };
        let last = if sld { texts(&edits) } else { texts(&paintings) }.last().copied().unwrap();
        let first = texts(&paintings)[0];
        let index = best as usize;
        let handed_out = match index.checked_sub(1) {
            None => first,
            Some(index) => later.get(index).copied().unwrap_or(last),
        };
        prop_assert!(n_wrong(handed_out) <= n_wrong(first));
        prop_assert_eq!(verdict == Verdict::Accept, handed_out == GOAL);
        prop_assert_eq!(stop == StopReason::Accepted, handed_out == GOAL);
        prop_assert!(best < images && images <= 4);
    }
}
