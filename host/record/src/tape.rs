//! The written form of cassettes: what was asked of a server, and what it said.
//!
//! A cassette is a folder of takes, one file each. Which take answers which question is the
//! provider's business; keys are taken out before anything comes here.

use serde::{Deserialize, Serialize};

use crate::{RecordError, version};

/// The number of the form of a take.
const FORMAT: u32 = 1;

/// One question to a server, and its answer as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// The provider's name in settings.
    pub provider: String,
    /// `POST images/generations`.
    pub call: String,
    /// What was sent, in a form that is the same for the same question: JSON with sorted names,
    /// long data told by its hash.
    pub asked: String,
    /// The status, 200 to 599.
    pub status: u16,
    /// The headers that mean something here, by name in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as text; bytes that are no text are replaced.
    pub body: String,
}

/// The same with the number of its form.
#[derive(Serialize, Deserialize)]
struct TakeV1 {
    format: u32,
    take: Take,
}

/// One take as indented JSON: people look into cassettes and keep them beside their tests.
pub fn take_to_json(take: &Take) -> Result<String, RecordError> {
    let record = TakeV1 { format: FORMAT, take: take.clone() };
    let text = serde_json::to_string_pretty(&record);
    text.map(|text| text + "\n").map_err(|source| RecordError::NotWritable { source })
}

/// Reads what [`take_to_json`] wrote.
pub fn take_from_json(text: &str) -> Result<Take, RecordError> {
    version::check(text, FORMAT)?;
    let record: TakeV1 =
        serde_json::from_str(text).map_err(|source| RecordError::NotARecord { source })?;
    let take = record.take;
    if !(200..600).contains(&take.status) {
        return Err(RecordError::bad("status", &take.status));
    }
    Ok(take)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take() -> Take {
        Take {
            provider: "openai".to_owned(),
            call: "POST chat/completions".to_owned(),
            asked: "{\n  \"model\": \"m\"\n}".to_owned(),
            status: 429,
            headers: vec![("retry-after".to_owned(), "1".to_owned())],
            body: "{\"error\": \"busy\u{0}\"}".to_owned(),
        }
    }

    #[test]
    fn a_take_is_read_as_it_was_written() {
        let text = take_to_json(&take()).unwrap();
        assert_eq!(take_from_json(&text).unwrap(), take());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_is_no_take_is_refused() {
        let text = take_to_json(&take()).unwrap();
        for broken in [
            String::new(),
            text[..text.len() / 2].to_owned(),
            text.replace("\"format\": 1", "\"format\": 2"),
            text.replace("\"status\": 429", "\"status\": 42"),
            text.replace("\"status\": 429", "\"status\": 70000"),
            text.replace("\"asked\"", "\"answered\""),
            "[".repeat(100_000),
        ] {
            assert!(take_from_json(&broken).is_err(), "{broken:.200}");
        }
    }
}
