//! What a query to tables came to, as a tool that runs queries tells it.
//!
//! The form is that of `plugins/tool-sql`, whose README has every key. What stands in a table is a
//! stranger's text like any other.

use pentimento_model::clean;
use serde_json::Value;

use crate::Unusable;

/// Bytes of what a program or query came to, or of what ended it; the rest is cut.
pub(crate) const TOLD_BYTES: usize = 1 << 10;

/// A query's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// It was carried out.
    Found {
        /// Every row as it would be printed, cell by cell.
        rows: Vec<Vec<String>>,
        /// There are more than these.
        cut: bool,
    },
    /// It was not.
    Failed {
        /// Why.
        why: String,
        /// The tables there are, each as it was made.
        tables: Vec<String>,
    },
}

impl Rows {
    /// Reads the tool's answer.
    pub fn read(answer: &str) -> Result<Self, Unusable> {
        let told: Value = serde_json::from_str(answer)
            .map_err(|_| Unusable::new("the tool's answer is no JSON"))?;
        let text = |key: &str| told.get(key).and_then(Value::as_str);
        let list = |key: &str| told.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let why = match text("outcome") {
            Some("ok") => {
                let row =
                    |row: &Value| row.as_array().map(|cells| cells.iter().map(cell).collect());
                let rows = list("rows").iter().filter_map(row).collect();
                let cut = told.get("cut").and_then(Value::as_bool).unwrap_or(false);
                return Ok(Self::Found { rows, cut });
            }
            Some("error") => short(text("error").unwrap_or("an error ended it")),
            Some("stopped") => {
                let limit = short(text("limit").unwrap_or("time"));
                format!("it was stopped, because it took too much ({limit})")
            }
            _ => return Err(Unusable::new("the tool's answer has no `outcome` that is known")),
        };
        let tables = list("schema").iter().filter_map(Value::as_str).map(short).collect();
        Ok(Self::Failed { why, tables })
    }

    /// The cells of all rows, in order; none if there are no rows.
    pub fn texts(self) -> Vec<String> {
        match self {
            Self::Found { rows, .. } => rows.into_iter().flatten().collect(),
            Self::Failed { .. } => Vec::new(),
        }
    }
}

/// A value as it would be printed: a text without quotes.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => short(text),
        other => short(&other.to_string()),
    }
}

/// One clean line, cut.
pub(crate) fn short(text: &str) -> String {
    let text = clean(text);
    text.get(..text.floor_char_boundary(TOLD_BYTES)).unwrap_or(&text).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_answer_of_such_a_tool_is_refused_and_odd_rows_are_left_out() {
        for answer in ["", "42", "{}", r#"{"outcome": "exit"}"#] {
            assert!(Rows::read(answer).is_err(), "{answer}");
        }
        let odd = r#"{"outcome": "ok", "rows": [["a\u001b[2J", true], 7], "cut": 1}"#;
        let rows = Rows::read(odd).unwrap();
        assert_eq!(rows.texts(), ["a[2J", "true"]);
        let stopped = Rows::read(r#"{"outcome": "stopped", "limit": "steps"}"#).unwrap();
        assert!(stopped.texts().is_empty());
    }
}
