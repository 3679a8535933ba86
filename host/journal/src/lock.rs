//! One writer for a run folder.
//!
//! The lock is the operating system's, so it ends with its holder, however that ends. The text in
//! the file only tells a person who it is; text without a lock is what a dead writer left.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

use crate::{FolderError, limits::LOCK_BYTES, names};

/// Who writes to a run folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The number of its process.
    pub process: u32,
    /// The name of its machine.
    pub machine: String,
}

impl Owner {
    /// This process.
    fn this() -> Self {
        Self { process: std::process::id(), machine: machine_name() }
    }

    fn read(text: &str) -> Option<Self> {
        let (process, machine) = text.trim_end().split_once(' ')?;
        let clean = |letter: &char| !letter.is_control();
        let machine = machine.chars().filter(clean).collect();
        Some(Self { process: process.parse().ok()?, machine })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "process {} on {}", self.process, self.machine)
    }
}

/// The right to write, until dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    /// A writer that ended without giving the lock back.
    pub stale: Option<Owner>,
}

impl Lock {
    /// Takes the lock of a run folder, or says who has it.
    pub(crate) fn take(folder: &Path) -> Result<Self, FolderError> {
        let path = names::lock(folder);
        let open =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(FolderError::io("open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let unknown = || Owner { process: 0, machine: "an unknown machine".to_owned() };
                let owner = owner_in(&mut file).unwrap_or_else(unknown);
                return Err(FolderError::Locked { path: folder.to_owned(), owner });
            }
            Err(TryLockError::Error(source)) => {
                return Err(FolderError::io("lock", &path)(source));
            }
        }
        let stale = owner_in(&mut file);
        let owner = Owner::this();
        let text = format!("{} {}\n", owner.process, owner.machine);
        rewrite(&mut file, &text).map_err(FolderError::io("write", &path))?;
        Ok(Self { file, stale })
    }
}

impl Drop for Lock {
    /// Empties the file: a text that stays behind means that its writer died.
    fn drop(&mut self) {
        let _ = rewrite(&mut self.file, "");
        let _ = self.file.unlock();
    }
}

fn rewrite(file: &mut File, text: &str) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}

fn owner_in(file: &mut File) -> Option<Owner> {
    let mut text = String::new();
    file.rewind().ok()?;
    Read::by_ref(file).take(LOCK_BYTES).read_to_string(&mut text).ok()?;
    Owner::read(&text)
}

/// The machine's name, where the system keeps it in a file; it is only for people to read.
fn machine_name() -> String {
    let files = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let read = files.iter().find_map(|file| std::fs::read_to_string(file).ok());
    let name = read.map(|text| text.trim().to_owned()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| "this machine".to_owned())
}
