//! Appends lines to the journal.
//!
//! After a write that failed, the end of the file is unknown, so nothing more is appended: what
//! was written halfway is cut off when the run is opened again.

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
};

use pentimento_model::TimedEvent;

use crate::{FolderError, crowd::syncing, line};

/// A file whose `flush` returns when the bytes are on the disk.
#[derive(Debug)]
pub(crate) struct Durable(pub File);

impl Write for Durable {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        syncing(|| self.0.sync_data())
    }
}

/// The writing end of a journal.
#[derive(Debug)]
pub(crate) struct Log<W> {
    file: W,
    path: PathBuf,
    next: u64,
    /// Something was written since the last sync.
    is_ahead: bool,
    failed: bool,
}

impl<W: Write> Log<W> {
    /// A log that goes on after `n_lines` whole lines. Those may have been written and not synced by a
    /// program that was killed.
    pub(crate) const fn new(file: W, path: PathBuf, n_lines: u64) -> Self {
        Self { file, path, next: n_lines, is_ahead: n_lines > 0, failed: false }
    }

    /// Appends one more event, with the text that it names if that is to stand beside it.
    pub(crate) fn append(
        &mut self,
        event: &TimedEvent,
        text: Option<&str>,
    ) -> Result<(), FolderError> {
        self.check()?;
        let record = pentimento_record::entry_to_json(event, text).map_err(FolderError::Record)?;
        let line = line::seal(self.next, &record);
        self.is_ahead = true;
        let written = self.file.write_all(line.as_bytes());
        self.done("append to", written)?;
        self.next += 1;
        Ok(())
    }

    /// Makes everything that was appended durable.
    pub(crate) fn sync(&mut self) -> Result<(), FolderError> {
        self.check()?;
        if self.is_ahead {
            let synced = self.file.flush();
            self.done("sync", synced)?;
            self.is_ahead = false;
        }
        Ok(())
    }

    /// How many lines were appended.
    pub(crate) const fn length(&self) -> u64 {
        self.next
    }

    /// The first so many lines have become durable without a sync of this file.
    pub(crate) const fn landed(&mut self, n_lines: u64) {
        if self.next == n_lines {
            self.is_ahead = false;
        }
    }

    /// True if something was appended that may not be on the disk yet.
    pub(crate) const fn is_ahead(&self) -> bool {
        self.is_ahead && !self.failed
    }

    fn check(&self) -> Result<(), FolderError> {
        if self.failed { Err(FolderError::Closed { path: self.path.clone() }) } else { Ok(()) }
    }

    fn done(&mut self, action: &'static str, result: io::Result<()>) -> Result<(), FolderError> {
        result.map_err(|source| {
            self.failed = true;
            FolderError::io(action, &self.path)(source)
        })
    }
}
