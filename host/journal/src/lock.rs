//! One writer for a run folder.
//!
//! The lock is the operating system's, so it ends with its holder, however that ends. The text in
//! the file only tells a person who it is; text without a lock is what a dead writer left. A second line
//! says that the run has made a call that may be paid: should its journal be lost, that is known.

use std::{
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    sync::LazyLock,
};

use crate::{FolderError, limits::LOCK_BYTES, names};

/// The line of a run that has made a call which may be paid, by its writer or one before.
const CALLED: &str = "a call was made\n";

/// What a lock says of the past of its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Traces {
    /// Nobody has ended in good order there, or made a call that may be paid.
    None,
    /// Somebody has.
    Of,
}

/// What is known of the past of a run from its lock alone.
pub(crate) fn traces(folder: &Path) -> Traces {
    let text = File::open(names::lock(folder)).map(|mut file| text_in(&mut file));
    traces_in(&text.unwrap_or_default())
}

fn traces_in(text: &str) -> Traces {
    let is_blank = !text.is_empty() && text.trim().is_empty();
    if is_blank || text.ends_with(CALLED) { Traces::Of } else { Traces::None }
}

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
        let (process, machine) = text.lines().next()?.trim_end().split_once(' ')?;
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
    /// The file says that a call was made.
    is_called: bool,
    /// A writer that ended without giving the lock back.
    pub stale: Option<Owner>,
    /// What the file told of the run before.
    pub traces: Traces,
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
        let traces = traces_in(&before);
        let is_called = traces == Traces::Of;
        let called = if is_called { CALLED } else { "" };
        let text = format!("{} {}\n{called}", owner.process, owner.machine);
        // To shorten a file takes a file system longer than to make one.
        let cut = if before.len() > text.len() { file.set_len(0) } else { Ok(()) };
        let written = cut.and_then(|()| overwrite(&mut file, &text));
        written.map_err(FolderError::io("write", &path))?;
        let (length, stale) = (text.len(), Owner::read(&before));
        Ok(Self { file, length, is_called, stale, traces })
    }

    /// Notes that a call was made which may be paid. It is only a trace: what happened, the journal says.
    pub(crate) fn note_call(&mut self) {
        if !self.is_called {
            self.is_called = true;
            let written = self.file.seek(SeekFrom::Start(self.length as u64));
            if written.and_then(|_| self.file.write_all(CALLED.as_bytes())).is_ok() {
                self.length += CALLED.len();
            }
        }
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
