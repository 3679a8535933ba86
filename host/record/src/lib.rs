//! The numbered JSON forms of everything that is written to disk or wire, in both directions.
//!
//! Only this crate says what our JSON looks like; `model` never does. Where the JSON is kept, and
//! whether its bytes are still those that were written, is the journal's business.
//!
//! Rules of format 1: a field may be added if readers have a default for it, and readers skip
//! fields they do not know; anything else needs a new number. Format 2 is format 1 with a text that
//! stands beside the event that names it: whoever skipped that would miss an artifact. Format 3 is format 2
//! with an event that no reader before knows (`v3.rs`). Seeds are decimal strings (JSON
//! numbers lose digits above 2^53 in many readers), times and durations are whole nanoseconds,
//! regions are `[x, y, width, height]` in fractions of the picture.

mod difference;
mod document;
mod entry;
mod error;
mod line;
mod tape;
mod v1;
mod v2;
mod v3;
mod version;

use pentimento_model::{Assessment, TimedEvent};

pub use difference::{difference, likeness};
pub use document::document_line;
pub use entry::{Entry, entry_from_json, entry_to_json, write_entry};
pub use error::RecordError;
pub use line::{Kind, NotAnObject, object_of_line, without_mark};
pub use tape::{Take, take_from_json, take_to_json};
pub use version::FORMAT;

/// One event as a single line of JSON, without a line break.
pub fn event_to_json(event: &TimedEvent) -> Result<String, RecordError> {
    write(&v1::TimedEventV1::from_model(event))
}

/// The same on many lines: for people, not for journals.
pub fn event_in_lines(event: &TimedEvent) -> Result<String, RecordError> {
    let record = v1::TimedEventV1::from_model(event);
    serde_json::to_string_pretty(&record).map_err(|source| RecordError::NotWritable { source })
}

/// Reads what [`event_to_json`] wrote.
pub fn event_from_json(text: &str) -> Result<TimedEvent, RecordError> {
    version::check(text, FORMAT)?;
    let record: v1::TimedEventV1 =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    record.into_model()
}

/// A whole run as one JSON document: `{"format":1,"events":[…]}`.
pub fn trace_to_json(events: &[TimedEvent]) -> Result<String, RecordError> {
    write(&v1::TraceV1::from_model(events))
}

/// Reads what [`trace_to_json`] wrote.
pub fn trace_from_json(text: &str) -> Result<Vec<TimedEvent>, RecordError> {
    version::check(text, FORMAT)?;
    let record: v1::TraceV1 =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    record.into_model()
}

/// What an assessor said, as it stands in an event: the bytes by which two answers are compared.
pub fn assessment_to_json(assessment: &Assessment) -> Result<String, RecordError> {
    write(&v1::AssessmentV1::from_model(assessment))
}

/// Compact JSON.
fn write(record: &impl serde::Serialize) -> Result<String, RecordError> {
    serde_json::to_string(record).map_err(|source| RecordError::NotWritable { source })
}

/// The same behind what is there already.
fn write_to(bytes: &mut Vec<u8>, record: &impl serde::Serialize) -> Result<(), RecordError> {
    serde_json::to_writer(bytes, record).map_err(|source| RecordError::NotWritable { source })
}

#[cfg(test)]
mod tests;
