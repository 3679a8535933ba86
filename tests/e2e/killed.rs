//! Kill −9, anywhere: a resumed run ends where the unbroken one did, and no call that was answered
//! is made again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use pentimento_scripted::{Act, Asked, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::{picture, words},
    idea2img::{IDEA, place},
    program::{Place, Said},
    refine::events,
};

pub(crate) const REFINE: [&str; 6] = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "2"];
pub(crate) const RESUME: [&str; 2] = ["resume", "--quiet"];
/// How often the program is killed at a moment of no choice.
const KILLS: u32 = 200;

/// The same question, the same answer: two prompts, the second picture, one reason.
fn answer(asked: &Asked) -> Act {
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    let sum = asked.body.bytes().fold(7_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    if body.get("prompt").is_some() {
        return picture(sum);
    }
    let pictures = asked.body.matches("data:image/png;base64").count();
    let value = match body["text"]["format"]["name"].as_str().unwrap() {
        "prompts" => {
            json!({ "prompts": [format!("a band, {sum}"), format!("an umbrella, {sum}")] })
        }
        "choice" => json!({ "check": "…", "scores": vec![3; pictures], "best": pictures - 1 }),
        "reason" => json!({ "reason": format!("the umbrella is too small: {sum}") }),
        other => panic!("{other}"),
    };
    words(&value.to_string())
}

pub(crate) fn server() -> Scripted {
    let server = Scripted::start();
    server.answer_by(answer);
    server
}

/// What the calls were, each once: who made the same call again gave it the same name.
fn calls(server: &Scripted) -> BTreeSet<String> {
    server.stats().asked.into_iter().map(|asked| asked.key.unwrap()).collect()
}

/// The journal without what may be there because the program was killed: calls that were under way
/// are told as lost, and begun again.
fn told(place: &Place) -> (Vec<Value>, usize) {
    let (mut kept, mut interrupted): (Vec<Value>, usize) = (Vec::new(), 0);
    for event in events(&place.run_folder()) {
        if event["event"]["how"] == "interrupted" {
            let begun = kept.pop().unwrap();
            assert_eq!(begun["event"]["type"], "call-begun");
            assert_eq!(begun["event"]["key"], event["event"]["key"]);
            interrupted += 1;
        } else {
            kept.push(event);
        }
    }
    (kept, interrupted)
}

/// The artifacts that the run's result names, with their bytes.
fn artifacts(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let folder = place.run_folder();
    let events = events(&folder);
    let named = events.iter().filter_map(|event| event["event"]["candidate"]["artifact"].as_str());
    let file = |id: &str| folder.join(format!("artifacts/{id}.png"));
    named.map(|id| (id.to_owned(), fs::read(file(id)).unwrap())).collect()
}

/// A run that nobody interrupted.
pub(crate) struct Unbroken {
    place: Place,
    calls: BTreeSet<String>,
    events: Vec<Value>,
    artifacts: BTreeMap<String, Vec<u8>>,
    took: Duration,
}

impl Unbroken {
    pub(crate) fn run() -> Self {
        let (server, place) = (server(), place());
        let began = Instant::now();
        let said = place.say_to(&server, &REFINE);
        let took = began.elapsed();
        assert_eq!(said.code, Some(3), "{said:?}");
        let (events, interrupted) = told(&place);
        assert_eq!((interrupted, server.stats().duplicates), (0, 0));
        let rounds = events.iter().filter(|event| event["event"]["type"] == "round-started");
        assert_eq!(rounds.count(), 3);
        let artifacts = artifacts(&place);
        Self { calls: calls(&server), place, events, artifacts, took }
    }

    /// Checks a run that came to its end in spite of everything.
    #[track_caller]
    pub(crate) fn check(&self, place: &Place, server: &Scripted, when: &str) {
        let (events, interrupted) = told(place);
        assert_eq!(events, self.events, "{when}");
        assert_eq!(artifacts(place), self.artifacts, "{when}");
        let again = server.stats().duplicates;
        assert!(again <= interrupted, "{when}: {again} calls again, {interrupted} of them told");
    }
}

#[test]
fn a_program_that_is_killed_between_two_events_makes_the_calls_that_are_left() {
    let unbroken = Unbroken::run();
    let journal = fs::read_to_string(unbroken.place.run_folder().join("journal.jsonl")).unwrap();
    let lines: Vec<&str> = journal.split_inclusive('\n').collect();
    let folder = unbroken.place.run_folder();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    for whole in 1..=lines.len() {
        let (server, place) = (server(), place());
        let run = place.path().join("runs").join(folder.file_name().unwrap());
        copy(&folder, &run);
        fs::write(run.join("journal.jsonl"), lines[..whole].concat()).unwrap();
        fs::write(run.join("lock"), "4711 elsewhere\n").unwrap();
        let said = place.say_to(&server, &RESUME);
        let when = format!("killed after event {whole}");
        assert_eq!(said.code, Some(3), "{when}: {said:?}");
        let left = format!("process 4711 on elsewhere ended in the middle of `{name}`");
        assert!(said.err.contains(&left), "{when}: {said:?}");
        unbroken.check(&place, &server, &when);
        let is_answer = |event: &&Value| {
            let kind = &event["event"]["type"];
            kind == "answered" || kind == "candidate-ready"
        };
        let answered = unbroken.events[..whole].iter().filter(is_answer).count();
        assert_eq!(server.stats().calls, unbroken.calls.len() - answered, "{when}");
        assert!(calls(&server).is_subset(&unbroken.calls), "{when}: a call under another name");
    }
}

#[test]
fn a_program_that_is_killed_at_any_moment_repeats_no_call_but_the_one_under_way() {
    let unbroken = Unbroken::run();
    let mut dice = 0x9e37_79b9_u32;
    let mut kills = 0;
    while kills < KILLS {
        let (server, place) = (server(), place());
        let mut when = Vec::new();
        let mut child = place.command_to(&server, &REFINE).spawn().unwrap();
        loop {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wait = unbroken.took.mul_f64(f64::from(dice) / f64::from(u32::MAX));
            if !killed_after(&mut child, wait) {
                break;
            }
            kills += 1;
            when.push(wait);
            // Killed before there was a run at all: the same command begins it.
            let begun = fs::read_dir(place.path().join("runs")).is_ok_and(|runs| {
                let has_begun = |run: &Path| {
                    fs::read(run.join("journal.jsonl")).is_ok_and(|text| text.contains(&b'\n'))
                };
                runs.map(|run| run.unwrap().path()).any(|run| has_begun(&run))
            });
            if !begun {
                let _ = fs::remove_dir_all(place.path().join("runs"));
            }
            let command = if begun { &RESUME[..] } else { &REFINE[..] };
            child = place.command_to(&server, command).spawn().unwrap();
        }
        let said = Said::of(child.wait_with_output().unwrap()).without_panic();
        let when = format!("killed after {when:?}");
        assert_eq!(said.code, Some(3), "{when}: {said:?}");
        unbroken.check(&place, &server, &when);
        assert_eq!(calls(&server), unbroken.calls, "{when}");
    }
}

/// Kills the program, unless it ends by itself before.
fn killed_after(child: &mut Child, wait: Duration) -> bool {
    let until = Instant::now() + wait;
    while Instant::now() < until {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    true
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
