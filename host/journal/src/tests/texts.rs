//! Texts that stand in the journal, and what may happen to them there.

use super::{policies::ready, unkept::begun, *};
use crate::limits::MOST_TEXT_BYTES;

const WORDS: &str = "Let me see: 12 · 7 = 84.\nThe answer is “84”. \u{0}\u{1b}[31m";

fn text(words: &str) -> Artifact {
    Artifact::new(MediaType::Text, words.as_bytes())
}

fn brings(artifact: &Artifact) -> TimedEvent {
    TimedEvent { at: Duration::from_secs(1), event: ready(artifact, Spending::NONE) }
}

/// A run that brought these artifacts, in this order.
fn run_with(artifacts: &[Artifact]) -> (TempDir, PathBuf) {
    let runs = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(runs.path(), &RunId::new("texts").unwrap()).unwrap();
    let path = folder.path().to_owned();
    let folder = folder.with(Durability::Never);
    folder.append(&timed(0)).unwrap();
    for artifact in artifacts {
        folder.store(artifact).unwrap();
        assert_eq!(folder.load(artifact.id).unwrap(), *artifact, "before its event, too");
        folder.append(&brings(artifact)).unwrap();
        assert_eq!(folder.load(artifact.id).unwrap(), *artifact);
    }
    (runs, path)
}

/// Everything that can be asked of a run that was read, or ended.
fn told(past: &PastRun) -> (Vec<TimedEvent>, Vec<Option<Artifact>>) {
    let named = past.events.iter().filter_map(|event| crate::texts::named_by(&event.event));
    (past.events.clone(), named.map(|id| past.load(id).ok()).collect())
}

#[test]
fn a_folder_with_a_memory_says_in_the_end_what_its_journal_says() {
    for memory in [false, true] {
        let runs = tempfile::tempdir().unwrap();
        let id = RunId::new("memory").unwrap();
        let with = |folder: RunFolder| {
            let folder = folder.with(Durability::Never);
            Arc::new(if memory { folder.with_memory() } else { folder })
        };
        let folder = with(RunFolder::create(runs.path(), &id).unwrap());
        let path = folder.path().to_owned();
        let text = Artifact::new(MediaType::Text, "what is new".as_bytes());
        for one in [Artifact::new(MediaType::Text, "a word".as_bytes()), text.clone()] {
            folder.store(&one).unwrap();
            folder.append(&brings(&one)).unwrap();
        }
        let ended = Arc::into_inner(folder).unwrap().end().unwrap();
        assert_eq!(told(&ended), told(&PastRun::read(&path).unwrap()));
        // What was there before belongs to it.
        let folder = with(RunFolder::resume(&path).unwrap());
        folder.append(&brings(&text)).unwrap();
        let ended = Arc::into_inner(folder).unwrap().end().unwrap();
        assert_eq!(ended.events.len(), 3);
        assert_eq!(told(&ended), told(&PastRun::read(&path).unwrap()));
        assert!(RunFolder::resume(&path).unwrap().stale_owner().is_none(), "the lock is free");
    }
}

/// Every file of a run folder but its lock.
fn files(path: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).unwrap() {
        let entry = entry.unwrap();
        names.push(entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            names.extend(files(&entry.path()));
        }
    }
    names.retain(|name| name != "lock");
    names.sort();
    names
}

#[test]
fn short_texts_stand_in_the_journal_and_everything_else_in_files() {
    let longest = "ä".repeat(MOST_TEXT_BYTES / 2);
    let rows = [
        (text(""), true),
        (text(WORDS), true),
        (text(&longest), true),
        (text(&(longest + "a")), false),
        (Artifact::new(MediaType::Text, b"no \xff text".as_slice()), false),
        (Artifact::new(MediaType::Png, b"a picture".as_slice()), false),
    ];
    for (artifact, expected) in rows {
        let (_runs, path) = run_with(std::slice::from_ref(&artifact));
        let past = PastRun::read(&path).unwrap();
        assert_eq!(past.load(artifact.id).unwrap(), artifact);
        assert_eq!(past.file_of(artifact.id).is_none(), expected);
        assert_eq!(files(&path) == ["journal.jsonl"], expected, "{:?}", files(&path));
        let checked = check(&path).unwrap();
        assert!(checked.is_whole() && checked.artifacts == 1 && checked.unnamed == 0);
        let format = if expected { 2 } else { 1 };
        let journal = String::from_utf8(journal_of(&path)).unwrap();
        let last = journal.lines().last().unwrap();
        assert!(last.contains(&format!("\"record\":{{\"format\":{format},")), "{last}");
        assert_eq!(past.newer, None);
    }
}

#[test]
fn the_same_text_twice_stands_there_once() {
    let (_runs, path) = run_with(&[text(WORDS), text("other"), text(WORDS)]);
    let journal = String::from_utf8(journal_of(&path)).unwrap();
    assert_eq!(journal.matches("\"text\":").count(), 2, "{journal}");
    assert_eq!(PastRun::read(&path).unwrap().load(text(WORDS).id).unwrap(), text(WORDS));
    let folder = RunFolder::resume(&path).unwrap();
    folder.store(&text("other")).unwrap();
    folder.append(&brings(&text("other"))).unwrap();
    let journal = String::from_utf8(journal_of(&path)).unwrap();
    assert_eq!(journal.matches("\"text\":").count(), 2, "after a resumption, too: {journal}");
    assert!(check(&path).unwrap().is_whole());
}

#[test]
fn a_journal_with_texts_cut_at_any_byte_keeps_whole_texts_alone() {
    let all = [text(WORDS), text("second"), text("third")];
    let (_runs, path) = run_with(&all);
    let journal = journal_of(&path);
    for length in 0..=journal.len() {
        let readable = recover::read(&journal[..length]).unwrap();
        let whole = readable.events.len().saturating_sub(1);
        for (number, text) in all.iter().enumerate() {
            let found = readable.texts.get(text.id);
            assert_eq!(found, (number < whole).then_some(text), "cut at {length}");
        }
    }
    // A text whose line was lost is stored and told again.
    overwrite(&names::journal(&path), &journal[..journal.len() - 3]);
    let folder = RunFolder::resume(&path).unwrap();
    assert!(folder.load(all[2].id).is_err());
    folder.store(&all[2]).unwrap();
    folder.append(&brings(&all[2])).unwrap();
    assert_eq!(journal_of(&path), journal);
}

#[test]
fn any_changed_byte_of_a_journal_with_texts_is_noticed() {
    let (_runs, path) = run_with(&[text(WORDS), text("second")]);
    let journal = journal_of(&path);
    for at in 0..journal.len() {
        let mut damaged = journal.clone();
        damaged[at] ^= 1 << (at % 8);
        let line = line_breaks(&journal[..at]) + 1;
        match recover::read(&damaged) {
            Err((found, _)) => assert_eq!(found, line, "byte {at}"),
            Ok(readable) => assert_eq!(readable.torn.map(|torn| torn.line), Some(line)),
        }
    }
}

/// The journal with another last record, under the checksum that belongs to it.
fn forged(path: &Path, change: impl Fn(&str) -> String) -> Vec<u8> {
    let journal = String::from_utf8(journal_of(path)).unwrap();
    let mut lines: Vec<String> = journal.lines().map(|line| format!("{line}\n")).collect();
    let last = lines.pop().unwrap();
    let (number, record) = line::unseal(last.trim_end()).unwrap();
    lines.push(line::sealed(number, &change(record)));
    lines.concat().into_bytes()
}

#[test]
fn a_text_that_is_not_the_one_its_event_names_is_refused_also_under_a_new_checksum() {
    let (_runs, path) = run_with(&[text("eighty-four")]);
    let long = "x".repeat(MOST_TEXT_BYTES + 1);
    let rows: [(&str, String, &str); 4] = [
        ("eighty-four", "eighty-five".to_owned(), "is not the one that it names"),
        ("eighty-four", String::new(), "is not the one that it names"),
        ("eighty-four", long, "it holds a text of 16385 bytes"),
        ("candidate-ready", "round-started\",\"round\":1,\"x\":\"".to_owned(), "is not the one"),
    ];
    for (from, to, told) in rows {
        let journal = forged(&path, |record| record.replace(from, &to));
        let (line, fault) = recover::read(&journal).unwrap_err();
        assert_eq!(line, 2);
        assert!(fault.to_string().contains(told), "{fault}");
    }
    let whole = journal_of(&path);
    overwrite(&names::journal(&path), &forged(&path, |one| one.replace("eighty", "ninety")));
    for error in [PastRun::read(&path).unwrap_err(), RunFolder::resume(&path).unwrap_err()] {
        assert!(error.to_string().starts_with("line 2 of `"), "{error}");
        assert!(error.hint().is_some());
    }
    overwrite(&names::journal(&path), &whole);
    assert!(check(&path).unwrap().is_whole());
}

#[test]
fn a_text_that_was_taken_out_of_its_line_is_missing() {
    let (_runs, path) = run_with(&[text("eighty-four")]);
    let mut without = forged(&path, |record| record.replace(",\"text\":\"eighty-four\"", ""));
    // It was there when the call began.
    for (number, event) in [begun(), timed(1)].iter().enumerate() {
        let record = pentimento_record::event_to_json(event).unwrap();
        without.extend_from_slice(line::sealed(2 + number as u64, &record).as_bytes());
    }
    overwrite(&names::journal(&path), &without);
    let checked = check(&path).unwrap();
    assert!(checked.damage[0].to_string().contains("is missing"), "{checked:?}");
    let error = RunFolder::resume(&path).unwrap().load(text("eighty-four").id).unwrap_err();
    assert!(error.to_string().contains("is missing"), "{error}");
}

#[test]
fn texts_of_newer_programs_are_taken_where_they_are_understood_and_else_passed_over() {
    let (_runs, path) = run_with(&[text("eighty-four")]);
    let newer = |record: &str| record.replace("{\"format\":2,", "{\"format\":4,");
    let readable = recover::read(&forged(&path, newer)).unwrap();
    assert_eq!(readable.texts.get(text("eighty-four").id), Some(&text("eighty-four")));
    let other = |record: &str| newer(record).replace("eighty-four", "in a new way");
    let readable = recover::read(&forged(&path, other)).unwrap();
    assert_eq!((readable.events.len(), readable.newer), (2, Some(4)));
    assert_eq!(readable.texts.get(text("eighty-four").id), None);
}

#[test]
fn a_text_that_a_run_begins_with_has_a_file() {
    let runs = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(runs.path(), &RunId::new("facts").unwrap()).unwrap();
    let facts = text("Bees have five eyes.");
    folder.store(&facts).unwrap();
    let memory = Arc::new(Memory::default());
    let scripted = ScriptedPorts::over(&script(), memory.clone());
    let mut request = request("facts");
    request.brief.attached = vec![facts.id];
    memory.store(&facts).unwrap();
    block_on(run(&request, &scripted.ports, &StopFlag::default())).unwrap();
    folder.append(&memory.events()[0]).unwrap();
    let past = PastRun::read(folder.path()).unwrap();
    assert_eq!(fs::read(past.file_of(facts.id).unwrap()).unwrap(), *facts.bytes);
    assert_eq!(past.load(facts.id).unwrap(), facts);

    let (mut archive, elsewhere) = (Vec::new(), tempfile::tempdir().unwrap());
    assert_eq!(pack(folder.path(), &mut archive).unwrap().artifacts, 1);
    let (_, place) = unpack(elsewhere.path(), archive.as_slice()).unwrap();
    let moved = PastRun::read(&place).unwrap();
    assert_eq!(moved.load(facts.id).unwrap(), facts, "whoever goes on with it elsewhere needs it");
    let checked = check(&place).unwrap();
    assert!(checked.is_whole() && checked.unnamed == 0, "{checked:?}");
    fs::remove_file(moved.file_of(facts.id).unwrap()).unwrap();
    assert!(!check(&place).unwrap().is_whole());
}

#[test]
fn a_run_with_texts_moves_with_a_file_of_each_for_programs_that_look_for_files() {
    let (_runs, path) = run_with(&[text(WORDS), text("second")]);
    // A run begins with an event that names it.
    let memory = Arc::new(Memory::default());
    let scripted = ScriptedPorts::over(&script(), memory.clone());
    block_on(run(&request("texts"), &scripted.ports, &StopFlag::default())).unwrap();
    let first = pentimento_record::event_to_json(&memory.events()[0]).unwrap();
    let journal = String::from_utf8(journal_of(&path)).unwrap();
    let rest: String = journal.split_inclusive('\n').skip(1).collect();
    overwrite(&names::journal(&path), (line::sealed(0, &first) + &rest).as_bytes());

    let mut archive = Vec::new();
    let packed = pack(&path, &mut archive).unwrap();
    assert_eq!(packed.artifacts, 2);
    let elsewhere = tempfile::tempdir().unwrap();
    let (read, place) = unpack(elsewhere.path(), archive.as_slice()).unwrap();
    assert_eq!(read, packed);
    assert_eq!(journal_of(&place), journal_of(&path));
    assert!(!files(&place).iter().any(|name| name.contains(".txt")), "{:?}", files(&place));
    assert!(check(&place).unwrap().is_whole());
    let names: Vec<_> = tar::Archive::new(archive.as_slice())
        .entries()
        .unwrap()
        .map(|entry| entry.unwrap().path().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names.iter().filter(|name| name.contains("/artifacts/")).count(), 2, "{names:?}");
}
