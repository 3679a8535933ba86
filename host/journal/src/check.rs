//! Looks a run folder through: is everything there that its journal names, and unchanged?
//!
//! Nothing is mended and nothing is cut.

use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    slice,
};

use pentimento_model::{ArtifactId, Loss, RunEvent, TimedEvent};

use crate::{
    FolderError, PastRun, Torn,
    beginning::{self, Beginning},
    names,
};

/// What was found in a run folder.
#[derive(Debug)]
pub struct Checked {
    /// Whole events of the journal.
    pub events: usize,
    /// The beginning of one more.
    pub torn: Option<Torn>,
    /// Artifacts that are named, there, and unchanged.
    pub artifacts: usize,
    /// What is wrong with the others.
    pub damage: Vec<FolderError>,
    /// Artifacts that no event names. Those that were stored just before a crash are harmless; more than
    /// that are damage.
    pub unnamed: usize,
}

impl Checked {
    /// A folder without an event.
    const fn nothing(damage: Vec<FolderError>, unnamed: usize) -> Self {
        Self { events: 0, torn: None, artifacts: 0, damage, unnamed }
    }

    /// True if nothing that the journal names is lost.
    pub const fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }
}

/// Checks a run folder. A damaged journal is an `Err`; damaged artifacts are listed, and so is what
/// is there of a run whose journal is lost.
pub fn check(folder: &Path) -> Result<Checked, FolderError> {
    match beginning::look(folder) {
        Beginning::There => {}
        Beginning::HalfMade => return Ok(Checked::nothing(Vec::new(), 0)),
        Beginning::Lost(error) => {
            let unnamed = stored(folder)?.len();
            return Ok(Checked::nothing(vec![error], unnamed));
        }
    }
    let past = PastRun::read(folder)?;
    let named = artifacts_of(&past.events);
    let mut damage = Vec::new();
    for id in &named {
        damage.extend(past.load(*id).err());
    }
    let artifacts = named.len() - damage.len();
    let unnamed = stored(folder)?.difference(&named).count();
    let lost = unexplained(folder, &past.events);
    if lost > 0 {
        damage.push(FolderError::Unnamed { path: folder.to_owned(), artifacts: lost });
    }
    let (events, torn) = (past.events.len(), past.torn);
    Ok(Checked { events, torn, artifacts, damage, unnamed })
}

/// How many artifacts of a run have lost their record: as many as no event names, but for one for each
/// call that was interrupted after it was answered, and the one that may be under way.
pub(crate) fn unexplained(folder: &Path, events: &[TimedEvent]) -> usize {
    let Ok(stored) = stored(folder) else { return 0 };
    let unnamed = stored.difference(&artifacts_of(events)).count();
    let is_interrupted = |event: &&TimedEvent| {
        matches!(event.event, RunEvent::CallLost { how: Loss::Interrupted, .. })
    };
    let is_done = |last: &TimedEvent| matches!(last.event, RunEvent::RunFinished { .. });
    let under_way = usize::from(!events.last().is_some_and(is_done));
    unnamed.saturating_sub(events.iter().filter(is_interrupted).count() + under_way)
}

/// The artifacts that a run's events name.
pub(crate) fn artifacts_of(events: &[TimedEvent]) -> BTreeSet<ArtifactId> {
    let named = events.iter().flat_map(|event| match &event.event {
        RunEvent::RunStarted { attached, .. } => attached.as_slice(),
        RunEvent::CandidateReady { candidate, .. } => slice::from_ref(&candidate.artifact),
        _ => &[],
    });
    named.copied().collect()
}

/// The artifacts whose files are there. What was written halfway, or is not ours, is none.
pub(crate) fn stored(folder: &Path) -> Result<BTreeSet<ArtifactId>, FolderError> {
    let mut files = Vec::new();
    for entry in entries(&names::artifacts(folder))? {
        if entry.is_dir() { files.extend(entries(&entry)?) } else { files.push(entry) }
    }
    let id = |path: &PathBuf| ArtifactId::from_hex(path.file_stem()?.to_str()?);
    Ok(files.iter().filter_map(id).collect())
}

/// What is in a folder; nothing if it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(source) if source.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(FolderError::io("read", folder)(source)),
    };
    let path = |entry: Result<fs::DirEntry, _>| entry.map(|entry| entry.path());
    read.map(path).collect::<Result<_, _>>().map_err(FolderError::io("read", folder))
}
