//! Runs that ended because there was no more to spend go on when there is, and nothing is made or paid twice.

use std::fs;

use serde_json::Value;

use crate::{
    lost::{paying, run},
    program::Place,
    refine::events,
};

/// The journals of all runs.
fn journals(place: &Place) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(place.path().join("runs")).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders.iter().map(|folder| fs::read(folder.join("journal.jsonl")).unwrap()).collect()
}

/// Every journal of before is the beginning of one of now.
fn is_kept(before: &[Vec<u8>], now: &[Vec<u8>]) -> bool {
    before.iter().all(|old| now.iter().any(|new| new.starts_with(old)))
}

#[test]
fn a_batch_that_ran_out_of_money_goes_on_with_more_and_keeps_what_it_has() {
    let (server, place) = paying(6);
    let said = run(&place, &server, &["--total-usd", "0.26", "--concurrency", "2"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 6), "{said:?}");
    let before = journals(&place);
    // The same money again: nothing more can be had for it, whatever the order.
    let said = run(&place, &server, &["--total-usd", "0.26", "--concurrency", "2"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 6), "{said:?}");
    assert_eq!(journals(&place), before, "nothing was written");
    assert!(said.err.contains("$0.24"), "{said:?}");
    // A little more is enough for two pictures.
    let said = run(&place, &server, &["--total-usd", "0.34", "--concurrency", "2"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 8), "{said:?}");
    assert!(is_kept(&before, &journals(&place)));
    let said = run(&place, &server, &["--total-usd", "10", "--format", "json"]);
    assert_eq!((said.code, server.stats().calls), (Some(3), 24), "{said:?}");
    for line in said.out.lines() {
        let result: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&result["pictures"], &result["stop"]), (&4.into(), &"rounds".into()));
    }
    assert!(is_kept(&before, &journals(&place)), "no complete record was rewritten");
    assert_eq!(server.stats().duplicates, 0);
    let said = place.say(&["runs", "verify"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let said = run(&place, &server, &["--total-usd", "10"]);
    assert_eq!((said.code, server.stats().calls), (Some(3), 24), "{said:?}");
    assert!(
        said.err.contains("$0.96") && said.err.contains("6 of these runs had ended"),
        "{said:?}"
    );
}

#[test]
fn a_run_whose_own_budget_ended_it_goes_on_with_a_greater_one_and_is_replayed() {
    let (server, place) = paying(1);
    place.write("pentimento.toml", "[budget]\ncalls = 1\n");
    assert_eq!(run(&place, &server, &[]).code, Some(4));
    place.write("pentimento.toml", "[budget]\ncalls = 3\n");
    assert_eq!(run(&place, &server, &[]).code, Some(4));
    assert_eq!(server.stats().calls, 3);
    let said = place.say_to(&server, &["resume", "--quiet"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 3), "{said:?}");
    let told =
        "for want of means (calls), and a further step is not allowed now either; nothing was done";
    assert!(said.err.contains(told), "{said:?}");
    let said = place.say_to(&server, &["resume", "--quiet", "--budget-calls", "9"]);
    assert_eq!((said.code, server.stats().calls), (Some(3), 4), "{said:?}");
    let kinds: Vec<_> = events(&place.run_folder())
        .iter()
        .map(|event| event["event"]["type"].as_str().unwrap().to_owned())
        .filter(|kind| ["candidate-ready", "run-finished", "went-on"].contains(&kind.as_str()))
        .collect();
    let (made, end, on) = ("candidate-ready", "run-finished", "went-on");
    assert_eq!(kinds, [made, end, on, made, made, end, on, made, end]);
    let said = place.say(&["show"]).without_panic();
    assert!(said.out.contains("it had ended 2 times for want of means"), "{said:?}");
    assert!(said.out.contains("4 pictures"), "{said:?}");
    let replayed = place.say_to(&server, &["replay"]);
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    assert_eq!(server.stats().duplicates, 0);
}

#[test]
fn a_run_that_went_on_and_was_killed_anywhere_ends_the_same() {
    let (server, place) = paying(1);
    run(&place, &server, &["--budget-usd", "0.05"]);
    run(&place, &server, &["--budget-usd", "0.10"]);
    assert_eq!(run(&place, &server, &["--budget-usd", "1"]).code, Some(3));
    assert_eq!(server.stats().calls, 4);
    let journal = place.run_folder().join("journal.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    let lines: Vec<_> = whole.split_inclusive('\n').collect();
    let kinds = |place: &Place| {
        let events = events(&place.run_folder());
        let kind = |event: &Value| event["event"]["type"].as_str().unwrap().to_owned();
        let ended = |kind: &String| kind != "call-lost" && kind != "call-begun";
        events.iter().map(kind).filter(ended).collect::<Vec<_>>()
    };
    for kept in 1..lines.len() {
        fs::write(&journal, lines[..kept].concat()).unwrap();
        // What was cut off before its first end has the budget that it began with, up to there.
        let said = run(&place, &server, &["--budget-usd", "1"]);
        assert!(matches!(said.code, Some(3 | 4)), "{kept}: {said:?}");
        let said = run(&place, &server, &["--budget-usd", "1"]);
        assert_eq!(said.code, Some(3), "{kept}: {said:?}");
        let made = kinds(&place).iter().filter(|kind| *kind == "candidate-ready").count();
        assert_eq!(made, 4, "{kept}");
        let now = fs::read_to_string(&journal).unwrap();
        assert!(now.starts_with(&lines[..kept].concat()), "{kept}");
    }
}

#[test]
fn a_run_that_is_not_finished_is_chosen_before_a_newer_one_that_is() {
    let place = Place::new();
    let refine = |idea| place.say(&["refine", idea, "--preset", "perfect", "--quiet"]);
    assert_eq!((refine("two zebras").code, refine("a cat").code), (Some(0), Some(0)));
    let journal = place.path().join("runs/two-zebras-1/journal.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, whole.split_inclusive('\n').take(2).collect::<String>()).unwrap();
    let said = place.say(&["resume", "--quiet", "--format", "json"]).without_panic();
    assert_eq!((said.code, said.json()["run"].as_str()), (Some(0), Some("two-zebras-1")));
    let said = place.say(&["resume", "--quiet", "--format", "json"]).without_panic();
    assert_eq!((said.code, said.json()["run"].as_str()), (Some(0), Some("a-cat-1")));
    assert!(
        said.err.contains("note: run `a-cat-1` had ended before; nothing was done"),
        "{said:?}"
    );
    // What is damaged is not taken for unfinished, though it is the newest.
    fs::write(place.path().join("runs/a-cat-1/journal.jsonl"), b"").unwrap();
    let said = place.say(&["resume", "--quiet", "--format", "json"]).without_panic();
    assert_eq!((said.code, said.json()["run"].as_str()), (Some(0), Some("two-zebras-1")));
    let said = place.say(&["resume", "--all"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("1 run is damaged, and not gone on with"), "{said:?}");
}
