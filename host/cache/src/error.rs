//! Why a cache cannot be used, and what to do. No run fails of it.

use std::{io, path::PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// The cache cannot be used.
#[derive(Debug, Error)]
pub enum CacheError {
    /// Its folder cannot be made.
    #[error("could not make the folder of the cache `{}`", path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It could not be read or written.
    #[error("the cache `{}` cannot be used", path.display())]
    Store {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
    /// There is a file, but it is somebody else's, or was made by a newer version.
    #[error("`{}` is not a cache of this version", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It could not be removed.
    #[error("could not remove the cache `{}`", path.display())]
    Remove {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl CacheError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Foreign { path } => {
                format!("move `{}` away, or use the version that made it", path.display())
            }
            Self::Store { source, .. } if is_damage(source) => {
                "`pentimento cache clear` makes it anew".to_owned()
            }
            Self::Store { source, .. } if is_busy(source) => {
                "another program is at work in it; try again".to_owned()
            }
            Self::Store { source, .. }
                if source.sqlite_error_code() == Some(ErrorCode::DiskFull) =>
            {
                "free some space, or make it smaller with `pentimento cache prune`".to_owned()
            }
            Self::Folder { .. } | Self::Remove { .. } | Self::Store { .. } => {
                "see who may write there, or choose another folder with PENTIMENTO_CACHE_DIR"
                    .to_owned()
            }
        }
    }
}

/// True if another program is at work in the file.
pub(crate) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// True if the file's bytes are not those of a database any more.
pub(crate) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
