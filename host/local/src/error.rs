//! Why a model's file cannot be read, and what would help.

use std::{io, path::PathBuf};

use thiserror::Error;

use crate::limits;

/// A file could not be read.
#[derive(Debug, Error)]
pub enum FileError {
    /// It is not there, or may not be read.
    #[error("`{}` cannot be read ({source})", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder, a pipe, a device.
    #[error("`{}` is no file", path.display())]
    NoFile {
        /// What was named.
        path: PathBuf,
    },
    /// More bytes than any model has.
    #[error("`{}` has more than {} MiB", path.display(), limits::MODEL_BYTES >> 20)]
    Huge {
        /// Which file.
        path: PathBuf,
    },
    /// Not the file that was opened when the run began.
    #[error("`{}` has changed since it was opened", path.display())]
    Changed {
        /// Which file.
        path: PathBuf,
    },
}

impl FileError {
    /// What to do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Read { .. } | Self::NoFile { .. } => {
                "see that `file` names the model's file, from your settings file's folder on"
            }
            Self::Huge { .. } => "use a smaller model, or one with smaller weights",
            Self::Changed { .. } => {
                "leave the file as it is while a run is under way, and try again"
            }
        }
    }
}
