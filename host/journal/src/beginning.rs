//! What there is of a run's beginning: nothing yet, a first event, or traces of one whose journal was
//! lost.
//!
//! A folder that was made and not begun is taken over by whoever makes the run. One in which something
//! was made, or asked of somebody, and whose journal says nothing of it, is not: what it holds may have
//! been paid for.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    FolderError,
    artifacts::read_bounded,
    check,
    limits::FIRST_LINE_BYTES,
    lock::{self, Traces},
    names,
};

/// What there is of a run's beginning.
#[derive(Debug)]
pub(crate) enum Beginning {
    /// Nothing but what there is before a first event.
    HalfMade,
    /// The first line of a journal; or it is somebody's own folder.
    There,
    /// The run did something, and its journal is gone, empty, or without a whole line.
    Lost(FolderError),
}

/// Looks at a run's folder.
pub(crate) fn look(folder: &Path) -> Beginning {
    look_past(folder, lock::traces(folder))
}

/// The same where the lock was taken meanwhile, and these traces were in it.
pub(crate) fn look_past(folder: &Path, traces: Traces) -> Beginning {
    let (lock, artifacts) = (names::lock(folder), names::artifacts(folder));
    let journal = names::journal(folder);
    let Some(entries) = entries(folder) else { return Beginning::There };
    if entries.contains(&journal) && !has_no_event(&journal) {
        return Beginning::There;
    }
    let made = entries.contains(&artifacts).then(|| self::entries(&artifacts)).flatten();
    let is_used = traces == Traces::Of || made.is_some_and(|inside| !inside.is_empty());
    let ours = [&lock, &artifacts, &journal];
    let is_bare = entries.iter().all(|entry| ours.contains(&entry));
    if is_bare && !is_used {
        return Beginning::HalfMade;
    }
    // Neither a journal nor a lock nor artifacts: nobody says that it is a run.
    if !is_used && !entries.contains(&lock) && !entries.contains(&journal) {
        return Beginning::There;
    }
    let bytes = fs::metadata(&journal).ok().map(|metadata| metadata.len());
    let artifacts = check::stored(folder).map_or(0, |ids| ids.len());
    Beginning::Lost(FolderError::Lost { path: folder.to_owned(), bytes, artifacts })
}

/// Why nothing can be told of the run in this folder, if it has lost its journal.
pub fn lost(folder: &Path) -> Option<FolderError> {
    match look(folder) {
        Beginning::Lost(error) => Some(error),
        Beginning::HalfMade | Beginning::There => None,
    }
}

/// What is in a folder; `None` if it is none.
fn entries(folder: &Path) -> Option<Vec<PathBuf>> {
    fs::read_dir(folder).ok()?.map(|entry| Some(entry.ok()?.path())).collect()
}

/// True if not even the first line of a journal was written to its end.
pub(crate) fn has_no_event(journal: &Path) -> bool {
    let beginning = read_bounded(journal, FIRST_LINE_BYTES);
    beginning.is_ok_and(|bytes| bytes.is_some_and(|bytes| !bytes.contains(&b'\n')))
}
