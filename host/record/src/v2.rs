//! Format 2: an event of format 1 with the text that it names.
//!
//! A record says the smallest number that its reader must know: one without a text has number 1.

use std::time::Duration;

use pentimento_model::TimedEvent;
use serde::{Deserialize, Serialize};

use crate::{RecordError, v1};

/// The number of this format.
const NUMBER: u32 = 2;

/// An event as it stands in a journal.
#[derive(Serialize, Deserialize)]
pub(crate) struct EntryV2 {
    pub(crate) format: u32,
    at_ns: u64,
    event: v1::HappenedV1,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl EntryV2 {
    pub(crate) fn from_model(timed: &TimedEvent, text: &str) -> Self {
        let event = v1::HappenedV1::from_model(&timed.event);
        Self { format: NUMBER, at_ns: v1::nanos(timed.at), event, text: Some(text.to_owned()) }
    }

    pub(crate) fn into_model(self) -> Result<(TimedEvent, Option<String>), RecordError> {
        let Self { format, at_ns, event, text } = self;
        // Format 1 knows no texts: what has that name there is a field to be skipped.
        let text = text.filter(|_| format >= NUMBER);
        Ok((TimedEvent { at: Duration::from_nanos(at_ns), event: event.into_model()? }, text))
    }
}
