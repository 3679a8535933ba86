//! One writer for a run folder.
//!
//! The lock is the operating system's, so it ends with its holder, however that ends. The text in
//! the file only tells a person who it is; text without a lock is what a dead writer left.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    sync::LazyLock,
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
        static MACHINE: LazyLock<String> = LazyLock::new(machine_name);
        Self { process: std::process::id(), machine: MACHINE.clone() }
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
    /// Bytes of the text in it.
    length: usize,
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
                let owner = Owner::read(&text_in(&mut file)).unwrap_or_else(unknown);
                return Err(FolderError::Locked { path: folder.to_owned(), owner });
            }
            Err(TryLockError::Error(source)) => {
                return Err(FolderError::io("lock", &path)(source));
            }
        }
        let before = text_in(&mut file);
        let owner = Owner::this();
        let text = format!("{} {}\n", owner.process, owner.machine);
        // To shorten a file takes a file system longer than to make one.
        let cut = if before.len() > text.len() { file.set_len(0) } else { Ok(()) };
        let written = cut.and_then(|()| overwrite(&mut file, &text));
        written.map_err(FolderError::io("write", &path))?;
        Ok(Self { file, length: text.len(), stale: Owner::read(&before) })
    }
}

impl Drop for Lock {
    /// Leaves nothing but blanks in the file: a text that stays behind means that its writer died.
    fn drop(&mut self) {
        let _ = overwrite(&mut self.file, &format!("{:>1$}", '\n', self.length));
        let _ = self.file.unlock();
    }
}

fn overwrite(file: &mut File, text: &str) -> std::io::Result<()> {
    file.rewind()?;
    file.write_all(text.as_bytes())
}

/// The beginning of the file, as far as there is one that can be read.
fn text_in(file: &mut File) -> String {
    let mut bytes = Vec::new();
    let read =
        file.rewind().and_then(|()| Read::by_ref(file).take(LOCK_BYTES).read_to_end(&mut bytes));
    if read.is_err() {
        bytes.clear();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The machine's name, where the system keeps it in a file; it is only for people to read.
fn machine_name() -> String {
    let files = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let read = files.iter().find_map(|file| std::fs::read_to_string(file).ok());
    let name = read.map(|text| text.trim().to_owned()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| "this machine".to_owned())
}
