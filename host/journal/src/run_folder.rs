//! A run folder opened for writing: the engine's memory on disk.

use std::{
    fs::{self, File, OpenOptions},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use pentimento_engine::{KeepError, ports::Keep};
use pentimento_model::{Artifact, ArtifactId, RunId, TimedEvent};

use crate::{
    Durability, FolderError, Owner, Torn,
    artifacts::{Artifacts, read_bounded, sync_folder},
    limits::FIRST_LINE_BYTES,
    lock::Lock,
    log::{Durable, Log},
    names,
    past_run::{journal_in, read_journal, refuse_newer},
    recover::Readable,
};

/// The one writer of a run folder.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    /// What the journal held when it was opened.
    past: Vec<TimedEvent>,
    torn: Option<Torn>,
    log: Mutex<Log<Durable>>,
    artifacts: Artifacts,
    durability: Durability,
    /// Artifacts that were written and not synced yet.
    unsynced: Mutex<Vec<PathBuf>>,
    lock: Lock,
}

impl RunFolder {
    /// Makes the folder of a new run inside the folder of runs. One that a program left behind
    /// when it was killed in the middle of this, or could not write a first event, is taken over.
    pub fn create(runs: &Path, run: &RunId) -> Result<Self, FolderError> {
        fs::create_dir_all(runs).map_err(FolderError::io("create", runs))?;
        let path = runs.join(run.as_str());
        match fs::create_dir(&path) {
            Ok(()) => {}
            Err(source) if source.kind() == ErrorKind::AlreadyExists => {
                if !is_half_made(&path) {
                    return Err(FolderError::Exists { path });
                }
            }
            Err(source) => return Err(FolderError::io("create", &path)(source)),
        }
        let lock = match Lock::take(&path) {
            // Someone else was quicker: is making it, or has made it since we looked.
            Err(FolderError::Locked { .. }) => return Err(FolderError::Exists { path }),
            Ok(_) if !is_half_made(&path) => return Err(FolderError::Exists { path }),
            lock => lock?,
        };
        let artifacts = names::artifacts(&path);
        fs::create_dir_all(&artifacts).map_err(FolderError::io("create", &artifacts))?;
        let journal = names::journal(&path);
        let file = File::create(&journal).map_err(FolderError::io("create", &journal))?;
        sync_folder(&path)?;
        sync_folder(runs)?;
        Ok(Self::over(path, Vec::new(), None, file, lock))
    }

    /// Opens a run's folder to go on with it. A torn last line is cut off.
    pub fn resume(folder: &Path) -> Result<Self, FolderError> {
        // Looked at first, so that no lock file is left in a folder that is none of ours.
        let journal = journal_in(folder)?;
        let lock = Lock::take(folder)?;
        let Readable { events, whole_bytes, torn, newer } = read_journal(folder)?;
        refuse_newer(folder, newer)?;
        let open = OpenOptions::new().append(true).open(&journal);
        let file = open.map_err(FolderError::io("open", &journal))?;
        if torn.is_some() {
            let cut = file.set_len(whole_bytes).and_then(|()| file.sync_all());
            cut.map_err(FolderError::io("cut the torn end off", &journal))?;
        }
        Ok(Self::over(folder.to_owned(), events, torn, file, lock))
    }

    fn over(
        path: PathBuf,
        past: Vec<TimedEvent>,
        torn: Option<Torn>,
        file: File,
        lock: Lock,
    ) -> Self {
        let log = Log::new(Durable(file), names::journal(&path), past.len() as u64);
        let artifacts = Artifacts::of(&path);
        let (log, unsynced) = (Mutex::new(log), Mutex::default());
        let durability = Durability::Always;
        Self { path, past, torn, log, artifacts, durability, unsynced, lock }
    }

    /// The same with another policy.
    #[must_use]
    pub fn with(self, durability: Durability) -> Self {
        let log = self.log.into_inner().unwrap_or_else(PoisonError::into_inner);
        Self { log: Mutex::new(log.with(durability)), durability, ..self }
    }

    /// Makes the artifacts durable that are not yet.
    fn sync_artifacts(&self) -> Result<(), FolderError> {
        let mut unsynced = self.unsynced.lock().unwrap_or_else(PoisonError::into_inner);
        for path in unsynced.iter() {
            self.artifacts.sync(path)?;
        }
        unsynced.clear();
        Ok(())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the journal held when it was opened.
    pub fn past(&self) -> &[TimedEvent] {
        &self.past
    }

    /// What was cut off when it was opened: the beginning of an event nobody had seen yet.
    pub const fn torn(&self) -> Option<Torn> {
        self.torn
    }

    /// A writer that had died without giving its lock back.
    pub const fn stale_owner(&self) -> Option<&Owner> {
        self.lock.stale.as_ref()
    }
}

/// True if a folder holds nothing but what there is before a first event.
fn is_half_made(path: &Path) -> bool {
    let (lock, artifacts) = (names::lock(path), names::artifacts(path));
    let journal = names::journal(path);
    let names = |path: &Path| -> Option<Vec<PathBuf>> {
        fs::read_dir(path).ok()?.map(|entry| Some(entry.ok()?.path())).collect()
    };
    let bare = |entry: &PathBuf| {
        *entry == lock
            || *entry == artifacts && names(entry).is_some_and(|inside| inside.is_empty())
            || *entry == journal && has_no_event(entry)
    };
    names(path).is_some_and(|entries| entries.iter().all(bare))
}

/// True if not even the first line of a journal was written to its end.
fn has_no_event(journal: &Path) -> bool {
    let beginning = read_bounded(journal, FIRST_LINE_BYTES);
    beginning.is_ok_and(|bytes| bytes.is_some_and(|bytes| !bytes.contains(&b'\n')))
}

impl Keep for RunFolder {
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.past.get(position).cloned()
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        if self.durability.is_due(&event.event) {
            self.sync_artifacts()?;
        }
        // Appending cannot panic, so a poisoned lock still guards a whole log.
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(log.append(event)?)
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        match self.durability {
            Durability::Always => self.artifacts.store(artifact)?,
            Durability::Stage => {
                let written = self.artifacts.lend(artifact)?;
                let mut unsynced = self.unsynced.lock().unwrap_or_else(PoisonError::into_inner);
                unsynced.extend(written);
            }
            Durability::Never => drop(self.artifacts.lend(artifact)?),
        }
        Ok(())
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        Ok(self.artifacts.load(id)?)
    }
}
