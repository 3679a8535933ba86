//! The numbered JSON forms of everything that is written to disk or wire, in both directions.
//!
//! Only this crate says what our JSON looks like; `model` never does. Where the JSON is kept, and
//! whether its bytes are still those that were written, is the journal's business.
//!
//! Rules of format 1: a field may be added if readers have a default for it, and readers skip
//! fields they do not know; anything else needs a new number. Seeds are decimal strings (JSON
//! numbers lose digits above 2^53 in many readers), times and durations are whole nanoseconds,
//! regions are `[x, y, width, height]` in fractions of the picture.

mod difference;
mod document;
mod error;
mod line;
mod tape;
mod v1;
mod version;

use pentimento_model::{Assessment, TimedEvent};

pub use difference::{difference, likeness};
pub use document::document_line;
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
    version::check(text)?;
    let record: v1::TimedEventV1 =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    record.into_model()
}

/// The same for an event that a newer version may have written: as far as this one makes sense of
/// it, with the number of the newer format. Good for telling, not for going on: what was added in
/// the meantime is passed over.
pub fn event_from_any_json(text: &str) -> Result<(TimedEvent, Option<u32>), RecordError> {
    let newer = version::newer(text)?;
    let event = match newer {
        None => event_from_json(text)?,
        Some(found) => serde_json::from_str::<v1::TimedEventV1>(text)
            .ok()
            .and_then(|record| record.into_model().ok())
            .ok_or_else(|| version::from_the_future(found))?,
    };
    Ok((event, newer))
}

/// A whole run as one JSON document: `{"format":1,"events":[…]}`.
pub fn trace_to_json(events: &[TimedEvent]) -> Result<String, RecordError> {
    write(&v1::TraceV1::from_model(events))
}

/// Reads what [`trace_to_json`] wrote.
pub fn trace_from_json(text: &str) -> Result<Vec<TimedEvent>, RecordError> {
    version::check(text)?;
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

#[cfg(test)]
mod tests;
