//! What one line of a journal says: an event, and perhaps the text that it names.

use pentimento_model::TimedEvent;

use crate::{RecordError, v1::TimedEventV1, v2::EntryV2, version, write, write_to};

/// An event as it stands in a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What happened.
    pub event: TimedEvent,
    /// The artifact that the event names, if it is a text that stands here and not in a file. Whether
    /// it is that one, the reader checks.
    pub text: Option<String>,
    /// The number of the format, if a newer program wrote it: it is what this one makes sense of, good
    /// for telling, not for going on.
    pub newer: Option<u32>,
}

/// An event and the text that it names as a single line of JSON, without a line break. Without a text
/// it is what [`crate::event_to_json`] writes.
pub fn entry_to_json(event: &TimedEvent, text: Option<&str>) -> Result<String, RecordError> {
    match text {
        None => crate::event_to_json(event),
        Some(text) => write(&EntryV2::from_model(event, text)),
    }
}

/// The same behind what stands in `line` already. After an error the end of `line` is nothing to be read.
pub fn write_entry(
    event: &TimedEvent,
    text: Option<&str>,
    line: &mut Vec<u8>,
) -> Result<(), RecordError> {
    match text {
        None => write_to(line, &TimedEventV1::from_model(event)),
        Some(text) => write_to(line, &EntryV2::from_model(event, text)),
    }
}

/// Reads what [`entry_to_json`] wrote in this version, an older or a newer one.
pub fn entry_from_json(json: &str) -> Result<Entry, RecordError> {
    let record: EntryV2 = match serde_json::from_str(json) {
        Ok(record) => record,
        // Not of our shape: either no record at all, or one that only newer programs know.
        Err(source) => {
            let newer = version::newer(json)?;
            return Err(newer.map_or(RecordError::NotARecord { source }, version::from_the_future));
        }
    };
    let newer = version::is_newer(record.format)?;
    let (event, text) = match newer {
        None => record.into_model()?,
        Some(found) => record.into_model().map_err(|_| version::from_the_future(found))?,
    };
    Ok(Entry { event, text, newer })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pentimento_model::{Bounds, Money, RoundNumber, RunEvent, StepKey, TimedEvent};

    use super::*;

    fn event() -> TimedEvent {
        let event = RunEvent::RoundStarted { round: RoundNumber(1) };
        TimedEvent { at: Duration::from_nanos(7), event }
    }

    const WITHOUT: &str = r#"{"format":1,"at_ns":7,"event":{"type":"round-started","round":1}}"#;
    const WITH: &str =
        r#"{"format":2,"at_ns":7,"event":{"type":"round-started","round":1},"text":"“a”\n"}"#;

    #[test]
    fn an_entry_has_the_smallest_number_that_its_reader_must_know() {
        for (text, json) in [(None, WITHOUT), (Some("“a”\n"), WITH)] {
            assert_eq!(entry_to_json(&event(), text).unwrap(), json);
            let mut line = b"> ".to_vec();
            write_entry(&event(), text, &mut line).unwrap();
            assert_eq!(line, format!("> {json}").as_bytes());
            let text = text.map(str::to_owned);
            let entry = Entry { event: event(), text, newer: None };
            assert_eq!(entry_from_json(json).unwrap(), entry);
        }
        assert_eq!(crate::event_from_json(WITH).unwrap(), event(), "the event alone");
    }

    #[test]
    fn a_run_that_goes_on_after_its_end_says_so_in_format_3() {
        let bounds = Bounds { calls: Some(9), money: Some(Money::from_nanos(5)), ..Bounds::NONE };
        let event = RunEvent::WentOn { key: StepKey::of([b"a".as_slice()]), bounds };
        let event = TimedEvent { at: Duration::from_nanos(7), event };
        let json = entry_to_json(&event, None).unwrap();
        assert!(json.starts_with("{\"format\":3,"), "{json}");
        assert!(json.contains("\"bounds\":{\"calls\":9,\"money_nanos\":5}"), "{json}");
        assert_eq!(entry_from_json(&json).unwrap(), Entry { event, text: None, newer: None });
    }

    #[test]
    fn a_text_is_a_field_to_be_skipped_where_format_1_is_said() {
        let json = WITH.replace("\"format\":2", "\"format\":1");
        assert_eq!(entry_from_json(&json).unwrap().text, None);
    }

    #[test]
    fn a_newer_entry_is_read_as_far_as_it_makes_sense_or_said_to_be_newer() {
        let newer = WITH.replace("\"format\":2,", "\"format\":4,\"mood\":[7],");
        let entry = entry_from_json(&newer).unwrap();
        assert_eq!((entry.event, entry.newer), (event(), Some(4)));
        for json in [newer.replace("round-started", "dreamed"), "{\"format\":4}".to_owned()] {
            let error = entry_from_json(&json).unwrap_err();
            assert!(matches!(error, RecordError::FromTheFuture { found: 4, known: 3 }), "{error}");
        }
        for (json, told) in [
            (WITH.replace("round-started", "dreamed"), "not a record"),
            (WITH.replace("\"text\":", "\"text\":7,\"x\":"), "not a record"),
            (WITH.replace("\"format\":2", "\"format\":0"), "`0` is not a valid format"),
            (String::new(), "not a record"),
        ] {
            let error = entry_from_json(&json).unwrap_err().to_string();
            assert!(error.contains(told), "{json}: {error}");
        }
    }
}
