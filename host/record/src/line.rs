//! One line of JSON that a person or a stranger's program wrote: an object, or what is wrong with the
//! line in words that name no parser.
//!
//! What the object must hold is for the reader to say.

use std::fmt;

use serde_json::{Map, Value, error::Category};

/// The mark that some editors put at the beginning of a file of texts.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a line is no object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnObject {
    /// It is not text.
    #[error("byte {0} is no UTF-8")]
    NotText(usize),
    /// It is not JSON.
    #[error("it is no JSON from column {0} on")]
    NotJson(usize),
    /// It is JSON that does not end.
    #[error("it breaks off before the JSON ends")]
    BreaksOff,
    /// It is another kind of JSON.
    #[error("it is {0}, not an object")]
    Another(Kind),
}

/// What kind of JSON a value is; shown as `a number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(&'static str);

impl Kind {
    /// That of a value.
    pub const fn of(value: &Value) -> Self {
        Self(match value {
            Value::Null => "`null`",
            Value::Bool(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// Reads a line. Columns and bytes are counted from 1.
pub fn object_of_line(line: &[u8]) -> Result<Map<String, Value>, NotAnObject> {
    let text =
        str::from_utf8(line).map_err(|error| NotAnObject::NotText(error.valid_up_to() + 1))?;
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(NotAnObject::Another(Kind::of(&other))),
        Err(error) if error.classify() == Category::Eof => Err(NotAnObject::BreaksOff),
        Err(error) => Err(NotAnObject::NotJson(error.column())),
    }
}

/// A file's bytes without the byte order mark that may stand at their beginning.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_object_is_told_without_a_word_of_the_parser() {
        for (line, told) in [
            (&b"nonsense"[..], "it is no JSON from column 2 on"),
            (b"{\"a\":1} x", "it is no JSON from column 9 on"),
            (b"{\"a\":", "it breaks off before the JSON ends"),
            (b"[1]", "it is a list, not an object"),
            (b"7", "it is a number, not an object"),
            (b"{\"a\":\"\xff\"}", "byte 7 is no UTF-8"),
        ] {
            assert_eq!(object_of_line(line).unwrap_err().to_string(), told);
        }
        let deep = [b"{\"a\":".as_slice(), &[b'['; 10_000]].concat();
        assert!(matches!(object_of_line(&deep), Err(NotAnObject::NotJson(_))));
    }

    #[test]
    fn an_object_is_read_and_a_mark_passed_over() {
        assert_eq!(object_of_line(b" {\"a\":1}\r\n").unwrap()["a"], 1);
        assert_eq!(without_mark(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_mark(b"{}"), b"{}");
    }
}
