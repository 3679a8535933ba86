//! The format's number, and who may read what.
//!
//! What a format looks like is in the module named after its number.

use serde::Deserialize;

use crate::RecordError;

/// The format this build writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// The part of a record that every format has.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// Refuses what this build cannot know: formats with a greater number, and number 0.
pub(crate) fn check(text: &str) -> Result<(), RecordError> {
    let head: Head =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    match head.format {
        FORMAT => Ok(()),
        0 => Err(RecordError::BadValue { what: "format", value: "0".to_owned() }),
        found => Err(RecordError::FromTheFuture { found, known: FORMAT }),
    }
}
