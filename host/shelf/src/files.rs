//! Reads and writes the shelf's small files so that a crash leaves the old or the new one, never
//! half of one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::ShelfError;

/// Bytes of a lock or grants file: thousands of plugins.
const FILE_BYTES: u64 = 4 << 20;

/// What a file says; the default if there is none.
pub(crate) fn read<T: DeserializeOwned + Default>(path: &Path) -> Result<T, ShelfError> {
    let failed = |source| ShelfError::Read { path: path.to_owned(), source };
    match fs::metadata(path) {
        Ok(file) if file.len() > FILE_BYTES => {
            return Err(failed(io::Error::other(format!("it has more than {FILE_BYTES} bytes"))));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
        Err(error) => return Err(failed(error)),
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    toml::from_str(&text)
        .map_err(|source| ShelfError::Parse { path: path.to_owned(), source: Box::new(source) })
}

/// Puts a file in place of the older one, whole and on disk.
pub(crate) fn write(path: &Path, heading: &str, value: &impl Serialize) -> Result<(), ShelfError> {
    let failed = |source: io::Error| ShelfError::Write { path: path.to_owned(), source };
    let text = toml::to_string(value).map_err(|error| failed(io::Error::other(error)))?;
    put(path, format!("{heading}\n{text}").as_bytes()).map_err(failed)
}

/// Writes aside, flushes, renames, and flushes the folder.
pub(crate) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&folder)?;
    let mut aside = tempfile::Builder::new().prefix(".new-").tempfile_in(&folder)?;
    io::Write::write_all(&mut aside, bytes)?;
    aside.as_file().sync_all()?;
    aside.persist(path).map_err(|error| error.error)?;
    // Not every system can flush a folder; the rename itself has happened.
    let _ = fs::File::open(&folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Keeps other processes out while the shelf changes; released when dropped.
pub(crate) fn lock(folder: &Path) -> Result<fs::File, ShelfError> {
    let path = folder.join(".lock");
    let failed = |source| ShelfError::Write { path: path.clone(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}
