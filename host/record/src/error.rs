//! What can be wrong with a record.
//!
//! Which file and line it stood in is added by whoever reads files.

use thiserror::Error;

/// A record could not be read or written.
#[derive(Debug, Error)]
pub enum RecordError {
    /// Not JSON, or not of the expected shape.
    #[error("the text is not a record of this program")]
    NotARecord {
        /// Where reading failed.
        source: serde_json::Error,
    },
    /// Written by a newer version of the program.
    #[error("the record has format {found}, but this build only knows formats up to {known}")]
    FromTheFuture {
        /// The record's format.
        found: u32,
        /// The newest format this build reads.
        known: u32,
    },
    /// The shape is right, but a value is not.
    #[error("`{value}` is not a valid {what}")]
    BadValue {
        /// What stands there, such as `verdict`.
        what: &'static str,
        /// What was found instead.
        value: String,
    },
    /// A value that JSON cannot hold.
    #[error("a record could not be written as JSON")]
    NotWritable {
        /// Why.
        source: serde_json::Error,
    },
}

impl RecordError {
    /// A value outside its type's range.
    pub(crate) fn bad(what: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        Self::BadValue { what, value: value.to_string() }
    }

    /// What the user can do about it.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::FromTheFuture { .. } => {
                Some("update the program, or read the run with the version that wrote it")
            }
            Self::NotARecord { .. } | Self::BadValue { .. } | Self::NotWritable { .. } => None,
        }
    }
}
