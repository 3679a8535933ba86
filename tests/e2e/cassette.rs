//! `--record` and `--replay`: a run is the same again without a server, and never silently another.

use std::fs;

use pentimento_scripted::{Act, Scripted};

use crate::{
    program::{KEY, Place, Said},
    refine::{artifacts, events},
};

const SETTINGS: &str =
    "roles = { painter = \"openai/dall-e-3\", writer = \"openai/w\", seer = \"openai/s\" }\n";
const IDEA: &str = "a small band under a huge umbrella";

/// A place with a cassette of one run, and what that run came to.
fn recorded() -> (Place, Said) {
    let server = Scripted::start();
    let place = Place::of_user(SETTINGS);
    let words =
        ["refine", IDEA, "--recipe", "idea2img", "--rounds", "1", "--quiet", "--record", "tape"];
    let said = place.say_to(&server, &words);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    assert!(server.stats().asked.len() > 5);
    (place, said)
}

fn replay(place: &Place, idea: &str, more: &[&str]) -> Said {
    let words = ["refine", idea, "--recipe", "idea2img", "--quiet", "--replay", "tape"];
    place.say(&[&words[..], more].concat()).without_panic()
}

/// Everything of a run that is not the time it took.
fn told(place: &Place) -> (String, usize) {
    let mut events = events(&place.run_folder());
    for event in &mut events {
        event.as_object_mut().unwrap().retain(|name, _| !name.ends_with("ns"));
    }
    (format!("{events:?}"), artifacts(&place.run_folder()).len())
}

#[test]
fn a_run_is_the_same_again_without_server_and_key() {
    let (place, said) = recorded();
    let before = told(&place);
    let pictures = artifacts(&place.run_folder());
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    // Neither the key nor the address of the server is in the environment any more.
    let again = replay(&place, IDEA, &["--rounds", "1"]);
    assert_eq!((again.code, &again.err), (said.code, &said.err), "{again:?}");
    assert_eq!(told(&place), before);
    assert_eq!(artifacts(&place.run_folder()), pictures);
    for take in fs::read_dir(place.path().join("tape")).unwrap() {
        let text = fs::read_to_string(take.unwrap().path()).unwrap();
        assert!(!text.contains(KEY) && !text.contains("idempotency"), "{text:.300}");
    }
}

#[test]
fn a_changed_question_ends_the_run_with_what_changed() {
    let (place, _) = recorded();
    let said = replay(&place, "a small band under a huge parasol", &["--rounds", "1"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("asks something else than what is on the cassette"), "{said:?}");
    assert!(said.err.contains("umbrella") && said.err.contains("parasol"), "{said:?}");
    crate::replay::shown("cassette-another-question", &said.err);
}

#[test]
fn fewer_questions_are_told_and_more_are_an_error() {
    let (place, _) = recorded();
    let said = replay(&place, IDEA, &["--rounds", "0"]);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    assert!(said.err.contains("on the cassette nobody asked for"), "{said:?}");
    let said = replay(&place, IDEA, &["--rounds", "2"]);
    assert_eq!(said.code, Some(2), "{said:?}");
}

#[test]
fn a_torn_changed_or_missing_take_is_told_before_or_where_it_counts() {
    let (place, _) = recorded();
    let tape = place.path().join("tape");
    let mut names: Vec<_> = fs::read_dir(&tape).unwrap().map(|one| one.unwrap().path()).collect();
    names.sort();
    let last = names.last().unwrap();
    let text = fs::read_to_string(last).unwrap();
    fs::write(last, &text[..text.len() / 2]).unwrap();
    let said = replay(&place, IDEA, &["--rounds", "1"]);
    let name = last.file_name().unwrap().to_str().unwrap();
    assert!(said.code == Some(2) && said.err.contains(name), "{said:?}");
    fs::remove_file(last).unwrap();
    let said = replay(&place, IDEA, &["--rounds", "1"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("cassette"), "{said:?}");
    let said = replay(&place, IDEA, &["--replay", "nowhere"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    fs::remove_dir_all(&tape).unwrap();
    let said = replay(&place, IDEA, &[]);
    assert!(said.code == Some(2) && said.err.contains("`tape`"), "{said:?}");
}

#[test]
fn a_cassette_is_not_recorded_over_another_and_not_both_ways_at_once() {
    let (place, _) = recorded();
    let server = Scripted::start();
    let words = ["refine", IDEA, "--recipe", "idea2img", "--record", "tape"];
    let said = place.say_to(&server, &words);
    assert!(said.code == Some(2) && said.err.contains("something in the folder"), "{said:?}");
    assert_eq!(server.stats().asked.len(), 0);
    let said = replay(&place, IDEA, &["--record", "other"]);
    assert_eq!(said.code, Some(2), "{said:?}");
}

#[test]
fn failed_attempts_are_on_the_cassette_and_are_not_waited_for_again() {
    let server = Scripted::start();
    server.script([Act::Status(429, Some("1".to_owned()), "{}".to_owned())]);
    let place = Place::of_user(SETTINGS);
    let words = ["--recipe", "best-of-n", "--rounds", "0", "--quiet"];
    let record = [&["refine", "two cats", "--record", "tape"], &words[..]].concat();
    let said = place.say_to(&server, &record);
    let again = [&["refine", "two cats", "--replay", "tape"], &words[..]].concat();
    let replayed = place.say(&again).without_panic();
    assert_eq!(replayed.code, said.code, "{replayed:?}");
    assert_eq!(fs::read_dir(place.path().join("tape")).unwrap().count(), 2);
}

#[test]
fn a_run_that_goes_on_and_a_trial_are_recorded_and_replayed_too() {
    let server = Scripted::start();
    let place = Place::of_user(SETTINGS);
    let refine = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "1", "--quiet"];
    let whole = place.say_to(&server, &refine);
    let journal = place.run_folder().join("journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let half: String = text.split_inclusive('\n').take(text.lines().count() / 2).collect();
    fs::write(&journal, &half).unwrap();
    let recorded = place.say_to(&server, &["resume", "--quiet", "--record", "tape"]);
    assert_eq!(recorded.code, whole.code, "{recorded:?}");
    let before = told(&place);
    fs::write(&journal, &half).unwrap();
    let replayed = place.say(&["resume", "--quiet", "--replay", "tape"]).without_panic();
    assert_eq!((replayed.code, &replayed.err), (recorded.code, &recorded.err), "{replayed:?}");
    assert_eq!(told(&place), before);

    let tried = place.say_to(&server, &["model", "test", "writer", "--record", "trial"]);
    assert_eq!(tried.code, Some(0), "{tried:?}");
    let again = place.say(&["model", "test", "writer", "--replay", "trial"]).without_panic();
    assert_eq!((again.code, again.out), (Some(0), tried.out), "{}", again.err);
    let other = place.say(&["model", "test", "painter", "--replay", "trial"]).without_panic();
    assert_eq!(other.code, Some(2), "{other:?}");
}

#[test]
fn a_batch_is_recorded_and_replayed_too() {
    let server = Scripted::start();
    let place = Place::of_user(SETTINGS);
    place.write("briefs.jsonl", "{\"idea\": \"two cats\"}\n{\"idea\": \"two dogs\"}\n");
    let words = ["run", "briefs.jsonl", "--recipe", "best-of-n", "--rounds", "0", "--quiet"];
    let said = place.say_to(&server, &[&words[..], &["--record", "tape"]].concat());
    fs::remove_dir_all(place.path().join("runs")).unwrap();
    let again = place.say(&[&words[..], &["--replay", "tape"]].concat()).without_panic();
    assert_eq!(again.code, said.code, "{again:?}");
    assert_eq!(again.out.lines().count(), 2);
}
