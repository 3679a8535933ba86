//! A document as tools that read documents take it: one line of JSON, without a number of its own. It
//! is handed over and never kept.

use serde::Serialize;

use crate::{RecordError, write};

#[derive(Serialize)]
struct DocumentLine<'a> {
    document: &'a str,
    text: &'a str,
}

/// The line, with its line break.
pub fn document_line(name: &str, text: &str) -> Result<String, RecordError> {
    Ok(write(&DocumentLine { document: name, text })? + "\n")
}
