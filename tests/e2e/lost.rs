//! Runs whose journals lost what was paid: never paid again unasked, and told wherever runs are told.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::Command,
    sync::atomic::{AtomicU8, Ordering},
    thread,
    time::Duration,
};

use pentimento_scripted::{Act, Asked, Scripted};
use serde_json::Value;

use crate::{
    answers::picture,
    batch::CENTS,
    program::{Place, Said},
};

pub(crate) const RUN: [&str; 5] = ["run", "briefs.jsonl", "--recipe", "best-of-n", "--quiet"];

/// No two pictures are the same.
fn drawn(_: &Asked) -> Act {
    static DRAWN: AtomicU8 = AtomicU8::new(0);
    picture(DRAWN.fetch_add(1, Ordering::Relaxed))
}

/// A place with so many briefs, whose user pays 4 cents a picture.
pub(crate) fn paying(count: usize) -> (Scripted, Place) {
    let (server, place) = (Scripted::start(), Place::of_user(CENTS));
    server.answer_by(drawn);
    let brief = |seed| format!("{{\"idea\":\"two red apples\",\"seed\":{seed}}}\n");
    place.write("briefs.jsonl", (0..count).map(brief).collect::<String>());
    (server, place)
}

pub(crate) fn run(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    place.say_to(server, &[&RUN, more].concat())
}

/// What is told of a journal, and what happened to it.
type Damage = (&'static str, fn(&Path));

/// What may happen to a journal.
fn damages() -> [Damage; 4] {
    [
        ("it is empty", |journal| fs::write(journal, b"").unwrap()),
        ("none of its 5 bytes is a line", |journal| fs::write(journal, b"{\"crc").unwrap()),
        ("bytes is a line", |journal| {
            let bytes = usize::try_from(fs::metadata(journal).unwrap().len()).unwrap();
            fs::write(journal, vec![0; bytes]).unwrap();
        }),
        ("it is gone", |journal| fs::remove_file(journal).unwrap()),
    ]
}

fn lines(journal: &Path) -> Vec<String> {
    let text = fs::read_to_string(journal).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

#[test]
fn a_brief_whose_run_lost_its_journal_is_refused_until_somebody_gives_it_up() {
    for (told, damage) in damages() {
        let (server, place) = paying(1);
        assert_eq!(run(&place, &server, &[]).code, Some(3));
        assert_eq!(server.stats().calls, 4);
        let folder = place.run_folder();
        damage(&folder.join("journal.jsonl"));
        let said = run(&place, &server, &["--format", "json"]);
        assert_eq!((said.code, server.stats().calls), (Some(1), 4), "{told}: {said:?}");
        let result: Value = serde_json::from_str(said.out.trim()).unwrap();
        let error = result["error"].as_str().unwrap();
        assert!(error.contains("has lost its journal") && error.contains(told), "{result}");
        assert!(error.contains("4 artifacts are there"), "{result}");
        assert!(result["hint"].as_str().unwrap().contains("paid again"), "{result}");
        for words in [&["resume"][..], &["show"], &["replay"]] {
            let name = folder.file_name().unwrap().to_str().unwrap();
            let said = place.say_to(&server, &[words, &[name]].concat());
            assert!(said.code != Some(0), "{said:?}");
            assert!(said.err.contains("has lost its journal"), "{said:?}");
        }
        let said = place.say(&["runs", "verify"]).without_panic();
        assert_eq!(said.code, Some(1), "{told}: {said:?}");
        assert!(said.out.contains(told) && said.err.contains("1 of 1 run damaged"), "{said:?}");
        assert!(said.err.contains("is paid again"), "{said:?}");
        let said = place.say(&["runs", "list", "--state", "damaged"]).without_panic();
        assert!(said.out.contains("has lost its journal"), "{said:?}");

        let words = ["runs", "prune", "--state", "damaged", "--yes"];
        assert!(place.say(&words).out.contains("1 run removed"));
        assert_eq!(run(&place, &server, &[]).code, Some(3));
        assert_eq!(server.stats().calls, 8, "made anew, because that was said");
    }
}

#[test]
fn damaged_runs_keep_no_others_from_being_made() {
    let (server, place) = paying(25);
    assert_eq!(run(&place, &server, &[]).code, Some(3));
    for entry in fs::read_dir(place.path().join("runs")).unwrap() {
        fs::write(entry.unwrap().path().join("journal.jsonl"), b"").unwrap();
    }
    let more = "{\"idea\":\"two red apples\",\"seed\":99}\n";
    let briefs = fs::read_to_string(place.path().join("briefs.jsonl")).unwrap();
    place.write("briefs.jsonl", format!("{briefs}{more}"));
    let said = run(&place, &server, &["--concurrency", "1"]);
    assert!(said.err.contains("1 given up, 25 failed"), "{said:?}");
    assert_eq!(server.stats().calls, 26 * 4, "only the new one was made");
}

#[test]
fn a_folder_with_nothing_in_it_is_made_use_of() {
    let (server, place) = paying(1);
    assert_eq!(run(&place, &server, &[]).code, Some(3));
    let folder = place.run_folder();
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    assert_eq!(place.say(&["runs", "verify"]).code, Some(0));
    assert_eq!(run(&place, &server, &[]).code, Some(3));
    assert_eq!(server.stats().calls, 8);
}

#[test]
fn pictures_that_no_event_names_are_found_and_told_when_their_run_goes_on() {
    let (server, place) = paying(1);
    assert_eq!(run(&place, &server, &[]).code, Some(3));
    let journal = place.run_folder().join("journal.jsonl");
    fs::write(&journal, lines(&journal)[..4].concat()).unwrap();
    let said = place.say(&["runs", "verify"]).without_panic();
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("artifacts that no event names"), "{said:?}");
    assert!(said.out.contains("does not name"), "{said:?}");
    let said = run(&place, &server, &[]);
    assert!(said.err.contains("its journal does not name"), "{said:?}");
    assert!(said.err.contains("may be paid twice"), "{said:?}");
}

#[test]
fn a_journal_of_a_newer_version_is_not_called_damaged() {
    let place = Place::new();
    assert_eq!(place.say(&["refine", "two zebras", "--preset", "perfect"]).code, Some(0));
    let journal = place.run_folder().join("journal.jsonl");
    let newer = lines(&journal).into_iter().enumerate().map(|(number, line)| {
        let line: Value = serde_json::from_str(&line).unwrap();
        let mut record = line["record"].clone();
        (record["format"], record["event"]) = (99.into(), serde_json::json!({"type": "dreamed"}));
        let rest = format!("\",\"seq\":{number},\"record\":{record}}}");
        format!("{{\"crc\":\"{:08x}{rest}\n", crc32fast::hash(rest.as_bytes()))
    });
    fs::write(&journal, newer.collect::<String>()).unwrap();
    let said = place.say(&["runs", "verify"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.starts_with("? ") && said.out.contains("newer version"), "{said:?}");
    let value = place.say(&["runs", "verify", "--format", "json"]).json();
    assert!(value[0]["newer"].is_string() && value[0]["damage"] == serde_json::json!([]));
}

#[test]
fn a_batch_tells_what_may_have_been_paid_twice_and_whose_locks_it_took_over() {
    let (server, place) = paying(3);
    server.always(Act::Hang);
    let words = [&RUN[..], &["--concurrency", "3"]].concat();
    place.kill_at_call(&server, &words, 3);
    server.always(Act::Draw(1, 8));
    let said = run(&place, &server, &["--format", "json"]);
    assert_eq!(said.code, Some(3), "{said:?}");
    for line in said.out.lines() {
        let result: Value = serde_json::from_str(line).unwrap();
        assert_eq!(result["perhaps_twice"]["usd"], "0.04", "{result}");
    }
    assert!(said.err.contains("3 calls, up to $0.12, may have been paid twice"), "{said:?}");
    assert_eq!(said.err.matches("the lock it left was taken over").count(), 3, "{said:?}");
    let said = run(&place, &server, &[]);
    let told = "(before)  (1 call, up to $0.04, may have been paid twice)";
    assert_eq!(said.out.matches(told).count(), 3, "told as long as the run is: {said:?}");
    assert!(said.err.contains("3 calls, up to $0.12, may have been paid twice"), "{said:?}");
}

#[test]
fn two_batches_over_the_same_briefs_make_each_run_once_and_both_tell_every_result() {
    let (server, place) = paying(6);
    server.always(Act::Draw(40, 8));
    let more = ["--concurrency", "2"];
    let words = [&RUN[..], &more].concat();
    let children = [0, 1].map(|_| place.command_to(&server, &words).spawn().unwrap());
    for child in children {
        let said = Said::of(child.wait_with_output().unwrap()).without_panic();
        assert_eq!(said.code, Some(3), "{said:?}");
        assert_eq!(said.out.lines().count(), 6, "{said:?}");
        assert!(said.err.contains("6 given up, 0 failed"), "{said:?}");
    }
    assert_eq!(server.stats().calls, 24, "four pictures a brief, none of them twice");
}

#[test]
fn a_batch_that_nobody_reads_begins_no_more_runs() {
    let (server, place) = paying(40);
    server.always(Act::Draw(10, 8));
    let words = [&RUN[..], &["--concurrency", "1"]].concat();
    let mut child = place.command_to(&server, &words).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    assert_eq!(out.read(&mut [0; 8]).unwrap(), 8);
    drop(out);
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.err.contains("nobody reads the results any more"), "{said:?}");
    assert!(said.err.contains("type the same command again"), "{said:?}");
    let calls = server.stats().calls;
    assert!(calls < 40, "{calls}");
}

#[test]
fn a_second_ctrl_c_says_how_to_go_on() {
    let (server, place) = paying(1);
    server.always(Act::Hang);
    let words = ["run", "briefs.jsonl", "--recipe", "best-of-n"];
    let mut child = place.command_to(&server, &words).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    while server.stats().calls < 1 {
        thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    let interrupt = || Command::new("kill").args(["-INT", &id]).status().unwrap();
    interrupt();
    // The second is a second one only when the first was heard.
    let mut line = String::new();
    while !line.contains("press Ctrl-C again") {
        line.clear();
        assert!(told.read_line(&mut line).unwrap() > 0);
    }
    interrupt();
    assert_eq!(child.wait().unwrap().code(), Some(5));
    let mut said = String::new();
    told.read_to_string(&mut said).unwrap();
    assert!(said.contains("stopped at once: the same command typed again goes on"), "{said}");
    assert!(said.contains("perhaps paid twice"), "{said}");
}
