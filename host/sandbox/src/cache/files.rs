//! The cache's folder: private to the user, a key that seals entries, entries written aside and
//! renamed, the oldest removed.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
    time::SystemTime,
};

use crate::limits;

/// Bytes of the key: as many as a block of the hash that uses it.
pub(super) const KEY_BYTES: usize = 64;

const KEY_FILE: &str = "seal.key";
const ENDING: &str = "cwasm";

/// Makes the folder or checks it, and reads its key, making one if there is none. The error is a
/// sentence that says what to do.
pub(super) fn open(folder: &Path) -> Result<[u8; KEY_BYTES], String> {
    let shown = folder.display();
    make_private(folder).map_err(|error| format!("`{shown}` cannot be used: {error}"))?;
    if let Some(key) = read_key(folder) {
        return Ok(key);
    }
    write_key(folder).map_err(|error| format!("no key could be written to `{shown}`: {error}"))?;
    // Another process may have been quicker; what is in place by now is everybody's key.
    read_key(folder).ok_or_else(|| format!("the key in `{shown}` is damaged; remove the folder"))
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

    const OTHERS_MAY_WRITE: u32 = 0o022;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & OTHERS_MAY_WRITE == 0 {
        return Ok(());
    }
    // Works for the owner only, which is the point.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn read_key(folder: &Path) -> Option<[u8; KEY_BYTES]> {
    fs::read(folder.join(KEY_FILE)).ok()?.try_into().ok()
}

fn write_key(folder: &Path) -> io::Result<()> {
    let mut key = [0; KEY_BYTES];
    // Secrets are the one thing that must not follow from a run's seed. No result depends on it.
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(&key)?;
    aside.as_file().sync_all()?;
    match aside.persist_noclobber(folder.join(KEY_FILE)) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

/// An entry's bytes, seal first; `None` if there is none.
pub(super) fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let mut file = File::open(folder.join(name).with_extension(ENDING)).ok()?;
    let mut entry = Vec::new();
    file.read_to_end(&mut entry).ok()?;
    Some(entry)
}

/// Writes an entry; whoever reads meanwhile sees the old one or none. Full disks and read-only
/// folders are put up with.
pub(super) fn write(folder: &Path, name: &str, entry: &[u8]) {
    let attempt = || -> io::Result<()> {
        let mut aside = tempfile::NamedTempFile::new_in(folder)?;
        aside.write_all(entry)?;
        aside.persist(folder.join(name).with_extension(ENDING))?;
        forget_oldest(folder)
    };
    // Not kept is compiled again: there is nothing to tell anybody.
    attempt().ok();
}

fn forget_oldest(folder: &Path) -> io::Result<()> {
    let mut entries = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            let age = path.metadata().and_then(|metadata| metadata.modified());
            entries.push((age.unwrap_or(SystemTime::UNIX_EPOCH), path));
        }
    }
    entries.sort();
    let surplus = entries.len().saturating_sub(limits::CACHED_COMPONENTS);
    for (_, path) in entries.into_iter().take(surplus) {
        fs::remove_file(path)?;
    }
    Ok(())
}
