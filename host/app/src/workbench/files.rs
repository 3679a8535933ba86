//! Reads and writes a project's files, with a bound on each.
//!
//! What is in them is left to whoever asked.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use super::WorkbenchError;

/// Bytes of a text file of a project: manifests and cases are far smaller.
const TEXT_BYTES: u64 = 1 << 20;

/// The bytes of a file that is not larger than `limit`.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, WorkbenchError> {
    let failed = |source| WorkbenchError::Read { path: path.to_owned(), source };
    let bytes = fs::metadata(path).map_err(failed)?.len();
    if bytes > limit {
        return Err(WorkbenchError::TooLarge { path: path.to_owned(), bytes, limit });
    }
    let mut read = Vec::new();
    // Counted while reading: a device has no size, and no end.
    let file = File::open(path).map_err(failed)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut read).map_err(failed)?;
    if read.len() as u64 > limit {
        let bytes = read.len() as u64;
        return Err(WorkbenchError::TooLarge { path: path.to_owned(), bytes, limit });
    }
    Ok(read)
}

/// A text file of a project.
pub(crate) fn read_text(path: &Path) -> Result<String, WorkbenchError> {
    let bytes = read(path, TEXT_BYTES)?;
    String::from_utf8(bytes).map_err(|error| WorkbenchError::Read {
        path: path.to_owned(),
        source: io::Error::new(io::ErrorKind::InvalidData, error),
    })
}

/// Writes a new file of a project, with the permissions of any other.
pub(super) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), WorkbenchError> {
    let written = File::create(path).and_then(|mut file| file.write_all(bytes.as_ref()));
    written.map_err(|source| WorkbenchError::Write { path: path.to_owned(), source })
}
