//! The runs in a folder of runs: the list, and one by its name's beginning.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use pentimento_model::RunId;

use crate::{FolderError, beginning::lost, limits::FIRST_LINE_BYTES, names, recover};

/// One run of a folder of runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRun {
    /// Its name.
    pub run: RunId,
    /// Its folder.
    pub path: PathBuf,
    /// When it began, since the Unix epoch.
    pub began: Duration,
}

/// A run's folder, without a look into its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRun {
    /// Its name.
    pub run: RunId,
    /// Its folder.
    pub path: PathBuf,
    /// Bytes of its journal.
    pub bytes: u64,
    /// When that was last changed, in nanoseconds since the Unix epoch.
    pub changed: u64,
}

/// All runs by name, those whose journal is gone among them. A folder that does not exist has none;
/// what is not a run is passed over.
pub fn folders(runs: &Path) -> Result<Vec<FoundRun>, FolderError> {
    let mut found = Vec::new();
    for (run, path) in named(runs)? {
        let state = journal_state(&path);
        if state.is_none() && lost(&path).is_none() {
            continue;
        }
        let (bytes, changed) = state.unwrap_or_default();
        found.push(FoundRun { run, path, bytes, changed });
    }
    found.sort_by(|one, other| one.run.cmp(&other.run));
    Ok(found)
}

/// The bytes of a run's journal, and when it was last changed; `None` if it is gone.
fn journal_state(folder: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(names::journal(folder)).ok()?;
    let changed = metadata.modified().ok();
    let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let changed = u64::try_from(changed.unwrap_or_default().as_nanos()).unwrap_or(u64::MAX);
    Some((metadata.len(), changed))
}

impl FoundRun {
    /// True if nobody has gone on with the run since it was found.
    pub(crate) fn is_as_found(&self) -> bool {
        journal_state(&self.path).unwrap_or_default() == (self.bytes, self.changed)
    }
}

/// All runs, newest first. A folder that does not exist has none; what is not a run is passed over.
pub fn list(runs: &Path) -> Result<Vec<ListedRun>, FolderError> {
    let mut listed = Vec::new();
    for (run, path) in named(runs)? {
        if let Some(began) = began(&path) {
            listed.push(ListedRun { run, path, began });
        }
    }
    listed.sort_by(|one, other| (other.began, &one.run).cmp(&(one.began, &other.run)));
    Ok(listed)
}

/// What has the name of a run in a folder of runs.
fn named(runs: &Path) -> Result<Vec<(RunId, PathBuf)>, FolderError> {
    let entries = match fs::read_dir(runs) {
        Ok(entries) => entries,
        Err(source) if source.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(FolderError::io("read", runs)(source)),
    };
    let mut named = Vec::new();
    for entry in entries {
        let entry = entry.map_err(FolderError::io("read", runs))?;
        let run = entry.file_name().into_string().ok().and_then(RunId::new);
        named.extend(run.map(|run| (run, entry.path())));
    }
    Ok(named)
}

/// The folder of the run that `word` means: `latest`, a name, the beginning of only one name, or
/// the path of a run folder.
pub fn find(runs: &Path, word: &str) -> Result<PathBuf, FolderError> {
    let all = list(runs)?;
    if let Some(exact) = all.iter().find(|one| one.run.as_str() == word) {
        return Ok(exact.path.clone());
    }
    let path = Path::new(word);
    if path.components().count() > 1 || names::journal(path).is_file() {
        return Ok(path.to_owned());
    }
    let no_such_run = || FolderError::NoSuchRun { path: runs.to_owned(), word: word.to_owned() };
    // A run without a journal has no beginning by which it could be listed.
    let named = RunId::new(word).map(|run| runs.join(run.as_str()));
    if let Some(lost) = named.filter(|path| lost(path).is_some()) {
        return Ok(lost);
    }
    if word == "latest" {
        return all.first().map(|newest| newest.path.clone()).ok_or_else(no_such_run);
    }
    let fits = |one: &&ListedRun| !word.is_empty() && one.run.as_str().starts_with(word);
    let fitting: Vec<_> = all.iter().filter(fits).collect();
    match fitting.as_slice() {
        [] => Err(no_such_run()),
        [only] => Ok(only.path.clone()),
        several => {
            let runs = several.iter().map(|one| format!("`{}`", one.run)).collect();
            Err(FolderError::Ambiguous { word: word.to_owned(), runs })
        }
    }
}

/// When the run in this folder began: the time of its first event, or if that cannot be read, of
/// the journal's last change. `None` if it is no run.
fn began(folder: &Path) -> Option<Duration> {
    let file = File::open(names::journal(folder)).ok()?;
    let changed = file.metadata().and_then(|metadata| metadata.modified());
    let changed = changed.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let mut line = Vec::new();
    BufReader::new(file.take(FIRST_LINE_BYTES)).read_until(b'\n', &mut line).ok()?;
    let first = recover::read(&line).ok().and_then(|readable| readable.events.into_iter().next());
    first.map(|event| event.at).or(changed)
}
