//! Runs that wait for the same commit.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::volume::{Alone, Commit, FEW, Volume};

/// A file system of which it is counted how often it was made durable, or failed to be.
#[derive(Clone, Debug, Default)]
struct Counted {
    commits: Arc<AtomicUsize>,
    fails: bool,
}

impl Commit for Counted {
    fn commit(&self) -> io::Result<()> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        if self.fails { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

/// A volume on which as many as may be are alone already.
fn crowded(commit: &Counted) -> (Arc<Volume>, Vec<Alone>) {
    let volume = Volume::new(commit.clone());
    let few = (0..FEW).map(|_| volume.alone()).collect();
    (volume, few)
}

/// A run in a crowd, under each policy; how many commits it came to.
fn in_a_crowd(policy: Durability, fails: bool) -> usize {
    let counted = Counted { fails, ..Counted::default() };
    let (volume, _few) = crowded(&counted);
    let runs = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(runs.path(), &RunId::new("crowd").unwrap()).unwrap();
    let folder = Arc::new(folder.with(policy).on(volume));
    let path = folder.path().to_owned();
    let scripted = ScriptedPorts::over(&script(), folder);
    block_on(run(&request("crowd"), &scripted.ports, &StopFlag::default())).unwrap();
    let (_other, alone) = finished("crowd");
    let events = |path: &Path| without_times(&PastRun::read(path).unwrap().events);
    assert_eq!(events(&path), events(&alone), "the journal is that of any other run");
    counted.commits.load(Ordering::SeqCst)
}

#[test]
fn a_run_in_a_crowd_waits_for_commits_and_writes_the_same_journal() {
    assert!(in_a_crowd(Durability::Always, false) > 5);
    assert_eq!(in_a_crowd(Durability::Stage, false), 1, "nothing was paid: once, at its end");
    assert_eq!(in_a_crowd(Durability::Never, false), 0);
}

#[test]
fn a_run_whose_commit_failed_syncs_its_own_files_and_goes_on() {
    assert_eq!(in_a_crowd(Durability::Always, true), 1, "none is asked for after that");
}
