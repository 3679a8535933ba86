//! Where the results of a batch go: to the screen or a file, a line each, as soon as they are there.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::told::Told;
use crate::{
    args::{Format, GlobalFlags},
    exit::Exit,
    fail::Failure,
    output::{self, Reader},
};

/// Where results are written.
pub(super) enum Sink {
    Screen(Format),
    File(BufWriter<File>, PathBuf),
}

impl Sink {
    pub(super) fn open(
        path: Option<PathBuf>,
        briefs: &Path,
        global: GlobalFlags,
    ) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Screen(global.format)) };
        if path == Path::new("-") {
            return Ok(Self::Screen(Format::Json));
        }
        let name = path.display().to_string();
        // Whoever opens a file for writing empties it.
        if is_same_file(&path, briefs) {
            let message = format!("`{name}` holds the briefs, and the results would replace them");
            return Err(Failure::new(message, Exit::WrongUse)
                .with_hint("choose another file for the results"));
        }
        match emptied(&path) {
            Ok(Some(file)) => Ok(Self::File(BufWriter::new(file), path)),
            Ok(None) => {
                let message = format!("another program writes its results to `{name}`");
                Err(Failure::new(message, Exit::WrongUse)
                    .with_hint("wait until it has ended, or choose another file for the results"))
            }
            Err(error) => Err(Failure::unwritable(&name, error, Exit::WrongUse)
                .with_hint("choose a place that exists and may be written")),
        }
    }

    /// Writes one result, at once: whoever reads along need not wait for the next. Says whether anybody
    /// still does.
    pub(super) fn write(&mut self, told: &Told) -> Result<Reader, Failure> {
        match self {
            Self::Screen(Format::Text) => output::line(&told.in_words()),
            Self::Screen(Format::Json) => output::line(&told.to_json()),
            Self::File(file, path) => {
                let written = writeln!(file, "{}", told.to_json()).and_then(|()| file.flush());
                written.map(|()| Reader::There).map_err(|error| {
                    let hint = "make room for it, then type the same command again: what is done \
                                is not repeated";
                    let name = path.display().to_string();
                    Failure::unwritable(&name, error, Exit::Broken).with_hint(hint)
                })
            }
        }
    }
}

/// True if both are one file on a disk, whatever it is called there.
#[cfg(unix)]
fn is_same_file(results: &Path, briefs: &Path) -> bool {
    use std::{fs::Metadata, os::unix::fs::MetadataExt as _};

    let briefs = if briefs == Path::new("-") { Path::new(STANDARD_INPUT) } else { briefs };
    let file = |path: &Path| {
        let metadata = path.metadata().ok().filter(Metadata::is_file)?;
        Some((metadata.dev(), metadata.ino()))
    };
    file(results).is_some_and(|one| file(briefs) == Some(one))
}

#[cfg(not(unix))]
fn is_same_file(results: &Path, briefs: &Path) -> bool {
    results.canonicalize().is_ok_and(|path| briefs.canonicalize().is_ok_and(|it| it == path))
}

/// What standard input was redirected from.
#[cfg(unix)]
const STANDARD_INPUT: &str = "/dev/stdin";

/// The file, empty, and nobody else's until it is closed; `None` if another program is at it. What is no
/// file on a disk (a pipe, a terminal) belongs to whoever reads it.
fn emptied(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    if !file.metadata()?.is_file() {
        return Ok(Some(file));
    }
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        // Some file systems know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    file.set_len(0)?;
    Ok(Some(file))
}
