//! Components by digest, in a folder private to the user.
//!
//! A file's name is a promise about its bytes, checked at every read. Links are not followed: who
//! can write into the folder could otherwise have us write elsewhere.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use pentimento_model::PluginId;

use crate::{ShelfError, files};

/// The folder of components.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, digest: &str) -> PathBuf {
        self.folder.join(format!("{digest}.wasm"))
    }

    /// Keeps a component.
    pub(crate) fn put(&self, id: &PluginId, component: &[u8]) -> Result<(), ShelfError> {
        let path = self.path(&id.digest);
        let failed = |source| ShelfError::Write { path: path.clone(), source };
        private(&self.folder).map_err(failed)?;
        // A rename takes the place of a link; it does not write through it.
        files::put(&path, component).map_err(failed)
    }

    /// The component with this digest, if it still is what it was.
    pub(crate) fn get(&self, id: &PluginId) -> Result<Vec<u8>, ShelfError> {
        let path = self.path(&id.digest);
        let missing = || ShelfError::Gone { plugin: id.name.clone() };
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => missing(),
            _ => ShelfError::Read { path: path.clone(), source },
        };
        let file = fs::symlink_metadata(&path).map_err(failed)?;
        let tampered = || ShelfError::Tampered { plugin: id.name.clone(), path: path.clone() };
        if !file.is_file() {
            return Err(tampered());
        }
        let component = fs::read(&path).map_err(failed)?;
        if PluginId::of(id.name.clone(), &component) != *id {
            return Err(tampered());
        }
        Ok(component)
    }

    /// Forgets a component; it is no error if it is not there.
    pub(crate) fn remove(&self, digest: &str) -> Result<(), ShelfError> {
        let path = self.path(digest);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(ShelfError::Write { path, source: error })
            }
            _ => Ok(()),
        }
    }
}

/// Makes the folder, for this user only, and refuses one that is a link.
fn private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::symlink_metadata(folder)?.is_symlink() {
        return Err(io::Error::other("the folder is a link to another one"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
