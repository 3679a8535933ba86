//! SLD by models: who is asked what and when, when it stops, and what is done without an answer.

use std::sync::Mutex;

use async_trait::async_trait;
use pentimento_model::{Chat, Money, Price};
use pentimento_prompts::sld::{Sighting, seen_in_json};

use super::{
    exams::{carry_out, over, steps, with},
    *,
};
use crate::{
    PortError,
    ports::Detect,
    testing::{ScriptedModel, answer},
};

const PARSED: &str = r#"{"objects": [{"name": "cat", "attribute": "", "count": 1},
    {"name": "dog", "attribute": "", "count": 1}], "relations": [], "background": "a lawn", "absent": []}"#;

fn models() -> Recipe {
    recipe("sld-models")
}

/// The objects of a scripted picture, as whoever looks at it tells them.
pub(super) fn sightings(chat: &Chat) -> String {
    let things = chat.images().next().map(things).unwrap_or_default();
    seen_in_json(&things).to_string()
}

/// The same as they are.
fn things(picture: &Artifact) -> Vec<Sighting> {
    let picture = String::from_utf8(picture.bytes.to_vec()).unwrap();
    let objects = picture.lines().filter_map(|line| {
        let mut words = line.split(' ');
        let (noun, attribute) = crate::testing::noun_and_attribute(words.next()?);
        let mut number = || words.next()?.parse().ok();
        let region = Region::new(number()?, number()?, number()?, number()?)?;
        Some(Sighting { noun: noun.to_owned(), attribute, usual: false, sure: 1.0, region })
    });
    objects.collect()
}

pub(super) fn eyes() -> ScriptedModel {
    ScriptedModel::by("seer", |chat| answer(sightings(chat)))
}

/// A plan whose layout is that of a scripted picture.
fn plan(goal: &str, problems: &str) -> String {
    let items: Vec<String> = goal
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            format!(r#"{{"name": "{} #1", "box": [{}]}}"#, words[0], words[1..].join(", "))
        })
        .collect();
    format!(r#"{{"problems": [{problems}], "objects": [{}]}}"#, items.join(", "))
}

/// A writer that wants every picture to be the goal.
fn planner() -> ScriptedModel {
    ScriptedModel::by("writer", |chat| {
        let form = chat.contract.as_ref().map(|one| &*one.name);
        answer(if form == Some("parsed") { PARSED.to_owned() } else { plan(GOAL, "") })
    })
}

#[test]
fn the_writer_reads_the_idea_once_and_every_picture_is_looked_at_and_planned() {
    let script = Script::new(GOAL, &[SWAPPED]);
    let scripted = with(&script, planner(), eyes());
    let outcome = carry_out(&models(), &script, &scripted);
    assert_eq!(
        steps(&scripted),
        [
            "writer parse",
            "c0",
            "seer detect",
            "writer control",
            "c1",
            "seer detect",
            "writer control"
        ]
    );
    let ended = (outcome.verdict, outcome.best.0, outcome.stop, outcome.images);
    assert_eq!(ended, (Verdict::Accept, 1, StopReason::Accepted, 2), "no difference is left");
    assert_eq!(scripted.calls.counts()[0], 0, "no rule reads the idea");
    assert_eq!(scripted.calls.counts()[4], 0, "no rule plans");
    let events = scripted.witness.events();
    let findings = events.iter().find_map(|timed| match &timed.event {
        RunEvent::Reviewed { findings, .. } => Some(findings.clone()),
        _ => None,
    });
    let told: Vec<_> = findings.unwrap().into_iter().map(|one| (one.code, one.message)).collect();
    let moved = |name: &str| ("layout.differs".to_owned(), format!("`{name}` should be elsewhere"));
    assert_eq!(told, [moved("cat #1"), moved("dog #1")]);
}

#[test]
fn what_got_worse_is_not_kept_and_another_round_begins_from_the_draft() {
    for worse in [NOTHING, NO_DOG] {
        let script = Script::new(GOAL, &[NO_DOG]).with_edits(&[worse, worse]);
        let outcome = carry_out(&models(), &script, &with(&script, planner(), eyes()));
        assert_eq!((outcome.best.0, outcome.stop, outcome.images), (0, StopReason::Rounds, 3));
    }
}

#[test]
fn problems_without_a_change_end_the_run_without_acceptance() {
    let script = Script::new(GOAL, &[GOAL]);
    let texts = [PARSED.to_owned(), plan(GOAL, r#"{"problem": "it is too dark", "item": ""}"#)];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let scripted = with(&script, ScriptedModel::saying("writer", &texts), eyes());
    let outcome = carry_out(&models(), &script, &scripted);
    assert_eq!((outcome.verdict, outcome.stop), (Verdict::GiveUp, StopReason::NoOps));
}

#[test]
fn without_an_answer_of_use_the_run_does_without_and_says_so() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let blind = || ScriptedModel::by("seer", |_| answer("a cat, I think"));
    let silent = || ScriptedModel::by("writer", |_| answer("who knows"));
    let parse = [
        "writer parse",
        "writer parse",
        "no parse: seer and writer go by the idea's words alone",
        "c0",
    ];
    let control = ["writer control", "writer control", "no control: the picture is not corrected"];
    let look = ["seer detect"];
    let detect = ["seer detect", "seer detect", "no detect: nobody knows what is in the picture"];
    for (writer, seer, expected) in [
        (silent(), eyes(), [&parse[..], &look, &control].concat()),
        (planner(), blind(), [&["writer parse", "c0"][..], &detect].concat()),
    ] {
        let scripted = with(&script, writer, seer);
        let outcome = carry_out(&models(), &script, &scripted);
        assert_eq!(steps(&scripted), expected);
        let ended = (outcome.verdict, outcome.best.0, outcome.stop);
        assert_eq!(ended, (Verdict::GiveUp, 0, StopReason::NoOpinion));
    }
}

#[test]
fn a_plugin_that_calls_itself_seer_is_not_the_seer() {
    let script = Script::new(GOAL, &[NO_DOG]);
    let mut scripted = with(&script, planner(), eyes());
    let calls = scripted.calls.clone();
    let liar = ScriptedAssessor::critic("seer", calls, |_| Vec::new());
    scripted.ports.assessors.push(Arc::new(liar));
    let outcome = carry_out(&models(), &script, &scripted);
    assert_eq!((outcome.verdict, outcome.best.0), (Verdict::Accept, 1));
}

#[test]
fn an_edit_is_held_and_paid_like_a_picture() {
    let price = Price { image: Money::from_nanos(40), ..Price::FREE };
    let script = Script::new(GOAL, &[NO_DOG]).with_price(price);
    for (cents, best, stop, spent) in
        [(80, 1, StopReason::Accepted, 80), (79, 0, StopReason::Money, 40)]
    {
        let scripted = ScriptedPorts::fresh(&script);
        let mut request = request(recipe("sld"), &script);
        request.budget.bounds.money = Some(Money::from_nanos(cents));
        let outcome = block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!((outcome.best.0, outcome.stop), (best, stop));
        let events = scripted.witness.events();
        let all = events.iter().map(|timed| timed.event.spending().money.nanos());
        assert_eq!(all.sum::<u64>(), spent);
    }
}

#[test]
fn a_run_that_is_cut_off_anywhere_asks_nothing_twice() {
    let script = Script::new(GOAL, &[SWAPPED]);
    let memory = Arc::new(Memory::default());
    let whole = over(&script, memory.clone(), planner(), eyes());
    carry_out(&models(), &script, &whole);
    let events = memory.events();
    for cut in 0..events.len() {
        let (writer, seer) = (Arc::new(planner()), Arc::new(eyes()));
        let mut again = ScriptedPorts::over(&script, Arc::new(memory.cut_after(cut)));
        again.ports.models.writer = Some(writer.clone());
        again.ports.models.seer = Some(seer.clone());
        carry_out(&models(), &script, &again);
        assert_eq!(all_in_words(&again.witness.events()), all_in_words(&events), "cut at {cut}");
        let answered =
            events[..cut].iter().filter(|one| matches!(one.event, RunEvent::Answered { .. }));
        assert_eq!(writer.asked().len() + seer.asked().len() + answered.count(), 5);
    }
}

/// Finds what a scripted picture shows, and remembers what it was to look for.
#[derive(Default)]
struct Finder {
    identity: &'static str,
    broken: bool,
    /// It has to wait for its turn, and somebody says stop.
    waits: bool,
    stop: StopFlag,
    asked: Mutex<Vec<Vec<String>>>,
}

#[async_trait]
impl Detect for Finder {
    fn identity(&self) -> String {
        self.identity.to_owned()
    }

    async fn detect(
        &self,
        picture: &Artifact,
        names: &[String],
    ) -> Result<Vec<Sighting>, PortError> {
        self.asked.lock().unwrap().push(names.to_vec());
        if self.waits {
            self.stop.raise();
            std::future::pending::<()>().await;
        }
        if self.broken {
            return Err(PortError::wrong_use("the file is gone", "put it back"));
        }
        Ok(things(picture))
    }
}

/// A run of this recipe over this memory with a detector and no seer.
fn detected(
    recipe: &str,
    memory: &Arc<Memory>,
    finder: &Arc<Finder>,
) -> (Result<RunOutcome, RunError>, ScriptedPorts) {
    let script = Script::new(GOAL, &[SWAPPED]);
    let mut scripted = over(&script, memory.clone(), planner(), eyes());
    scripted.ports.models.seer = None;
    scripted.ports.models.detector = Some(finder.clone());
    let recipe = self::recipe(recipe).with_detector("detector").unwrap();
    let ended = block_on(run(&request(recipe, &script), &scripted.ports, &finder.stop));
    (ended, scripted)
}

#[test]
fn a_detector_looks_in_place_of_the_seer_or_of_a_plugin_and_is_told_what_for() {
    for (recipe, looked) in [
        ("sld-models", &["writer parse", "c0", "writer control", "c1", "writer control"][..]),
        ("sld", &["c0", "c1"]),
    ] {
        let finder = Arc::new(Finder::default());
        let (outcome, scripted) = detected(recipe, &Arc::default(), &finder);
        let outcome = outcome.unwrap();
        assert_eq!(steps(&scripted), looked);
        let ended = (outcome.verdict, outcome.best.0, outcome.stop);
        assert_eq!(ended, (Verdict::Accept, 1, StopReason::Accepted), "{recipe}");
        let names = vec!["cat".to_owned(), "dog".to_owned()];
        assert_eq!(*finder.asked.lock().unwrap(), [names.clone(), names]);
    }
}

#[test]
fn what_a_detector_found_is_read_back_unless_it_is_another_one() {
    let memory = Arc::new(Memory::default());
    let finder = Arc::new(Finder { identity: "one", ..Finder::default() });
    detected("sld", &memory, &finder).0.unwrap();
    let again = Arc::new(Finder { identity: "one", ..Finder::default() });
    detected("sld", &memory, &again).0.unwrap();
    assert!(again.asked.lock().unwrap().is_empty());
    let other = Arc::new(Finder { identity: "other", ..Finder::default() });
    let error = detected("sld", &memory, &other).0.unwrap_err();
    assert!(matches!(error, RunError::Diverged { .. }), "{error}");
}

#[test]
fn a_detector_that_cannot_look_ends_the_run_which_goes_on_once_it_can() {
    let memory = Arc::new(Memory::default());
    let broken = Arc::new(Finder { broken: true, ..Finder::default() });
    let error = detected("sld", &memory, &broken).0.unwrap_err();
    assert_eq!(error.to_string(), "the detector could not do its work");
    let (outcome, scripted) = detected("sld", &memory, &Arc::default());
    assert_eq!(outcome.unwrap().verdict, Verdict::Accept);
    assert_eq!(scripted.calls.counts()[1], 0, "the first picture is not painted again");
}

#[test]
fn a_detector_that_only_waits_is_not_waited_for_once_somebody_said_stop() {
    let memory = Arc::new(Memory::default());
    let waiting = Arc::new(Finder { waits: true, ..Finder::default() });
    let error = detected("sld", &memory, &waiting).0.unwrap_err();
    assert!(matches!(error, RunError::Interrupted), "{error}");
    let (outcome, _) = detected("sld", &memory, &Arc::default());
    assert_eq!(outcome.unwrap().verdict, Verdict::Accept);
}

#[test]
fn without_a_detector_nothing_begins() {
    let script = Script::new(GOAL, &[GOAL]);
    let recipe = recipe("sld").with_detector("detector").unwrap();
    let scripted = ScriptedPorts::fresh(&script);
    let ended = block_on(run(&request(recipe, &script), &scripted.ports, &StopFlag::default()));
    let error = ended.unwrap_err();
    assert!(matches!(error, RunError::MissingRole { role: "detector", .. }), "{error}");
}
