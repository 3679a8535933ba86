//! Appends lines to the journal and makes each durable.
//!
//! After a write that failed, the end of the file is unknown, so nothing more is appended: what
//! was written halfway is cut off when the run is opened again.

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
};

use pentimento_model::TimedEvent;

use crate::{Durability, FolderError, durability, line};

/// A file whose `flush` returns when the bytes are on the disk.
#[derive(Debug)]
pub(crate) struct Durable(pub File);

impl Write for Durable {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        durability::waiting(|| self.0.sync_data())
    }
}

/// The writing end of a journal.
#[derive(Debug)]
pub(crate) struct Log<W> {
    file: W,
    path: PathBuf,
    durability: Durability,
    next: u64,
    failed: bool,
}

impl<W: Write> Log<W> {
    /// A log that goes on after `n_lines` whole lines.
    pub(crate) const fn new(file: W, path: PathBuf, n_lines: u64) -> Self {
        Self { file, path, durability: Durability::Always, next: n_lines, failed: false }
    }

    /// The same with another policy.
    pub(crate) const fn with(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// Appends one more event, and makes everything up to it durable if the policy says so.
    pub(crate) fn append(&mut self, event: &TimedEvent) -> Result<(), FolderError> {
        if self.failed {
            return Err(FolderError::Closed { path: self.path.clone() });
        }
        let record = pentimento_record::event_to_json(event).map_err(FolderError::Record)?;
        let line = line::seal(self.next, &record);
        let due = self.durability.is_due(&event.event);
        let sync = |file: &mut W| if due { file.flush() } else { Ok(()) };
        let written = self.file.write_all(line.as_bytes()).and_then(|()| sync(&mut self.file));
        if let Err(source) = written {
            self.failed = true;
            return Err(FolderError::io("append to", &self.path)(source));
        }
        self.next += 1;
        Ok(())
    }
}
