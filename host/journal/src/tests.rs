//! Whole run folders, written by scripted runs and then maltreated.

use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures::executor::block_on;
use pentimento_engine::{
    Memory, RunRequest, StopFlag,
    ports::Keep,
    run,
    testing::{Script, ScriptedPorts},
};
use pentimento_model::*;
use pentimento_recipe::find as find_recipe;
use proptest::prelude::*;
use tempfile::TempDir;

use super::{artifacts::Artifacts, log::Log, *};

mod listed;
mod newer;
mod policies;
mod texts;
mod together;
mod unkept;

const GOAL: &str = "cat 0.1 0.1 0.3 0.3\ndog 0.6 0.6 0.3 0.3\n";
const WITHOUT_DOG: &str = "cat 0.1 0.1 0.3 0.3\n";

fn script() -> Script {
    Script::new(GOAL, &[WITHOUT_DOG])
}

fn request(name: &str) -> RunRequest {
    let recipe = find_recipe("sld").unwrap();
    let budget = recipe.budget();
    RunRequest {
        run: RunId::new(name).unwrap(),
        brief: Brief::from_idea("a cat and a dog"),
        recipe: recipe.into(),
        painter: "scripted".to_owned(),
        seed: script().seed,
        budget,
    }
}

/// A folder of runs with one finished run in it.
pub(crate) fn finished(name: &str) -> (TempDir, PathBuf) {
    let runs = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(runs.path(), &RunId::new(name).unwrap()).unwrap();
    let path = folder.path().to_owned();
    // Nothing here loses its power.
    let folder = folder.with(Durability::Never);
    let scripted = ScriptedPorts::over(&script(), Arc::new(folder));
    block_on(run(&request(name), &scripted.ports, &StopFlag::default())).unwrap();
    (runs, path)
}

fn journal_of(folder: &Path) -> Vec<u8> {
    fs::read(names::journal(folder)).unwrap()
}

fn line_breaks(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n').count() - 1
}

fn overwrite(path: &Path, bytes: &[u8]) {
    fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

fn timed(round: u32) -> TimedEvent {
    let event = RunEvent::RoundStarted { round: RoundNumber(round) };
    TimedEvent { at: Duration::from_secs(u64::from(round)), event }
}

#[test]
fn a_finished_run_reads_back_as_its_watcher_saw_it() {
    let (_runs, path) = finished("one");
    let memory = Arc::new(Memory::default());
    let scripted = ScriptedPorts::over(&script(), memory.clone());
    block_on(run(&request("one"), &scripted.ports, &StopFlag::default())).unwrap();
    let past = PastRun::read(&path).unwrap();
    assert_eq!(past.events, memory.events());
    assert_eq!(past.torn, None);
    for event in &past.events {
        if let RunEvent::CandidateReady { candidate, .. } = &event.event {
            let artifact = past.load(candidate.artifact).unwrap();
            assert_eq!(artifact.id, candidate.artifact);
            assert_eq!(fs::read(past.file_of(artifact.id).unwrap()).unwrap(), *artifact.bytes);
        }
    }
}

#[test]
fn every_line_of_a_journal_is_json() {
    let (_runs, path) = finished("json");
    let journal = String::from_utf8(journal_of(&path)).unwrap();
    assert!(journal.lines().count() > 8);
    for (number, line) in journal.lines().enumerate() {
        assert!(line.starts_with("{\"crc\":\"") && line.ends_with("}}"), "{line}");
        assert!(line.contains(&format!("\"seq\":{number},\"record\":{{\"format\":1,")), "{line}");
    }
}

#[test]
fn a_journal_cut_at_any_byte_keeps_every_whole_event_and_says_what_was_lost() {
    let (_runs, path) = finished("cut");
    let journal = journal_of(&path);
    let whole = recover::read(&journal).unwrap().events;
    for length in 0..=journal.len() {
        let cut = &journal[..length];
        let readable = recover::read(cut).unwrap_or_else(|error| panic!("{length}: {error:?}"));
        let n_lines = line_breaks(cut);
        assert_eq!(readable.events, whole[..n_lines]);
        let lost = length as u64 - readable.whole_bytes;
        let torn =
            (lost > 0).then_some(Torn { line: n_lines + 1, bytes: lost, lacks_picture: false });
        assert_eq!(readable.torn, torn);
    }
}

#[test]
fn any_changed_byte_of_a_journal_is_noticed() {
    let (_runs, path) = finished("flip");
    let journal = journal_of(&path);
    let last_line = line_breaks(&journal);
    for at in 0..journal.len() {
        let mut damaged = journal.clone();
        damaged[at] ^= 1 << (at % 8);
        let line = line_breaks(&journal[..at]) + 1;
        match recover::read(&damaged) {
            Err((found, _)) => assert_eq!(found, line, "byte {at}"),
            // The last line break turned into something else, or a byte of the last line into
            // zero, looks like a line that was never finished: it is told as such.
            Ok(readable) => {
                assert_eq!(readable.torn.map(|torn| torn.line), Some(last_line));
                assert_eq!(line, last_line, "byte {at}");
            }
        }
    }
}

#[test]
fn lines_that_were_taken_out_swapped_or_repeated_are_noticed() {
    let (_runs, path) = finished("order");
    let journal = journal_of(&path);
    let lines: Vec<&[u8]> = journal.split_inclusive(|&byte| byte == b'\n').collect();
    let rows: [(Vec<&[u8]>, usize); 3] = [
        ([&lines[..2], &lines[3..]].concat(), 3),
        ([&lines[..1], &lines[2..3], &lines[1..2]].concat(), 2),
        ([&lines[..2], &lines[1..]].concat(), 3),
    ];
    for (lines, expected) in rows {
        let (line, fault) = recover::read(&lines.concat()).unwrap_err();
        assert_eq!(line, expected);
        assert!(matches!(fault, LineFault::Sequence { .. }), "{fault}");
    }
}

#[test]
fn a_run_cut_at_any_event_goes_on_to_the_same_journal() {
    let (runs, path) = finished("resume");
    let journal = journal_of(&path);
    let ends: Vec<_> = (0..journal.len()).filter(|&at| journal[at] == b'\n').collect();
    let whole = without_times(&PastRun::read(&path).unwrap().events);
    for end in ends {
        // A few bytes of the next line were written, too.
        let torn = (end + 9).min(journal.len());
        overwrite(&names::journal(&path), &journal[..torn]);
        let folder = RunFolder::resume(&path).unwrap();
        assert_eq!(folder.torn().map(|torn| torn.bytes), (torn > end + 1).then_some(8));
        let scripted = ScriptedPorts::over(&script(), Arc::new(folder));
        block_on(run(&request("resume"), &scripted.ports, &StopFlag::default())).unwrap();
        assert_eq!(without_times(&PastRun::read(&path).unwrap().events), whole);
    }
    drop(runs);
}

fn without_times(events: &[TimedEvent]) -> Vec<String> {
    let text = |event: &TimedEvent| {
        let text = format!("{:?}", event.event);
        text.split(" took: ").next().map(str::to_owned).unwrap_or_default()
    };
    events.iter().map(text).collect()
}

#[test]
fn a_torn_end_is_cut_before_anything_is_appended() {
    let (_runs, path) = finished("torn");
    let journal = journal_of(&path);
    overwrite(&names::journal(&path), &[&journal, b"{\"crc\":\"12".as_slice()].concat());
    let torn = PastRun::read(&path).unwrap().torn.unwrap();
    assert_eq!(torn.bytes, 10);
    assert!(torn.to_string().contains("was not written to its end (10 bytes)"));
    assert_eq!(journal_of(&path).len(), journal.len() + 10, "reading changes nothing");
    let folder = RunFolder::resume(&path).unwrap();
    folder.append(&timed(9)).unwrap();
    let past = PastRun::read(&path).unwrap();
    assert_eq!((past.torn, past.events.last()), (None, Some(&timed(9))));
    assert!(journal_of(&path).starts_with(&journal));
}

#[test]
fn blocks_that_were_never_written_at_the_end_count_as_torn() {
    let (_runs, path) = finished("zeros");
    let mut journal = journal_of(&path);
    journal.extend([0; 4096]);
    let readable = recover::read(&journal).unwrap();
    assert_eq!(readable.torn.map(|torn| torn.bytes), Some(4096));
    journal.push(b'\n');
    assert!(recover::read(&journal).unwrap().torn.is_some());
}

#[test]
fn a_second_writer_is_told_who_the_first_is() {
    let (_runs, path) = finished("lock");
    let first = RunFolder::resume(&path).unwrap();
    assert_eq!(first.stale_owner(), None);
    let error = RunFolder::resume(&path).unwrap_err();
    let FolderError::Locked { owner, .. } = &error else { panic!("{error}") };
    assert_eq!(owner.process, std::process::id());
    assert!(error.to_string().contains(&format!("process {}", std::process::id())));
    assert_eq!(PastRun::read(&path).unwrap().events, first.past(), "readers need no lock");
    drop(first);
    assert!(RunFolder::resume(&path).is_ok());
}

#[test]
fn a_lock_that_a_dead_writer_left_is_taken_over_and_told() {
    let (_runs, path) = finished("stale");
    overwrite(&names::lock(&path), b"4711 elsewhere\n");
    let folder = RunFolder::resume(&path).unwrap();
    let owner = Owner { process: 4711, machine: "elsewhere".to_owned() };
    assert_eq!(folder.stale_owner(), Some(&owner));
    drop(folder);
    assert_eq!(RunFolder::resume(&path).unwrap().stale_owner(), None);
}

#[test]
fn folders_that_are_no_runs_are_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nothing");
    let file = folder.path().join("file");
    overwrite(&file, b"");
    fs::create_dir(folder.path().join("empty")).unwrap();
    let rows = [
        (missing, "there is no run folder"),
        (file, "is not a run folder"),
        (folder.path().join("empty"), "is not a run folder"),
    ];
    for (path, message) in rows {
        for error in [PastRun::read(&path).unwrap_err(), RunFolder::resume(&path).unwrap_err()] {
            assert!(error.to_string().contains(message), "{error}");
            assert!(error.hint().is_some());
        }
    }
    assert_eq!(fs::read_dir(folder.path().join("empty")).unwrap().count(), 0, "nothing was left");
}

#[test]
fn a_damaged_line_is_named_and_nothing_is_repaired() {
    let (_runs, path) = finished("damage");
    let mut journal = journal_of(&path);
    journal[20] ^= 1;
    overwrite(&names::journal(&path), &journal);
    for error in [PastRun::read(&path).unwrap_err(), RunFolder::resume(&path).unwrap_err()] {
        assert!(error.to_string().starts_with("line 1 of `"), "{error}");
        assert!(matches!(error, FolderError::Damaged { source: LineFault::Checksum, .. }));
    }
    assert_eq!(journal_of(&path), journal);
}

#[test]
fn artifacts_that_are_gone_or_changed_are_not_handed_out() {
    let (_runs, path) = finished("artifacts");
    let past = PastRun::read(&path).unwrap();
    let ready = past.events.iter().find_map(|event| match &event.event {
        RunEvent::CandidateReady { candidate, .. } => Some(candidate.artifact),
        _ => None,
    });
    let id = ready.unwrap();
    let good = past.load(id).unwrap();
    let file = past.file_of(good.id).unwrap();
    overwrite(&file, b"something else");
    assert!(matches!(past.load(id), Err(FolderError::ArtifactDamaged { .. })));
    RunFolder::resume(&path).unwrap().store(&good).unwrap();
    assert_eq!(past.load(id).unwrap(), good, "storing it again mends it");
    fs::remove_file(file).unwrap();
    assert!(matches!(past.load(id), Err(FolderError::ArtifactMissing { .. })));
}

#[test]
fn a_run_is_the_same_under_every_policy() {
    let journals = Durability::ALL.map(|policy| {
        let runs = tempfile::tempdir().unwrap();
        let folder = RunFolder::create(runs.path(), &RunId::new("one").unwrap()).unwrap();
        let path = folder.path().to_owned();
        let scripted = ScriptedPorts::over(&script(), Arc::new(folder.with(policy)));
        block_on(run(&request("one"), &scripted.ports, &StopFlag::default())).unwrap();
        let past = PastRun::read(&path).unwrap();
        let ids = past.events.iter().filter_map(|event| match &event.event {
            RunEvent::CandidateReady { candidate, .. } => Some(candidate.artifact),
            _ => None,
        });
        let pictures: Vec<_> = ids.map(|id| past.load(id).unwrap()).collect();
        assert!(pictures.len() > 1);
        journal_of(&path)
    });
    assert!(journals[0] == journals[1] && journals[0] == journals[2]);
}

/// A disk with room for so many more bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = bytes.len().min(self.0);
        self.0 -= written;
        if written == 0 { Err(ErrorKind::StorageFull.into()) } else { Ok(written) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error_with_advice_and_closes_the_log() {
    let line = line::sealed(0, &pentimento_record::event_to_json(&timed(0)).unwrap());
    for room in 0..line.len() {
        let mut log = Log::new(Full(room), PathBuf::from("journal.jsonl"), 0);
        let error = log.append(&timed(0), None, false).unwrap_err();
        assert!(error.hint().unwrap().contains("free some space"), "{error}");
        assert!(matches!(log.append(&timed(0), None, false), Err(FolderError::Closed { .. })));
        assert!(matches!(log.sync(), Err(FolderError::Closed { .. })));
    }
    let mut log = Log::new(Full(line.len()), PathBuf::from("journal.jsonl"), 0);
    log.append(&timed(0), None, false).unwrap();
    log.sync().unwrap();
}

#[test]
fn an_artifact_that_did_not_fit_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let full = Artifacts::of(folder.path()).with_create(|path| {
        fs::File::create(path)?;
        Ok(Box::new(Full(3)))
    });
    let artifact = Artifact::new(MediaType::Png, b"a picture".as_slice());
    let error = full.store(&artifact).unwrap_err();
    assert!(error.hint().unwrap().contains("free some space"));
    let artifacts = names::artifacts(folder.path());
    assert_eq!(fs::read_dir(artifacts).unwrap().count(), 0);
    Artifacts::of(folder.path()).store(&artifact).unwrap();
    assert_eq!(Artifacts::of(folder.path()).load(artifact.id).unwrap(), artifact);
}

#[test]
fn a_run_cannot_take_anothers_folder_or_a_file_for_one() {
    let (runs, _path) = finished("mine");
    let error = RunFolder::create(runs.path(), &RunId::new("mine").unwrap()).unwrap_err();
    assert!(matches!(error, FolderError::Exists { .. }));
    let file = runs.path().join("file");
    overwrite(&file, b"");
    let error = RunFolder::create(&file, &RunId::new("x").unwrap()).unwrap_err();
    assert!(error.hint().is_some(), "{error:?}");
}

#[test]
fn a_folder_that_was_only_half_made_is_taken_over() {
    let runs = tempfile::tempdir().unwrap();
    let run = RunId::new("half").unwrap();
    let path = runs.path().join("half");
    let steps: [fn(&Path); 5] = [
        |path| fs::create_dir(path).unwrap(),
        |path| overwrite(&names::lock(path), b"4711 elsewhere\n"),
        |path| fs::create_dir(names::artifacts(path)).unwrap(),
        |path| overwrite(&names::journal(path), b""),
        |path| overwrite(&names::journal(path), b"{\"crc\":\"12345678\",\"seq\":0"),
    ];
    for made in 1..=steps.len() {
        steps.iter().take(made).for_each(|step| step(&path));
        let folder = RunFolder::create(runs.path(), &run).unwrap();
        folder.append(&timed(1)).unwrap();
        drop(folder);
        assert_eq!(RunFolder::resume(&path).unwrap().past(), [timed(1)]);
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir(&path).unwrap();
    overwrite(&path.join("thesis.tex"), b"");
    let error = RunFolder::create(runs.path(), &run).unwrap_err();
    assert!(matches!(error, FolderError::Exists { .. }), "somebody's own folder: {error}");
}

#[test]
fn a_folder_in_which_a_call_was_made_is_not_taken_over_when_its_journal_is_lost() {
    let runs = tempfile::tempdir().unwrap();
    let run = RunId::new("paid").unwrap();
    let path = runs.path().join("paid");
    let called = RunEvent::CallBegun { key: StepKey::of([b"x".as_slice()]), most: Spending::NONE };
    let called = TimedEvent { at: Duration::from_secs(1), event: called };
    for ended in [true, false] {
        let folder = RunFolder::create(runs.path(), &run).unwrap();
        folder.append(&called).unwrap();
        let lock = fs::read(names::lock(&path)).unwrap();
        drop(folder);
        if !ended {
            overwrite(&names::lock(&path), &lock);
        }
        overwrite(&names::journal(&path), b"");
        let error = RunFolder::create(runs.path(), &run).unwrap_err();
        assert!(matches!(error, FolderError::Lost { bytes: Some(0), artifacts: 0, .. }), "{error}");
        assert!(check(&path).unwrap().damage.len() == 1, "{error}");
        let again = RunFolder::resume(&path).unwrap_err();
        assert!(matches!(again, FolderError::Lost { .. }), "{again}");
        assert!(path.exists() && error.hint().is_some());
        fs::remove_dir_all(&path).unwrap();
    }
}

#[test]
fn a_run_that_could_not_begin_leaves_no_folder() {
    let runs = tempfile::tempdir().unwrap();
    let run = RunId::new("none").unwrap();
    drop(RunFolder::create(runs.path(), &run).unwrap());
    assert!(!runs.path().join("none").exists());
}

#[test]
fn two_who_make_the_same_run_do_not_get_into_each_others_way() {
    let runs = tempfile::tempdir().unwrap();
    let run = RunId::new("both").unwrap();
    let first = RunFolder::create(runs.path(), &run).unwrap();
    // The first has written nothing yet, and is at it.
    let error = RunFolder::create(runs.path(), &run).unwrap_err();
    assert!(matches!(error, FolderError::Locked { .. }), "{error}");
    first.append(&timed(1)).unwrap();
    drop(first);
    let error = RunFolder::create(runs.path(), &run).unwrap_err();
    assert!(matches!(error, FolderError::Exists { .. }), "{error}");
    assert_eq!(PastRun::read(&runs.path().join("both")).unwrap().events, [timed(1)]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = recover::read(&bytes);
    }

    #[test]
    fn what_is_sealed_is_unsealed(number in any::<u64>(), record in "[^\\n]*") {
        let line = line::sealed(number, &record);
        let (found, inside) = line::unseal(line.trim_end_matches('\n')).unwrap();
        prop_assert_eq!((found, inside), (number, record.as_str()));
    }
}
