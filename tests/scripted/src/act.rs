//! What can happen to a call.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

/// What happens to one call. As JSON: `"answer"`, `{"slow": 50}`, `{"status": [429, "1", "…"]}`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It is answered well.
    #[default]
    Answer,
    /// It is answered well after so many milliseconds.
    Slow(u64),
    /// It is answered after so many milliseconds with what the JSON schema in it asks for, other
    /// words for every other question.
    Fit(u64),
    /// The same, with pictures that have so many pixels on a side and the bytes of a photograph, no two
    /// questions with the same: what load tests want of a painter.
    Draw(u64, u32),
    /// It is answered with this status, this `Retry-After` and this body.
    Status(u16, Option<String>, String),
    /// It is refused with this `WWW-Authenticate` (401).
    Challenge(String),
    /// It is sent elsewhere.
    Redirect(String),
    /// It is answered with this body as JSON.
    Body(String),
    /// It is answered with this media type and body.
    Typed(String, String),
    /// It is answered with this media type and these bytes.
    File(String, Vec<u8>),
    /// It is answered with these bytes.
    Bytes(Vec<u8>),
    /// The answer's JSON ends halfway; the length that is announced is right for that.
    HalfJson,
    /// The connection is closed halfway through the answer.
    CutOff,
    /// The server stops sending halfway and keeps the connection.
    HangMidBody,
    /// Nothing is ever sent.
    Hang,
    /// The connection is closed without an answer.
    Reset,
    /// So many bytes of JSON, in chunks, without an announcement.
    Huge(usize),
    /// So many bytes are announced; few are sent.
    Announced(u64),
    /// The call's own headers are sent back as a failure with this status.
    Echo(u16),
}

impl Act {
    /// The act that this JSON stands for.
    pub fn from_json(text: &str) -> Self {
        serde_json::from_str(text).unwrap()
    }

    /// A refusal with a reason.
    pub fn status(status: u16, message: &str) -> Self {
        Self::Status(status, None, format!(r#"{{"error":{{"message":"{message}"}}}}"#))
    }

    /// Too many calls; come back after `wish`.
    pub fn too_many(wish: &str) -> Self {
        let body = r#"{"error":{"message":"slow down","code":"rate_limit_exceeded"}}"#;
        Self::Status(429, Some(wish.to_owned()), body.to_owned())
    }

    /// This picture, as `images/generations` sends it.
    pub fn picture(bytes: &[u8]) -> Self {
        let data = STANDARD.encode(bytes);
        Self::Body(format!(r#"{{"created":0,"data":[{{"b64_json":"{data}"}}]}}"#))
    }

    /// True if what is sent, or the beginning of it, is what the protocol has for an answer.
    pub(crate) fn is_of_the_protocol(&self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::Slow(_)
                | Self::Fit(_)
                | Self::Draw(..)
                | Self::HalfJson
                | Self::CutOff
                | Self::HangMidBody
        )
    }

    pub(crate) fn delay(&self) -> Duration {
        match self {
            Self::Slow(milliseconds) | Self::Fit(milliseconds) | Self::Draw(milliseconds, _) => {
                Duration::from_millis(*milliseconds)
            }
            _ => Duration::ZERO,
        }
    }
}
