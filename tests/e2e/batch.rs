//! `run`: many briefs, each a run of its own; typed again, nothing is repeated.

use std::{collections::BTreeMap, fs, process::Command, thread, time::Duration};

use pentimento_scripted::{Act, Scripted};
use serde_json::Value;

use crate::program::{Place, Said};

const BRIEFS: &str = r#"{"idea":"two red apples","id":"a"}
{"prompt":"a blue cup to the left of a dog","tag":"from a benchmark"}
nonsense

{"idea":"blorp the fnord"}
{"idea":"two red apples","seed":11}
{"idea":"two red apples"}
"#;

pub(crate) const CENTS: &str =
    "[roles]\npainter = \"openai/p\"\n[prices]\n\"openai/p\" = { image = 0.04 }\n";

/// The results, by line.
fn results(said: &Said) -> BTreeMap<u64, Value> {
    let lines = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|result| (result["line"].as_u64().unwrap(), result)).collect()
}

/// All files of all runs with their bytes, locks and reports left out.
fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![place.path().join("runs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("lock") {
                found.insert(path.display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn every_brief_has_a_result_and_typed_again_all_is_only_read() {
    let place = Place::new();
    place.write("briefs.jsonl", BRIEFS);
    let words = ["run", "briefs.jsonl", "--preset", "perfect", "--format", "json"];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(2), "the code of the first failure: {said:?}");
    let first = results(&said);
    assert_eq!(first.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 5, 6, 7]);
    for line in [1, 2, 6, 7] {
        assert_eq!(first[&line]["accepted"], true, "{first:?}");
        assert_eq!(first[&line]["was-there"], line == 7, "{first:?}");
        let picture = first[&line]["picture"].as_str().unwrap();
        assert!(place.path().join(picture).is_file());
    }
    assert_eq!(first[&1]["id"], "a");
    assert_eq!(first[&1]["run"], first[&7]["run"], "the same brief is the same run");
    assert_ne!(first[&1]["run"], first[&6]["run"], "another seed is another run");
    assert!(first[&3]["error"].as_str().unwrap().contains("it is no JSON"), "{first:?}");
    assert!(first[&5]["hint"].is_string(), "{first:?}");
    assert_eq!(fs::read_dir(place.path().join("runs")).unwrap().count(), 3);
    assert!(said.err.contains("4 accepted, 0 given up, 2 failed"), "{said:?}");

    let before = files(&place);
    let again = place.say(&words).without_panic();
    assert_eq!(files(&place), before, "nothing was changed");
    for (line, result) in results(&again) {
        assert!(line == 3 || line == 5 || result["was-there"] == true, "{result}");
        assert_eq!(result["run"], first[&line]["run"]);
    }
    let shown = place.say(&["show", first[&2]["run"].as_str().unwrap()]);
    assert!(shown.out.contains("a blue cup to the left of a dog"), "{shown:?}");
}

#[test]
fn results_go_to_a_file_and_briefs_come_from_standard_input() {
    use std::io::Write;
    let place = Place::new();
    let words =
        ["run", "-", "--preset", "perfect", "--results", "results.jsonl", "--concurrency", "1"];
    let mut command = place.command(&words);
    let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"{\"idea\":\"a red apple\"}\n{\"idea\":\"a dog\"}").unwrap();
    drop(input);
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{said:?}");
    let results = fs::read_to_string(place.path().join("results.jsonl")).unwrap();
    assert_eq!(results.lines().count(), 2);
}

#[test]
fn a_batch_that_cannot_begin_says_so() {
    let place = Place::new();
    place.write("empty.jsonl", "\n\n");
    for (words, code, complaint) in [
        (&["run", "nowhere.jsonl"][..], 2, "could not read `nowhere.jsonl`"),
        (&["run", "."], 2, "is a directory"),
        (&["run", "empty.jsonl", "--concurrency", "0"], 2, "0 is not in 1..=4096"),
        (&["run", "empty.jsonl", "--results", "no/such/folder"], 2, "could not write `no/such/f"),
        (&["run", "empty.jsonl", "--results", "./empty.jsonl"], 2, "holds the briefs"),
        (&["run", "empty.jsonl"], 0, "0 accepted"),
    ] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.err.contains(complaint), "{said:?}");
    }
    assert!(!place.path().join("runs").exists());
    assert_eq!(fs::read(place.path().join("empty.jsonl")).unwrap(), b"\n\n", "briefs are kept");
}

#[cfg(unix)]
#[test]
fn results_never_replace_the_briefs_by_whatever_name() {
    let place = Place::new();
    let text = "{\"idea\":\"two red apples\"}\n";
    let briefs = place.write("briefs.jsonl", text);
    fs::hard_link(&briefs, place.path().join("hard")).unwrap();
    std::os::unix::fs::symlink(&briefs, place.path().join("soft")).unwrap();
    for (source, results) in [
        ("briefs.jsonl", "hard"),
        ("soft", "hard"),
        ("briefs.jsonl", "soft"),
        ("-", "briefs.jsonl"),
    ] {
        let mut command = place.command(&["run", source, "--results", results]);
        let command = command.stdin(fs::File::open(&briefs).unwrap());
        let said = Said::of(command.output().unwrap()).without_panic();
        assert_eq!(said.code, Some(2), "{source} {results}: {said:?}");
        assert!(said.err.contains("holds the briefs"), "{said:?}");
        assert_eq!(fs::read_to_string(&briefs).unwrap(), text);
    }
}

/// So many briefs, all different.
fn briefs(count: usize) -> String {
    let brief = |seed| format!("{{\"idea\":\"two red apples\",\"seed\":{seed}}}");
    (0..count).map(brief).collect::<Vec<_>>().join("\n")
}

/// A place whose user bound a painter that costs 4 cents a picture.
fn paying(count: usize) -> Place {
    let place = Place::of_user(CENTS);
    place.write("briefs.jsonl", briefs(count));
    place
}

fn command(place: &Place, server: &Scripted, more: &[&str]) -> Command {
    let words = ["run", "briefs.jsonl", "--recipe", "best-of-n", "--format", "json"];
    place.command_to(server, &[&words, more].concat())
}

#[test]
fn all_runs_together_stay_within_the_money_and_the_places() {
    let (server, place) = (Scripted::start(), paying(8));
    server.always(Act::Slow(20));
    let more = ["--total-usd", "0.26", "--concurrency", "3"];
    let said = Said::of(command(&place, &server, &more).output().unwrap()).without_panic();
    assert_eq!(said.code, Some(4), "{said:?}");
    let stats = server.stats();
    assert_eq!(stats.calls, 6, "0.24 of 0.26 dollars");
    assert!(stats.most_in_flight <= 3, "{}", stats.most_in_flight);
    assert!(said.err.contains("$0.24"), "{said:?}");
    let refused = results(&said).into_values().filter(|result| result["error"].is_string());
    for result in refused {
        let error = result["error"].as_str().unwrap();
        assert_eq!(error, "the budget does not allow a first picture (money)");
    }
}

#[test]
fn all_runs_of_a_batch_share_the_limits_and_connections_of_a_provider() {
    let (server, place) = (Scripted::start(), paying(6));
    let own = place.path().join(".config/pentimento/settings.toml");
    let settings = fs::read_to_string(&own).unwrap();
    fs::write(&own, format!("{settings}\n[providers.openai]\ncalls-at-once = 2\n")).unwrap();
    server.always(Act::Slow(10));
    let more = ["--concurrency", "6"];
    let said = Said::of(command(&place, &server, &more).output().unwrap()).without_panic();
    assert_eq!(results(&said).len(), 6, "{said:?}");
    let stats = server.stats();
    assert_eq!((stats.calls, stats.most_in_flight), (24, 2));
    assert!(stats.connections <= 3, "they are used again: {}", stats.connections);
}

#[test]
fn a_server_that_is_down_ends_the_batch_soon() {
    let (server, place) = (Scripted::start(), paying(100));
    server.always(Act::status(400, "out of order"));
    let more = ["--concurrency", "2"];
    let said = Said::of(command(&place, &server, &more).output().unwrap()).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("20 runs failed in a row, so no more were begun"), "{said:?}");
    assert!(server.stats().calls < 30, "{}", server.stats().calls);
}

#[test]
fn an_interrupted_batch_goes_on_where_it_stopped() {
    let (server, place) = (Scripted::start(), paying(12));
    server.always(Act::Slow(30));
    let mut child = command(&place, &server, &["--concurrency", "4"]).spawn().unwrap();
    while server.stats().calls < 10 {
        assert!(child.try_wait().unwrap().is_none(), "it is at work");
        thread::sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.err.contains("type the same command again to go on"), "{said:?}");
    let said = Said::of(command(&place, &server, &[]).output().unwrap()).without_panic();
    assert_eq!((said.code, results(&said).len()), (Some(3), 12), "{said:?}");
    assert_eq!(server.stats().calls, 48, "four pictures a brief, and none of them twice");
}

#[test]
fn a_dry_run_sums_up_what_all_runs_would_cost_and_makes_none() {
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    // The same brief twice is one run; a line that is no brief is told.
    let briefs =
        "{\"idea\": \"a red cup\"}\n{\"idea\": \"two cats\"}\n\n{\"idea\": \"a red cup\"}\n";
    place.write("briefs.jsonl", briefs);
    let words = ["run", "briefs.jsonl", "--recipe", "best-of-n", "--rounds", "2", "--dry-run"];
    let said = place.say_to(&server, &words);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("2 briefs\nat most 6 pictures by openai/p: 6 calls"), "{said:?}");
    assert!(said.out.contains("which may cost $0.24 in all"), "{said:?}");
    let json =
        place.say_to(&server, &[&words[..], &["--format", "json", "--total-usd", "0.1"]].concat());
    let json = json.json();
    assert_eq!(
        (&json["briefs"], &json["usd"], &json["pictures-allowed"]),
        (&2.into(), &"0.24".into(), &2.into())
    );
    place.write("briefs.jsonl", format!("{briefs}{{}}\n{{\"idea\": \"the sound of rain\"}}\n"));
    let said = place.say_to(&server, &words);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.starts_with("2 briefs, 2 more that cannot be carried out"), "{said:?}");
    assert!(said.err.contains("line 5: it has no `idea`"), "{said:?}");
    assert_eq!(server.stats().calls, 0);
    assert!(!place.path().join("runs").exists());
}

#[test]
fn a_brief_that_stands_there_three_times_is_counted_once() {
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    server.always(Act::Draw(1, 16));
    place.write("briefs.jsonl", "{\"idea\":\"two red apples\"}\n".repeat(3));
    for more in [&[][..], &["--total-usd", "9"], &[]] {
        let said = Said::of(command(&place, &server, more).output().unwrap()).without_panic();
        assert_eq!((said.code, results(&said).len()), (Some(3), 3), "{said:?}");
        assert!(said.err.contains("3 given up, 0 failed, $0.16; 4 pictures"), "{said:?}");
    }
    assert_eq!(server.stats().calls, 4);
}

#[test]
fn two_batches_do_not_write_into_one_file_of_results() {
    let (server, place) = (Scripted::start(), paying(2));
    server.always(Act::Draw(200, 16));
    let words = ["--results", "results.jsonl"];
    let mut first = command(&place, &server, &words).spawn().unwrap();
    while server.stats().calls == 0 {
        thread::sleep(Duration::from_millis(5));
    }
    let second = Said::of(command(&place, &server, &words).output().unwrap()).without_panic();
    assert_eq!(second.code, Some(2), "{second:?}");
    assert!(second.err.contains("another program writes its results to"), "{second:?}");
    assert_eq!(first.wait().unwrap().code(), Some(3));
    let kept = fs::read_to_string(place.path().join("results.jsonl")).unwrap();
    assert_eq!(kept.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(), 2);
    // A minus is standard output, and no file.
    let said = Said::of(command(&place, &server, &["--results", "-"]).output().unwrap());
    assert_eq!(results(&said).len(), 2, "{said:?}");
    assert!(!place.path().join("-").exists());
}

#[test]
fn waiting_for_ones_turn_fails_no_brief() {
    let (server, place) = (Scripted::start(), paying(6));
    server.always(Act::Draw(1, 16));
    let settings = format!("{CENTS}[providers.openai]\ncalls-per-minute = 240\ndeadline = 1\n");
    place.write(".config/pentimento/settings.toml", settings);
    let said = Said::of(command(&place, &server, &[]).output().unwrap()).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(3), 24), "{said:?}");
}
