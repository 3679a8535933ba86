//! A question in a form that is the same for the same question: what takes are told apart by.
//!
//! Names are sorted, and long data is told by its hash. No header is part of it, so neither the key
//! nor what tells attempts apart can be.

use std::collections::BTreeMap;

use pentimento_model::StepKey;
use pentimento_record::Take;
use serde_json::{Value, json};

use crate::transport::{Call, Field, Sent};

/// Texts without a space are told by their hash from this many bytes on: they are data, such as a
/// picture in base64.
const LONG_DATA: usize = 512;

/// Characters of a path in a file's name, at most: a server names some of them.
const LONGEST_WORD: usize = 80;

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The provider's name.
    pub(crate) provider: String,
    /// Method and path.
    pub(crate) call: String,
    /// What is sent.
    pub(crate) text: String,
}

impl Asked {
    pub(crate) fn of(provider: &str, call: &Call) -> Self {
        let (method, sent) = match &call.sent {
            Sent::Nothing => ("GET", Value::Null),
            Sent::Json { body, .. } => {
                let body = body.whole();
                let whole = serde_json::from_slice(&body);
                ("POST", whole.unwrap_or_else(|_| json!(String::from_utf8_lossy(&body))))
            }
            Sent::Form(fields) => {
                ("POST", fields.iter().map(|one| (name(one), field(one))).collect())
            }
        };
        let sorted = canonical(sent);
        Self {
            provider: provider.to_owned(),
            call: format!("{method} {}{}", call.path, behind(&call.query)),
            // Writing a value cannot fail; its own form is the same text on one line.
            text: serde_json::to_string_pretty(&sorted).unwrap_or_else(|_| sorted.to_string()),
        }
    }

    /// True if this take answers it.
    pub(crate) fn is(&self, take: &Take) -> bool {
        take.provider == self.provider && take.call == self.call && take.asked == self.text
    }

    /// The path as a part of a file's name.
    pub(crate) fn word(&self) -> String {
        let path = self.call.split_once(' ').map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        let plain = |one: char| if one.is_ascii_alphanumeric() { one } else { '-' };
        path.to_ascii_lowercase().chars().take(LONGEST_WORD).map(plain).collect()
    }
}

/// What stands behind a path, as it can be told apart; it is not sent like this.
fn behind(query: &[(&'static str, String)]) -> String {
    let one = |(at, (name, value)): (usize, &(&str, String))| {
        format!("{}{name}={value:?}", if at == 0 { '?' } else { '&' })
    };
    query.iter().enumerate().map(one).collect()
}

fn name(field: &Field) -> String {
    match field {
        Field::Text(name, _) | Field::File(name, ..) => (*name).to_owned(),
    }
}

fn field(field: &Field) -> Value {
    match field {
        Field::Text(_, text) => json!(text),
        Field::File(_, file, media_type, bytes) => {
            json!({ "file": file, "type": media_type, "data": hashed(bytes) })
        }
    }
}

/// The same with sorted names, whatever map the JSON library was built with.
fn canonical(value: Value) -> Value {
    match value {
        Value::String(text) if is_data(&text) => json!(hashed(text.as_bytes())),
        Value::Array(list) => list.into_iter().map(canonical).collect(),
        Value::Object(map) => {
            let sorted: BTreeMap<String, Value> =
                map.into_iter().map(|(name, value)| (name, canonical(value))).collect();
            sorted.into_iter().collect()
        }
        plain => plain,
    }
}

fn is_data(text: &str) -> bool {
    text.len() >= LONG_DATA && !text.contains(char::is_whitespace)
}

fn hashed(bytes: &[u8]) -> String {
    format!("{} bytes, {}", bytes.len(), StepKey::of([b"data".as_slice(), bytes]).to_hex())
}
