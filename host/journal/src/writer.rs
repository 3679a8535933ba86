//! What a run writes: events, texts beside them, and files; and what of it is on the disk already.
//!
//! Whatever the journal says exists, does, also when the power fails: files are synced before the line
//! that names them is, or together with it (`unkept.rs` tells what becomes of lines that were quicker), and
//! the names of the run's folder before anything that waits for its lines goes on.

use std::{
    collections::VecDeque,
    io::Write,
    mem,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use pentimento_model::{Artifact, ArtifactId, RunEvent, TimedEvent};

use crate::{
    Durability, FolderError,
    artifacts::{Artifacts, Lent, sync_folder},
    durability::{When, costs_nothing},
    log::Log,
    names,
    soon::{MOMENT, Settle},
    texts::{Texts, named_by},
    together::together,
};

/// The writing end of a run folder.
#[derive(Debug)]
pub(crate) struct Writer<W> {
    folder: PathBuf,
    log: Log<W>,
    artifacts: Artifacts,
    durability: Durability,
    /// Nobody sees an event before the run has gone on.
    is_unseen: bool,
    /// What stands in the journal.
    texts: Texts,
    /// What the next events may bring.
    coming: Texts,
    /// Files that were written and not synced yet.
    lent: VecDeque<Lent>,
    /// How many files before those were.
    n_given_back: u64,
    /// The folder is known to be found after a power failure, with its journal.
    is_named: bool,
    /// Somebody is to sync this in a moment.
    is_awaited: bool,
    /// Since when something is to be on the disk soon and is not.
    owed: Option<Instant>,
    /// Why that could not be done.
    late: Option<FolderError>,
}

impl<W: Write> Writer<W> {
    /// One that goes on after what these texts stand in, with this log.
    pub(crate) fn new(folder: &Path, log: Log<W>, texts: Texts) -> Self {
        Self {
            folder: folder.to_owned(),
            log,
            artifacts: Artifacts::of(folder),
            durability: Durability::Always,
            is_unseen: false,
            texts,
            coming: Texts::default(),
            lent: VecDeque::new(),
            n_given_back: 0,
            is_named: false,
            is_awaited: false,
            owed: None,
            late: None,
        }
    }

    /// Goes by another policy from here on.
    pub(crate) const fn set(&mut self, durability: Durability) {
        self.durability = durability;
    }

    /// Nobody is shown what is written from here on, before something leaves the program.
    pub(crate) const fn go_unseen(&mut self) {
        self.is_unseen = true;
    }

    /// Appends an event, and makes everything up to it durable if the policy says so. True if somebody
    /// is to do so soon who has not been told yet.
    #[cfg(test)]
    pub(crate) fn append(&mut self, event: &TimedEvent) -> Result<bool, FolderError> {
        let next = self.write(event)?;
        if next == Next::Sync {
            self.sync()?;
        }
        Ok(next == Next::TellSomebody)
    }

    /// Appends an event, and says what is left to be done.
    pub(crate) fn write(&mut self, event: &TimedEvent) -> Result<Next, FolderError> {
        if let Some(error) = self.late.take() {
            return Err(error);
        }
        let when = self.durability.when(&event.event);
        self.file_attached(&event.event)?;
        // A run that cannot be told, or is done, is not gone on with: nothing would be mended there.
        if matches!(event.event, RunEvent::RunStarted { .. } | RunEvent::RunFinished { .. }) {
            self.sync_files()?;
        }
        let text = named_by(&event.event).and_then(|id| self.coming.take(id));
        let words = text.as_ref().and_then(|text| std::str::from_utf8(&text.bytes).ok());
        let waits = self.is_unseen && when != When::Now && costs_nothing(&event.event);
        self.log.append(event, words, waits)?;
        if let Some(text) = text {
            self.texts.keep(text);
        }
        if when == When::Soon {
            self.owed.get_or_insert_with(Instant::now);
        }
        if (when == When::Soon || waits) && !self.is_awaited {
            self.is_awaited = true;
            return Ok(Next::TellSomebody);
        }
        Ok(if when == When::Now { Next::Sync } else { Next::GoOn })
    }

    /// How much was written.
    pub(crate) fn extent(&self) -> Extent {
        Extent { lines: self.log.length(), files: self.n_given_back + self.lent.len() as u64 }
    }

    /// So much has become durable, though not by a sync from here.
    pub(crate) fn landed(&mut self, extent: Extent) {
        self.log.landed(extent.lines);
        while self.n_given_back < extent.files && self.lent.pop_front().is_some() {
            self.n_given_back += 1;
        }
        self.is_named = true;
        if !self.log.is_ahead() {
            self.owed = None;
        }
    }

    /// The texts that stand in the journal.
    pub(crate) fn texts(&mut self) -> Texts {
        mem::take(&mut self.texts)
    }

    /// Takes an artifact that one of the next events names.
    pub(crate) fn store(&mut self, artifact: &Artifact) -> Result<(), FolderError> {
        if !Texts::may_hold(artifact) {
            return self.file(artifact);
        }
        if self.texts.get(artifact.id).is_none() {
            self.coming.keep(artifact.clone());
        }
        Ok(())
    }

    /// Reads an artifact back.
    pub(crate) fn load(&self, id: ArtifactId) -> Result<Artifact, FolderError> {
        match self.texts.get(id).or_else(|| self.coming.get(id)) {
            Some(text) => Ok(text.clone()),
            None => self.artifacts.load(id),
        }
    }

    /// Makes everything durable that was written.
    pub(crate) fn sync(&mut self) -> Result<(), FolderError> {
        self.sync_files()?;
        self.log.sync()?;
        self.owed = None;
        if !self.is_named {
            self.sync_names()?;
        }
        Ok(())
    }

    /// The names in the run's folder, and its own.
    fn sync_names(&mut self) -> Result<(), FolderError> {
        sync_folder(&self.folder)?;
        let runs = names::runs(&self.folder);
        together(runs, || sync_folder(runs))?;
        self.is_named = true;
        Ok(())
    }

    fn sync_files(&mut self) -> Result<(), FolderError> {
        while let Some(lent) = self.lent.front() {
            self.artifacts.sync(lent)?;
            self.lent.pop_front();
            self.n_given_back += 1;
        }
        Ok(())
    }

    /// What a run begins with is named by its first event, and stands in files.
    fn file_attached(&mut self, event: &RunEvent) -> Result<(), FolderError> {
        let RunEvent::RunStarted { attached, .. } = event else { return Ok(()) };
        let texts: Vec<_> = attached.iter().filter_map(|id| self.coming.take(*id)).collect();
        texts.iter().try_for_each(|text| self.file(text))
    }

    fn file(&mut self, artifact: &Artifact) -> Result<(), FolderError> {
        match self.durability {
            Durability::Always => self.artifacts.store(artifact),
            Durability::Stage => {
                self.lent.extend(self.artifacts.lend(artifact)?);
                Ok(())
            }
            Durability::Never => self.artifacts.lend(artifact).map(drop),
        }
    }
}

/// How much of a run was written: lines of its journal, and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    lines: u64,
    files: u64,
}

impl Extent {
    /// True if no more than a first event was tried.
    pub(crate) const fn is_bare(self) -> bool {
        self.lines <= 1
    }
}

/// What is left to be done when an event was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing.
    GoOn,
    /// Somebody is to sync it soon, and must be told.
    TellSomebody,
    /// It must be durable before anyone acts on it.
    Sync,
}

impl<W: Write + Send> Settle for Writer<W> {
    fn settle(&mut self) -> Option<Duration> {
        let age = self.owed.map(|since| since.elapsed());
        let again = age.and_then(|age| MOMENT.checked_sub(age)).filter(|_| self.is_awaited);
        if again.is_some() {
            return again;
        }
        self.is_awaited = false;
        if self.log.is_ahead() {
            let done = if age.is_some() { self.sync() } else { self.log.write() };
            self.late = done.err();
        }
        None
    }

    fn finish(&mut self) {
        if self.log.is_ahead() {
            let is_synced = self.durability != Durability::Never;
            self.late = if is_synced { self.sync() } else { self.log.write() }.err();
        }
    }
}
