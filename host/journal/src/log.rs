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

/// Bytes for the next lines that are kept between them, as many as most have.
const KEPT_BYTES: usize = 4096;

/// The writing end of a journal.
#[derive(Debug)]
pub(crate) struct Log<W> {
    file: W,
    path: PathBuf,
    next: u64,
    /// Whole lines that are to be written with the next.
    held: Vec<u8>,
    /// Something was written, or is held, since the last sync.
    is_ahead: bool,
    failed: bool,
}

impl<W: Write> Log<W> {
    /// A log that goes on after `n_lines` whole lines. Those may have been written and not synced by a
    /// program that was killed.
    pub(crate) const fn new(file: W, path: PathBuf, n_lines: u64) -> Self {
        Self { file, path, next: n_lines, held: Vec::new(), is_ahead: n_lines > 0, failed: false }
    }

    /// Appends one more event, with the text that it names if that is to stand beside it. If it `waits`, it
    /// is written with the next that does not.
    pub(crate) fn append(
        &mut self,
        event: &TimedEvent,
        text: Option<&str>,
        waits: bool,
    ) -> Result<(), FolderError> {
        self.check()?;
        let record = |line: &mut Vec<u8>| pentimento_record::write_entry(event, text, line);
        line::seal(self.next, record, &mut self.held).map_err(FolderError::Record)?;
        self.is_ahead = true;
        self.next += 1;
        if waits { Ok(()) } else { self.write() }
    }

    /// Writes what is held.
    pub(crate) fn write(&mut self) -> Result<(), FolderError> {
        self.check()?;
        if self.held.is_empty() {
            return Ok(());
        }
        let written = self.file.write_all(&self.held);
        self.held.clear();
        // Thousands of runs have such a place.
        self.held.shrink_to(KEPT_BYTES);
        self.done("append to", written)
    }

    /// Makes everything that was appended durable.
    pub(crate) fn sync(&mut self) -> Result<(), FolderError> {
        self.write()?;
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
        if self.next == n_lines && self.held.is_empty() {
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
