//! Texts that are to be JSON, bare or in a Markdown fence.
//!
//! Whether the JSON has the right shape is `schema`'s business.

use serde_json::Value;

/// The JSON of a text. A fence of three backticks around it, with or without `json`, is taken off
/// if `fenced` allows one.
pub fn parse(text: &str, fenced: bool) -> Result<Value, String> {
    let body = if fenced { without_fence(text) } else { text.trim() };
    serde_json::from_str(body).map_err(|error| error.to_string())
}

/// The text without white space and without a fence at its ends.
fn without_fence(text: &str) -> &str {
    let mut body = text.trim();
    for opener in ["```json", "```Json", "```JSON", "```"] {
        body = body.strip_prefix(opener).unwrap_or(body);
    }
    body.strip_suffix("```").unwrap_or(body).trim()
}
