//! A run folder opened for writing: the engine's memory on disk.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    mem,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
};

use pentimento_engine::{
    KeepError,
    ports::{Keep, Landing},
};
use pentimento_model::{Artifact, ArtifactId, RunEvent, RunId, TimedEvent};
use tokio::sync::oneshot::Receiver;

use crate::{
    Durability, FolderError, Owner, Torn,
    beginning::{self, Beginning},
    check,
    durability::waiting,
    lock::Lock,
    log::{Durable, Log},
    names,
    past_run::{PastRun, journal_in, read_journal, refuse_newer},
    recover::Readable,
    soon::{Settle, settle_soon},
    syncfs::{volume_of, volume_of_new},
    volume::{Seat, Volume},
    writer::{Extent, Next, Writer},
};

/// The one writer of a run folder.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    /// What the journal held when it was opened.
    past: Vec<TimedEvent>,
    /// What was written since, if somebody wants to know in the end.
    since: Option<Mutex<Vec<TimedEvent>>>,
    torn: Option<Torn>,
    writer: Arc<Mutex<Writer<Durable>>>,
    /// The file system, if one commit of it may be waited for together.
    volume: Option<Arc<Volume>>,
    lock: Mutex<Lock>,
    /// A writer that had died without giving its lock back.
    stale: Option<Owner>,
    /// It was made here.
    is_new: bool,
}

impl RunFolder {
    /// Makes the folder of a new run inside the folder of runs. One that a program left behind
    /// when it was killed in the middle of this is taken over; one that has lost its journal is not. If no
    /// event can be written to it, it is gone with its writer.
    pub fn create(runs: &Path, run: &RunId) -> Result<Self, FolderError> {
        let path = runs.join(run.as_str());
        let made = match fs::create_dir(&path) {
            Err(source) if is_no_folder(&source) => {
                fs::create_dir_all(runs).map_err(FolderError::io("create", runs))?;
                fs::create_dir(&path)
            }
            made => made,
        };
        let was_made = match made {
            Ok(()) => true,
            Err(source) if source.kind() == ErrorKind::AlreadyExists => {
                take_over(beginning::look(&path), &path)?;
                false
            }
            Err(source) => return Err(FolderError::io("create", &path)(source)),
        };
        // Someone else may have been quicker, and is making it.
        let lock = Lock::take(&path)?;
        let journal = names::journal(&path);
        let file = match File::create_new(&journal) {
            Err(source) if source.kind() == ErrorKind::AlreadyExists => {
                take_over(beginning::look_past(&path, lock.traces), &path)?;
                File::create(&journal)
            }
            file => file,
        };
        let file = file.map_err(FolderError::io("create", &journal))?;
        let volume = if was_made { volume_of_new(&path, &file) } else { volume_of(&path, &file) };
        let mut folder = Self::over(path, Readable::default(), (file, volume), lock);
        folder.is_new = true;
        Ok(folder)
    }

    /// Opens a run's folder to go on with it. What did not reach the disk whole is cut off.
    pub fn resume(folder: &Path) -> Result<Self, FolderError> {
        // Looked at first, so that no lock file is left in a folder that is none of ours.
        let journal = journal_in(folder)?;
        if let Some(error) = beginning::lost(folder) {
            return Err(error);
        }
        let lock = Lock::take(folder)?;
        let readable = read_journal(folder)?;
        refuse_newer(folder, readable.newer)?;
        let open = OpenOptions::new().append(true).open(&journal);
        let file = open.map_err(FolderError::io("open", &journal))?;
        if readable.torn.is_some() {
            let cut = file.set_len(readable.whole_bytes).and_then(|()| file.sync_all());
            cut.map_err(FolderError::io("cut the torn end off", &journal))?;
        }
        let volume = volume_of(folder, &file);
        Ok(Self::over(folder.to_owned(), readable, (file, volume), lock))
    }

    fn over(
        path: PathBuf,
        readable: Readable,
        (file, volume): (File, Option<Arc<Volume>>),
        lock: Lock,
    ) -> Self {
        let Readable { events: past, texts, torn, .. } = readable;
        let log = Log::new(Durable(file), names::journal(&path), past.len() as u64);
        let writer = Arc::new(Mutex::new(Writer::new(&path, log, texts)));
        let (stale, lock) = (lock.stale.clone(), Mutex::new(lock));
        Self { path, past, since: None, torn, writer, volume, lock, stale, is_new: false }
    }

    /// The same with another policy.
    #[must_use]
    pub fn with(self, durability: Durability) -> Self {
        self.writer().set(durability);
        self
    }

    /// The same, which can say in the end what its journal holds without reading it.
    #[must_use]
    pub fn with_memory(mut self) -> Self {
        self.since = Some(Mutex::default());
        self
    }

    /// The same for a run that nobody watches: what it comes to again for nothing, should this program
    /// die, is written with what it does not.
    #[must_use]
    pub fn unseen(self) -> Self {
        self.writer().go_unseen();
        self
    }

    /// Ends the writing, and says what the journal holds now.
    pub fn end(mut self) -> Result<PastRun, FolderError> {
        let Some(since) = self.since.take() else {
            let path = self.path.clone();
            drop(self);
            return PastRun::read(&path);
        };
        let mut events = mem::take(&mut self.past);
        events.extend(since.into_inner().unwrap_or_else(PoisonError::into_inner));
        let texts = self.writer().texts();
        let whole = Readable { events, texts, ..Readable::default() };
        Ok(PastRun::of(&self.path, whole))
    }

    /// The writer. Whoever has it may be waiting for the disk.
    fn writer(&self) -> MutexGuard<'_, Writer<Durable>> {
        // Writing cannot panic, so a poisoned lock still guards a whole journal.
        match self.writer.try_lock() {
            Ok(writer) => writer,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                waiting(|| self.writer.lock().unwrap_or_else(PoisonError::into_inner))
            }
        }
    }

    /// Writes an event. What is left to be done, and how much there is now.
    fn write(&self, event: &TimedEvent) -> Result<(Next, Extent), KeepError> {
        let written = {
            let mut writer = self.writer();
            (writer.write(event)?, writer.extent())
        };
        if matches!(event.event, RunEvent::CallBegun { .. }) {
            self.lock.lock().unwrap_or_else(PoisonError::into_inner).note_call();
        }
        if let Some(since) = &self.since {
            since.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone());
        }
        Ok(written)
    }

    /// Waits until so much has become durable together with what others wrote, or makes it so.
    async fn land(
        &self,
        volume: &Arc<Volume>,
        seat: Receiver<()>,
        extent: Extent,
    ) -> Result<(), KeepError> {
        if seat.await.is_ok() {
            self.writer().landed(extent);
            return Ok(());
        }
        let _alone = volume.alone();
        Ok(self.writer().sync()?)
    }

    /// The same on another file system.
    #[cfg(test)]
    pub(crate) fn on(mut self, volume: Arc<Volume>) -> Self {
        self.volume = Some(volume);
        self
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

    /// Artifacts whose record is lost: no event names them, and no call that was interrupted explains
    /// them. What they cost may be paid again.
    pub fn n_unexplained(&self) -> usize {
        check::unexplained(&self.path, &self.past)
    }

    /// A writer that had died without giving its lock back.
    pub const fn stale_owner(&self) -> Option<&Owner> {
        self.stale.as_ref()
    }
}

/// True if what is in the way of a new folder is that there is none around it.
fn is_no_folder(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Refuses what is not only half made.
fn take_over(beginning: Beginning, path: &Path) -> Result<(), FolderError> {
    match beginning {
        Beginning::HalfMade => Ok(()),
        Beginning::There => Err(FolderError::Exists { path: path.to_owned() }),
        Beginning::Lost(error) => Err(error),
    }
}

impl Keep for RunFolder {
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.past.get(position).cloned()
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        match self.write(event)? {
            (Next::GoOn, _) => {}
            (Next::TellSomebody, _) => settle_soon(&self.writer),
            (Next::Sync, _) => self.writer().sync()?,
        }
        Ok(())
    }

    fn hand_over(&self, event: &TimedEvent) -> Result<Option<Landing<'_>>, KeepError> {
        let (next, extent) = self.write(event)?;
        match next {
            Next::GoOn => return Ok(None),
            Next::TellSomebody => {
                settle_soon(&self.writer);
                return Ok(None);
            }
            Next::Sync => {}
        }
        let alone = match self.volume.as_ref().map(|volume| (volume, volume.seat())) {
            Some((volume, Seat::Together(seat))) => {
                return Ok(Some(Box::pin(self.land(volume, seat, extent))));
            }
            Some((_, Seat::Alone(alone))) => Some(alone),
            None => None,
        };
        self.writer().sync()?;
        // Counted as long as that takes.
        drop(alone);
        Ok(None)
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        Ok(self.writer().store(artifact)?)
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        Ok(self.writer().load(id)?)
    }
}

impl Drop for RunFolder {
    /// A run that ends early leaves nothing behind that is not on the disk; one that could not even begin
    /// leaves nothing.
    fn drop(&mut self) {
        self.writer().finish();
        let is_bare = self.is_new && self.writer().extent().is_bare();
        if is_bare && beginning::has_no_event(&names::journal(&self.path)) {
            // What cannot be removed is taken over by the next.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
