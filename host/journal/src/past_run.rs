//! A run folder opened for reading: no lock, no change, also while somebody writes.

use std::path::{Path, PathBuf};

use pentimento_model::{Artifact, ArtifactId, MediaType, TimedEvent};
use pentimento_record::RecordError;

use crate::{
    FolderError, LineFault, Torn,
    artifacts::{Artifacts, read_bounded},
    beginning,
    limits::MOST_JOURNAL_BYTES,
    names,
    recover::{self, Readable},
    texts::Texts,
    unkept,
};

/// What a run did so far.
#[derive(Debug)]
pub struct PastRun {
    /// Its folder.
    pub path: PathBuf,
    /// All events that were written to their end.
    pub events: Vec<TimedEvent>,
    /// The beginning of one more, if the writer died (or is still) writing it.
    pub torn: Option<Torn>,
    /// The number of the format, if a newer program wrote it: what it says is told as far as this
    /// one makes sense of it, and nothing can be gone on with.
    pub newer: Option<u32>,
    /// The texts that stand in the journal.
    texts: Texts,
}

impl PastRun {
    /// Reads a run folder's journal.
    pub fn read(folder: &Path) -> Result<Self, FolderError> {
        Ok(Self::of(folder, read_journal(folder)?))
    }

    /// The run of a folder whose journal was read.
    pub(crate) fn of(folder: &Path, readable: Readable) -> Self {
        let Readable { events, texts, torn, newer, .. } = readable;
        Self { path: folder.to_owned(), events, torn, newer, texts }
    }

    /// Refuses to go on from what a newer program wrote.
    pub fn refuse_newer(&self) -> Result<(), FolderError> {
        refuse_newer(&self.path, self.newer)
    }

    /// Reads an artifact and checks it.
    pub fn load(&self, id: ArtifactId) -> Result<Artifact, FolderError> {
        match self.texts.get(id) {
            Some(text) => Ok(text.clone()),
            None => Artifacts::of(&self.path).load(id),
        }
    }

    /// Where an artifact's file is, for people who want to open it; `None` if there is none, as of a
    /// text that stands in the journal. What is in it is not looked at.
    pub fn file_of(&self, id: ArtifactId) -> Option<PathBuf> {
        if self.is_in_journal(id) {
            return None;
        }
        let mut places = MediaType::ALL.into_iter().flat_map(|media_type| {
            [names::artifact, names::shelved].map(|place| place(&self.path, id, media_type))
        });
        places.find(|file| file.is_file())
    }

    /// True if an artifact stands in the journal.
    pub(crate) fn is_in_journal(&self, id: ArtifactId) -> bool {
        self.texts.get(id).is_some()
    }
}

/// The journal of a run folder, made sense of.
pub(crate) fn read_journal(folder: &Path) -> Result<Readable, FolderError> {
    read_kept(folder).map(|(_, readable)| readable)
}

/// The same with its bytes.
pub(crate) fn read_kept(folder: &Path) -> Result<(Vec<u8>, Readable), FolderError> {
    let (bytes, readable) = read_bytes(folder)?;
    let readable = unkept::left_out(folder, &bytes, readable);
    Ok((bytes, readable))
}

/// The same where its pictures may be still to come.
pub(crate) fn read_bytes(folder: &Path) -> Result<(Vec<u8>, Readable), FolderError> {
    let path = journal_in(folder)?;
    let not_a_run = || FolderError::NotARun { path: folder.to_owned() };
    let bytes = read_bounded(&path, MOST_JOURNAL_BYTES)?.ok_or_else(not_a_run)?;
    match recover::read(&bytes) {
        Ok(readable) => Ok((bytes, readable)),
        Err((_, LineFault::Record(RecordError::FromTheFuture { found, known }))) => {
            Err(FolderError::Newer { path, found, known })
        }
        Err((line, source)) => Err(FolderError::Damaged { path, line, source }),
    }
}

/// The journal's file, if there is one.
pub(crate) fn journal_in(folder: &Path) -> Result<PathBuf, FolderError> {
    if !folder.exists() {
        return Err(FolderError::Missing { path: folder.to_owned() });
    }
    let path = names::journal(folder);
    if path.is_file() {
        return Ok(path);
    }
    Err(beginning::lost(folder).unwrap_or_else(|| FolderError::NotARun { path: folder.to_owned() }))
}

/// The error for a journal that a newer program wrote.
pub(crate) fn refuse_newer(folder: &Path, newer: Option<u32>) -> Result<(), FolderError> {
    let known = pentimento_record::FORMAT;
    newer.map_or(Ok(()), |found| {
        Err(FolderError::Newer { path: names::journal(folder), found, known })
    })
}
