//! Puts a file that people are given in its place: a page, a component, a signature.
//!
//! What a program keeps for itself is written by whoever owns it.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

/// Writes beside the place and moves it there, so that a crash leaves the old file or the new one,
/// and nobody reads half of it. Who may read it is up to the user's umask, as for any file.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut aside = aside(path)?;
    aside.write_all(bytes)?;
    aside.as_file().sync_all()?;
    aside.persist(path)?;
    Ok(())
}

/// A file beside the place that can be moved there when it is whole.
pub(crate) fn aside(path: &Path) -> io::Result<NamedTempFile> {
    let mut aside = tempfile::Builder::new();
    aside.prefix(".new-");
    #[cfg(unix)]
    let everybody = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    aside.permissions(everybody);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    aside.tempfile_in(folder.unwrap_or(Path::new(".")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        for text in ["old", "new"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert!(replace(&folder.path().join("nowhere/page.html"), b"x").is_err());
        assert!(replace(folder.path(), b"a folder is there").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
