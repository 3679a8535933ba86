//! Journals of every format that was ever released, kept for ever: what they say is told as it always
//! was, whatever has changed in the program since. `tests/journals/README.md` says how they were made.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pentimento_scripted::{Act, Scripted};
use serde_json::Value;

use crate::{killed::copy, program::Place, replay::shown};

/// The formats, oldest first.
const FORMATS: [&str; 3] = ["format-1", "format-2", "format-3"];
/// Their runs.
const RUNS: [&str; 7] =
    ["asked", "cut-off", "painted", "written", "refined", "torn-text", "went-on"];

fn golden(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/journals").join(format)
}

/// A run's journal as it is kept.
fn kept(run: &str) -> String {
    let folders = FORMATS.map(|format| golden(format).join(run));
    let folder = folders.iter().find(|folder| folder.is_dir()).unwrap();
    fs::read_to_string(folder.join("journal.jsonl")).unwrap()
}

/// A place with all of them.
fn place() -> Place {
    let place = Place::new();
    for format in FORMATS {
        copy(&golden(format), &place.path().join("runs"));
    }
    place
}

/// What a command says of each run, one after the other.
fn of_each(place: &Place, words: &[&str]) -> String {
    let told = RUNS.map(|run| {
        let said = place.say(&[words, &[run]].concat()).without_panic();
        assert_eq!(said.code, Some(0), "{run}: {said:?}");
        format!("{}{}", said.out, said.err)
    });
    told.join("\n")
}

#[test]
fn old_journals_are_told_as_they_always_were() {
    let place = place();
    let said = place.say(&["runs", "list", "--format", "json"]).without_panic();
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    shown("golden-journals-list", &said.out);
    shown("golden-journals-show", &of_each(&place, &["show"]));
    shown("golden-journals-verify", &of_each(&place, &["runs", "verify"]));
}

#[test]
fn old_journals_move_to_another_machine_and_are_written_as_pages() {
    let here = place();
    for run in RUNS {
        let there = Place::new();
        let file = there.path().join("run.tar");
        let words = ["runs", "export", run, "-o", file.to_str().unwrap()];
        assert_eq!(here.say(&words).without_panic().code, Some(0), "{run}");
        assert_eq!(there.say(&["runs", "import", "run.tar"]).code, Some(0), "{run}");
        fs::remove_file(file).unwrap();
        let name = here.say(&["show", run, "--format", "json"]).json()["run"].clone();
        let moved = there.path().join("runs").join(name.as_str().unwrap());
        let moved = fs::read_to_string(moved.join("journal.jsonl")).unwrap();
        let kept = kept(run);
        assert_eq!(moved, kept[..=kept.rfind('\n').unwrap()], "{run}");
        assert_eq!(there.say(&["runs", "verify"]).code, Some(0), "{run}");
    }
}

#[test]
fn an_old_journal_is_replayed_to_its_end_or_to_what_has_changed_since() {
    let place = place();
    place.write("pentimento.toml", ROLES);
    for run in RUNS {
        let said = place.say(&["replay", run, "--format", "json"]).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{run}: {said:?}");
        let told = said.json();
        let kept = kept(run);
        let whole = &kept[..=kept.rfind('\n').unwrap()];
        let pictures = whole.matches("\"type\":\"candidate-ready\"").count();
        assert_eq!(told["pictures"], pictures, "{run}: {told}");
        // What is decided without plugins and prompts is the same in every version.
        assert!(told["events"].as_u64().unwrap() >= 2, "{run}: {told}");
        assert_eq!(told["same"], said.code == Some(0));
        assert_eq!(told["difference"].is_null(), said.code == Some(0));
    }
}

/// Who played the roles when the journals were made.
const ROLES: &str = "[roles]\npainter = \"openai/p\"\nwriter = \"openai/w\"\nseer = \"openai/s\"\n";

/// The same for whoever goes on with one that only needs a writer.
const WRITER: &str =
    "[roles]\nwriter = \"openai/w\"\n[prices]\n\"openai/w\" = { input = 0, output = 0 }\n";

/// The same journal as a newer version might write it: another number, and something to each event
/// that nobody knows yet.
fn from_the_future(journal: &Path, change: impl Fn(usize, &mut Value)) {
    let text = fs::read_to_string(journal).unwrap();
    let lines = text.lines().enumerate().map(|(number, line)| {
        let line: Value = serde_json::from_str(line).unwrap();
        let mut record = line["record"].clone();
        record["format"] = 7.into();
        record["mood"] = "gloomy".into();
        change(number, &mut record);
        let rest = format!("\",\"seq\":{number},\"record\":{record}}}");
        format!("{{\"crc\":\"{:08x}{rest}\n", crc32fast::hash(rest.as_bytes()))
    });
    let newer: String = lines.collect();
    fs::write(journal, newer).unwrap();
}

#[test]
fn a_newer_journal_is_told_as_far_as_it_is_understood_and_never_gone_on_with() {
    let place = place();
    let journal = place.path().join("runs/painted/journal.jsonl");
    let before = place.say(&["show", "painted"]).out;
    from_the_future(&journal, |_, _| {});
    let kept = fs::read(&journal).unwrap();
    let said = place.say(&["show", "painted"]).without_panic();
    assert_eq!((said.code, said.out), (Some(0), before));
    assert!(said.err.contains("a newer version of this program wrote the journal (format 7)"));
    for words in [&["runs", "verify", "painted"][..], &["runs", "list"], &["report", "painted"]] {
        assert_eq!(place.say(words).without_panic().code, Some(0), "{words:?}");
    }
    for words in [["resume", "painted"], ["replay", "painted"]] {
        let said = place.say(&words).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("format 7, this one knows formats up to 3"), "{said:?}");
        assert!(said.err.contains("\nhint: update the program"), "{said:?}");
    }
    assert_eq!(fs::read(&journal).unwrap(), kept);
}

#[test]
fn a_run_that_broke_off_within_a_text_writes_that_text_once_more() {
    let (server, place) = (Scripted::start(), Place::of_user(WRITER));
    server.always(Act::Fit(0));
    copy(&golden("format-2"), &place.path().join("runs"));
    let journal = place.path().join("runs/torn-text/journal.jsonl");
    let whole: Vec<_> = kept("refined").lines().map(str::to_owned).collect();
    let before = kept("torn-text").lines().count() - 1;
    let said = place.say_to(&server, &["resume", "torn-text", "--quiet"]);
    assert_eq!(said.code, Some(3), "{said:?}");
    let now = fs::read_to_string(&journal).unwrap();
    let now: Vec<_> = now.lines().collect();
    assert_eq!(now[..before], whole[..before], "what was whole is as it was");
    let record = |line: &str| -> Value {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["record"]["format"], 2);
        line["record"].clone()
    };
    // The answer that the text is taken from was there: nothing is asked for it.
    let (again, first) = (record(now[before]), record(&whole[before]));
    assert_eq!((&again["text"], &again["event"]["key"]), (&first["text"], &first["event"]["key"]));
    let answered = kept("refined").matches("\"type\":\"answered\"").count();
    let there = kept("torn-text").matches("\"type\":\"answered\"").count();
    assert_eq!((server.stats().calls, answered), (answered - there, 7));
    assert_eq!(place.say(&["runs", "verify", "torn-text"]).code, Some(0));
}

#[test]
fn a_newer_journal_that_is_not_understood_is_said_to_be_newer_and_not_damaged() {
    let place = place();
    let journal = place.path().join("runs/painted/journal.jsonl");
    from_the_future(&journal, |number, record| {
        if number == 3 {
            record["event"]["type"] = "dreamed".into();
        }
    });
    for words in [["show", "painted"], ["resume", "painted"]] {
        let said = place.say(&words).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("was written by a newer version"), "{said:?}");
        assert!(!said.err.contains("damaged"), "{said:?}");
    }
    let said = place.say(&["runs", "list"]).without_panic();
    assert!(said.out.contains("7 runs"), "the others are listed: {said:?}");
}
