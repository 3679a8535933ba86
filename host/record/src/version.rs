//! The format's number, and who may read what.
//!
//! What a format looks like is in the module named after its number.

use serde::Deserialize;

use crate::RecordError;

/// The newest format that this build writes and reads. A record has the smallest number that its reader
/// must know.
pub const FORMAT: u32 = 3;

/// The part of a record that every format has.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// Refuses what a reader of this format cannot know: formats with a greater number, and number 0.
pub(crate) fn check(text: &str, known: u32) -> Result<(), RecordError> {
    match number(text)? {
        found if found > known => Err(RecordError::FromTheFuture { found, known }),
        found => is_newer(found).map(drop),
    }
}

/// The number of a format that is newer than this build.
pub(crate) fn newer(text: &str) -> Result<Option<u32>, RecordError> {
    is_newer(number(text)?)
}

fn number(text: &str) -> Result<u32, RecordError> {
    let head: Result<Head, _> = serde_json::from_str(text);
    head.map(|head| head.format).map_err(|source| RecordError::NotARecord { source })
}

/// The number, if it is that of a format that is newer than this build.
pub(crate) fn is_newer(format: u32) -> Result<Option<u32>, RecordError> {
    match format {
        0 => Err(RecordError::BadValue { what: "format", value: "0".to_owned() }),
        1..=FORMAT => Ok(None),
        found => Ok(Some(found)),
    }
}

/// The error for a format that this build cannot make sense of.
pub(crate) const fn from_the_future(found: u32) -> RecordError {
    RecordError::FromTheFuture { found, known: FORMAT }
}
