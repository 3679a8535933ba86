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

use pentimento_model::{ArtifactId, RunEvent};

use crate::{FolderError, PastRun, Torn, names};

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
    /// Artifacts that no event names: stored before a crash, or not ours. Harmless.
    pub unnamed: usize,
}

impl Checked {
    /// True if nothing that the journal names is lost.
    pub const fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }
}

/// Checks a run folder. A damaged journal is an `Err`, damaged artifacts are listed.
pub fn check(folder: &Path) -> Result<Checked, FolderError> {
    let past = PastRun::read(folder)?;
    let named = artifacts_of(&past);
    let mut damage = Vec::new();
    for id in &named {
        damage.extend(past.load(*id).err());
    }
    let artifacts = named.len() - damage.len();
    let is_named = |stem: &str| ArtifactId::from_hex(stem).is_some_and(|id| named.contains(&id));
    let unnamed = stems(folder)?.iter().filter(|stem| !is_named(stem)).count();
    let (events, torn) = (past.events.len(), past.torn);
    Ok(Checked { events, torn, artifacts, damage, unnamed })
}

/// The artifacts that a run's events name.
pub(crate) fn artifacts_of(past: &PastRun) -> BTreeSet<ArtifactId> {
    let named = past.events.iter().flat_map(|event| match &event.event {
        RunEvent::RunStarted { attached, .. } => attached.as_slice(),
        RunEvent::CandidateReady { candidate, .. } => slice::from_ref(&candidate.artifact),
        _ => &[],
    });
    named.copied().collect()
}

/// The names of the files among the artifacts, without their endings.
fn stems(folder: &Path) -> Result<Vec<String>, FolderError> {
    let mut files = Vec::new();
    for entry in entries(&names::artifacts(folder))? {
        if entry.is_dir() { files.extend(entries(&entry)?) } else { files.push(entry) }
    }
    let stem = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Ok(files.iter().filter_map(stem).collect())
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
