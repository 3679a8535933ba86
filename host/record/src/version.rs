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
    newer(text)?.map_or(Ok(()), |found| Err(from_the_future(found)))
}

/// The number of a format that is newer than this build.
pub(crate) fn newer(text: &str) -> Result<Option<u32>, RecordError> {
    let head: Head =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    match head.format {
        FORMAT => Ok(None),
        0 => Err(RecordError::BadValue { what: "format", value: "0".to_owned() }),
        found => Ok(Some(found)),
    }
}

/// The error for a format that this build cannot make sense of.
pub(crate) const fn from_the_future(found: u32) -> RecordError {
    RecordError::FromTheFuture { found, known: FORMAT }
}
