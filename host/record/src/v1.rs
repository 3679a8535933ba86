//! Format 1, noun by noun. Each file has a noun's written form and both directions.
//!
//! These types are frozen: a change that an old reader or an old file would not survive belongs
//! into a new format, next to this one.

mod answered;
mod assessment;
mod attempt;
mod constraints;
mod errand;
mod event;
mod finding;
mod layout;
mod spending;
mod words;

pub(crate) use assessment::AssessmentV1;
pub(crate) use event::{HappenedV1, TimedEventV1, TraceV1};

use std::time::Duration;

use pentimento_model::{Seed, StepKey};

use crate::RecordError;

/// Whole nanoseconds; five centuries fit.
pub(crate) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Reads a seed's decimal digits.
fn seed(text: &str) -> Result<Seed, RecordError> {
    text.parse().map(Seed).map_err(|_| RecordError::bad("seed", text))
}

/// Reads a key's hexadecimal digits.
fn key(text: &str) -> Result<StepKey, RecordError> {
    StepKey::from_hex(text).ok_or_else(|| RecordError::bad("step key", text))
}

/// Converts a list, or says what is wrong with its first bad member.
fn list<Record, Noun>(
    records: Vec<Record>,
    read: impl Fn(Record) -> Result<Noun, RecordError>,
) -> Result<Vec<Noun>, RecordError> {
    records.into_iter().map(read).collect()
}
