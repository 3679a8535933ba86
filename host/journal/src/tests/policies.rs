//! When what is written is synced.

use std::sync::{Mutex, PoisonError};

use super::*;
use crate::{
    soon::{MOMENT, settle_soon},
    writer::Writer,
};

/// A file that remembers how many bytes it held whenever it was synced.
#[derive(Clone, Default)]
struct Counting(Arc<Mutex<Counted>>);

#[derive(Clone, Default)]
struct Counted {
    held: usize,
    synced: Vec<usize>,
    /// Syncs fail from now on.
    broken: bool,
}

impl Counting {
    fn now(&self) -> Counted {
        self.0.lock().unwrap().clone()
    }

    fn breaks(&self) {
        self.0.lock().unwrap().broken = true;
    }
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().held += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = counted.held;
        counted.synced.push(held);
        if counted.broken { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

/// A writer in a folder that is there.
fn writer(policy: Durability) -> (TempDir, Counting, Writer<Counting>) {
    let (folder, file) = (tempfile::tempdir().unwrap(), Counting::default());
    let log = Log::new(file.clone(), PathBuf::from("journal.jsonl"), 0);
    let mut writer = Writer::new(folder.path(), log, crate::texts::Texts::default());
    writer.set(policy);
    (folder, file, writer)
}

fn at(event: RunEvent) -> TimedEvent {
    TimedEvent { at: Duration::ZERO, event }
}

fn cent() -> Spending {
    Spending { usage: Usage::PICTURE, money: Money::from_nanos(10_000_000), unpriced: 0 }
}

fn answered() -> RunEvent {
    let text = String::new;
    let exchange = Exchange {
        role: "".into(),
        step: "".into(),
        asked: "".into(),
        answer: text(),
        finish: Finish::Stop,
        model: text(),
        tokens: Vec::new(),
    };
    let (key, took) = (StepKey::of([b"k".as_slice()]), Duration::ZERO);
    RunEvent::Answered { key, exchange, spending: cent(), took }
}

pub(super) fn ready(artifact: &Artifact, spending: Spending) -> RunEvent {
    let origin = Origin::Written { step: "solve".into() };
    let (id, round) = (CandidateId(0), RoundNumber(0));
    let candidate = Candidate { id, parent: None, round, artifact: artifact.id, origin };
    let (key, took) = (StepKey::of([b"k".as_slice()]), Duration::ZERO);
    RunEvent::CandidateReady { key, candidate, spending, took }
}

#[test]
fn a_policy_says_after_which_events_the_journal_is_synced() {
    let key = StepKey::of([b"k".as_slice()]);
    let (took, how) = (Duration::ZERO, Loss::Failed);
    let (round, draft) = (RoundNumber(0), CandidateId(0));
    let picture = Artifact::new(MediaType::Png, b"a picture".as_slice());
    let outcome =
        RunOutcome { verdict: Verdict::Accept, best: draft, stop: StopReason::Accepted, images: 1 };
    // What is neither synced at once nor soon goes along with the next that is.
    let (at_once, soon, along) = ((true, false), (false, true), (false, false));
    let rows = [
        (RunEvent::RoundStarted { round }, along),
        (RunEvent::CallBegun { key, most: cent() }, at_once),
        (answered(), soon),
        (ready(&picture, cent()), soon),
        (ready(&picture, Spending::NONE), along),
        (RunEvent::CallLost { key, how, spending: cent(), took }, soon),
        (RunEvent::CallLost { key, how, spending: Spending::NONE, took }, along),
        (RunEvent::Decided { round, verdict: Verdict::Revise, draft, reason: String::new() }, soon),
        (RunEvent::RunFinished { outcome }, at_once),
    ];
    for (event, staged) in rows {
        // What follows from what is on the disk need not be waited for.
        let follows = event.spending() == Spending::NONE
            && matches!(
                event,
                RunEvent::RoundStarted { .. }
                    | RunEvent::Decided { .. }
                    | RunEvent::CandidateReady { .. }
            );
        let always = if follows { soon } else { at_once };
        for (policy, expected) in Durability::ALL.into_iter().zip([always, staged, along]) {
            let (_folder, file, mut writer) = writer(policy);
            let is_soon = writer.append(&at(event.clone())).unwrap();
            let counted = file.now();
            assert!(counted.held > 0, "it is written in any case");
            let is_synced = counted.synced == [counted.held];
            assert_eq!((is_synced, is_soon), expected, "{policy:?}: {event:?}");
        }
    }
}

#[test]
fn whatever_leaves_the_program_takes_along_what_was_written_before() {
    let (_folder, file, mut writer) = writer(Durability::Stage);
    let key = StepKey::of([b"k".as_slice()]);
    assert!(writer.append(&at(answered())).unwrap(), "somebody is to be told once");
    assert!(!writer.append(&at(answered())).unwrap(), "but not twice");
    assert!(file.now().synced.is_empty());
    writer.append(&at(RunEvent::CallBegun { key, most: cent() })).unwrap();
    let counted = file.now();
    assert_eq!(counted.synced, [counted.held], "one sync of all three");
}

#[test]
fn what_nobody_sees_and_costs_nothing_is_written_with_what_is_not_so() {
    let key = StepKey::of([b"k".as_slice()]);
    let slow = |took| {
        let RunEvent::CandidateReady { key, candidate, spending, .. } =
            ready(&Artifact::new(MediaType::Png, b"a picture".as_slice()), Spending::NONE)
        else {
            unreachable!()
        };
        RunEvent::CandidateReady { key, candidate, spending, took }
    };
    let round = RoundNumber(1);
    let rows = [
        (RunEvent::RoundStarted { round }, true),
        (slow(Duration::from_micros(999)), true),
        (slow(Duration::from_millis(1)), false),
        (answered(), false),
        (RunEvent::CallBegun { key, most: Spending::NONE }, false),
        (RunEvent::FromCache { key, saved: Spending::NONE }, false),
    ];
    for policy in [Durability::Stage, Durability::Never] {
        for (event, waits) in &rows {
            let [seen, unseen] = [false, true].map(|is_unseen| {
                let (_folder, file, mut writer) = writer(policy);
                if is_unseen {
                    writer.go_unseen();
                }
                writer.append(&at(event.clone())).unwrap();
                let first = file.now().held;
                writer.append(&at(answered())).unwrap();
                [first, file.now().held]
            });
            let expected = if *waits { [0, seen[1]] } else { seen };
            assert_eq!(unseen, expected, "{policy:?}: {event:?}");
            assert!(seen[0] > 0, "somebody may watch");
        }
        // Whoever waits for nobody else is written in a moment.
        let (_folder, file, mut writer) = writer(policy);
        writer.go_unseen();
        assert!(writer.append(&at(RunEvent::RoundStarted { round })).unwrap());
        assert_eq!(file.now().held, 0);
        let writer = Arc::new(Mutex::new(writer));
        settle_soon(&writer);
        while file.now().held == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(file.now().synced.is_empty(), "no longer than that");
    }
}

#[test]
fn a_paid_answer_is_on_the_disk_soon_though_nothing_else_happens() {
    let (_folder, file, writer) = writer(Durability::Stage);
    let writer = Arc::new(Mutex::new(writer));
    assert!(writer.lock().unwrap().append(&at(answered())).unwrap());
    settle_soon(&writer);
    while file.now().synced.is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let counted = file.now();
    assert_eq!(counted.synced, [counted.held]);
    assert!(writer.lock().unwrap().append(&at(answered())).unwrap(), "the next one is told anew");
}

#[test]
fn what_came_after_the_last_sync_is_given_its_own_moment() {
    let (_folder, file, writer) = writer(Durability::Stage);
    let writer = Arc::new(Mutex::new(writer));
    let began = std::time::Instant::now();
    assert!(writer.lock().unwrap().append(&at(answered())).unwrap());
    settle_soon(&writer);
    std::thread::sleep(MOMENT / 2);
    let key = StepKey::of([b"k".as_slice()]);
    writer.lock().unwrap().append(&at(RunEvent::CallBegun { key, most: cent() })).unwrap();
    writer.lock().unwrap().append(&at(answered())).unwrap();
    while file.now().synced.len() < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(began.elapsed() > MOMENT * 3 / 2, "the first was on the disk with the call");
    assert_eq!(file.now().synced.last(), Some(&file.now().held));
}

#[test]
fn what_could_not_be_synced_soon_is_told_with_its_cause_when_the_run_goes_on() {
    let (_folder, file, writer) = writer(Durability::Stage);
    let writer = Arc::new(Mutex::new(writer));
    writer.lock().unwrap().append(&at(answered())).unwrap();
    file.breaks();
    settle_soon(&writer);
    while file.now().synced.is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut writer = writer.lock().unwrap();
    let error = writer.append(&timed(1)).unwrap_err();
    assert!(error.to_string().starts_with("could not sync"), "{error}");
    assert!(error.hint().unwrap().contains("free some space"), "{error}");
    assert!(matches!(writer.append(&timed(1)), Err(FolderError::Closed { .. })));
    assert_eq!(file.now().synced.len(), 1, "what failed is not tried again");
}

#[test]
fn a_sync_that_fails_is_an_error_at_once_where_it_is_waited_for() {
    let (_folder, file, mut writer) = writer(Durability::Always);
    file.breaks();
    let error = writer.append(&at(answered())).unwrap_err();
    assert!(error.to_string().starts_with("could not sync"), "{error}");
    assert!(matches!(writer.append(&timed(0)), Err(FolderError::Closed { .. })));
}
