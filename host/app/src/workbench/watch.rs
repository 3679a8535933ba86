//! Waits until something of a plugin's project has changed on disk.
//!
//! What the change means is told by building: see `live.rs`.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::{
    WorkbenchError,
    project::{Language, NOT_SOURCES},
};
use crate::trial::CASES;

/// No change for so long means that the editor, or the checkout, is done.
const QUIET: Duration = Duration::from_millis(200);

/// An eye on a project's folder.
pub struct Watch {
    /// Absolute, without symbolic links: as the operating system names what changed.
    root: PathBuf,
    changes: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Watch").field("root", &self.root).finish_non_exhaustive()
    }
}

impl Watch {
    /// Watches a project's folder, with what lies below it.
    pub fn over(folder: &Path) -> Result<Self, WorkbenchError> {
        if !folder.is_dir() {
            return Err(WorkbenchError::NoFolder { path: folder.to_owned() });
        }
        let failed = |source| WorkbenchError::Watch { path: folder.to_owned(), source };
        let root = folder.canonicalize().map_err(|source| failed(source.into()))?;
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(failed)?;
        Ok(Self { root, changes, _watcher: watcher })
    }

    /// Returns after a change, as soon as nothing more changes.
    pub fn wait(&self) -> Result<(), WorkbenchError> {
        let mut seen = false;
        loop {
            let change = if seen {
                match self.changes.recv_timeout(QUIET) {
                    Ok(change) => change,
                    Err(RecvTimeoutError::Timeout) => return Ok(()),
                    Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
                }
            } else {
                self.changes.recv().map_err(|_| self.ended())?
            };
            // Whoever could not be told of all changes looks again.
            seen |= change.map_or(true, |event| self.concerns(&event));
        }
    }

    fn ended(&self) -> WorkbenchError {
        let source = notify::Error::generic("the operating system tells of no more changes");
        WorkbenchError::Watch { path: self.root.clone(), source }
    }

    fn concerns(&self, event: &Event) -> bool {
        // Reading is no change: building and trying read everything.
        !event.kind.is_access()
            && (event.need_rescan() || event.paths.iter().any(|path| self.is_source(path)))
    }

    /// True for what a build or a trial depends on, and nothing that a build itself writes.
    fn is_source(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.root) else { return true };
        let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
        if inside.iter().any(hidden) {
            return false;
        }
        let product = |name: &OsStr| {
            name != CASES && NOT_SOURCES.iter().any(|product| name == OsStr::new(product))
        };
        // Where nothing says how to build, the component itself is what its author changes.
        !inside.iter().any(product)
            || (Language::of(&self.root).is_none()
                && inside.extension() == Some(OsStr::new("wasm")))
    }
}
