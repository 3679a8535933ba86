//! What came of a program, as a tool that runs programs tells it.
//!
//! The form is that of `plugins/tool-python` and `tool-javascript`, whose READMEs have every key. What the program printed
//! and died of is a stranger's text like any other.

use serde_json::Value;

use crate::{Rows, Unusable, rows::short};

/// Lines of what was printed that are told on, from the end: what a program printed last is what it
/// came to.
const PRINTED_LINES: usize = 48;
/// What a query came to that finds nothing.
const NO_ROWS: &str = "no rows";

/// A program's end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Execution {
    /// What it came to, as it would be printed; `None` if it came to nothing that can be.
    pub value: Option<String>,
    /// What it printed, line by line; the last lines of a long text.
    pub printed: Vec<String>,
    /// What ended it before its end, if anything did.
    pub failed: Option<String>,
}

impl Execution {
    /// Reads the tool's answer.
    pub fn read(answer: &str) -> Result<Self, Unusable> {
        let told: Value = serde_json::from_str(answer)
            .map_err(|_| Unusable::new("the tool's answer is no JSON"))?;
        let text = |key: &str| told.get(key).and_then(Value::as_str);
        let failed = match text("outcome") {
            Some("ok") => unprintable(&told),
            Some("error") => Some(error(&told)),
            Some("exit") => Some("it left before its end".to_owned()),
            Some("stopped") => {
                let limit = short(text("limit").unwrap_or("time"));
                let place = told.get("error").map(place).unwrap_or_default();
                Some(format!("it was stopped, because it took too much ({limit}){place}"))
            }
            _ => return Err(Unusable::new("the tool's answer has no `outcome` that is known")),
        };
        // A tool that tells no `text` tells the value as its language writes it in programs.
        let value = text("text").map(short).or_else(|| text("value").map(plain));
        let value = value.filter(|_| failed.is_none());
        let lines: Vec<String> = text("stdout").unwrap_or_default().lines().map(short).collect();
        let printed = lines.iter().skip(lines.len().saturating_sub(PRINTED_LINES)).cloned();
        Ok(Self { value, printed: printed.collect(), failed })
    }

    /// Reads what a tool that puts queries to tables answered: the rows are what the query came to.
    pub fn of_query(answer: &str) -> Result<Self, Unusable> {
        Ok(match Rows::read(answer)? {
            Rows::Found { rows, cut } => {
                let value = short(&rows_in_words(&rows, cut));
                Self { value: Some(value), ..Self::default() }
            }
            Rows::Failed { why, tables } => {
                Self { printed: tables, failed: Some(why), value: None }
            }
        })
    }

    /// A program of which nothing is known.
    pub fn unknown(why: &str) -> Self {
        Self { failed: Some(short(why)), ..Self::default() }
    }

    /// What a model is told of it.
    pub fn report(&self) -> Vec<String> {
        let mut lines = self.printed.clone();
        lines.push(match (&self.failed, &self.value) {
            (Some(failed), _) => format!("Execution: {failed}"),
            (None, Some(value)) => format!("Execution: done. Output: {value}"),
            (None, None) => "Execution: done. Output: nothing".to_owned(),
        });
        lines
    }
}

/// Rows as one line: a single value alone, cells with commas, rows with semicolons.
fn rows_in_words(rows: &[Vec<String>], cut: bool) -> String {
    if rows.is_empty() {
        return NO_ROWS.to_owned();
    }
    let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
    rows.join("; ") + if cut { "; …" } else { "" }
}

/// What is wrong with the value of a program that went well: it has one, and that cannot be printed.
fn unprintable(told: &Value) -> Option<String> {
    let value = told.get("value").and_then(Value::as_str)?;
    let has_no_text = told.get("text").is_some_and(Value::is_null);
    has_no_text.then(|| format!("what it came to cannot be printed: {}", short(value)))
}

/// What an exception says, and where.
fn error(told: &Value) -> String {
    let Some(error) = told.get("error") else { return "an error ended it".to_owned() };
    let text = |key: &str| short(error.get(key).and_then(Value::as_str).unwrap_or_default());
    format!("{}: {}{}", text("type"), text("message"), place(error))
}

/// The line at which a program ended, if the tool knows it.
fn place(error: &Value) -> String {
    let source = short(error.get("source").and_then(Value::as_str).unwrap_or_default());
    let line = error.get("line").and_then(Value::as_u64);
    line.map(|line| format!(" (line {line}: {source})")).unwrap_or_default()
}

/// A value as it would be printed: a text without its quotes.
fn plain(value: &str) -> String {
    let quote = value.chars().next().filter(|first| ['\'', '"'].contains(first));
    let inside = quote.and_then(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    let Some(inside) = inside else { return short(value) };
    let (mut text, mut escaped) = (String::new(), false);
    for character in inside.chars() {
        match (escaped, character) {
            (false, '\\') => escaped = true,
            (true, 'n' | 't' | 'r') => (text, escaped) = (text + " ", false),
            (_, character) => {
                text.push(character);
                escaped = false;
            }
        }
    }
    short(&text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rows::TOLD_BYTES;

    fn read(told: &Value) -> Execution {
        Execution::read(&told.to_string()).unwrap()
    }

    #[test]
    fn a_value_is_told_as_it_would_be_printed() {
        for (value, expected) in [
            ("42", "42"),
            ("'Paris'", "Paris"),
            ("\"it's\"", "it's"),
            (r"'a \'b\' \\ c\nd'", r"a 'b' \ c d"),
            ("['a', 'b']", "['a', 'b']"),
            ("'", "'"),
        ] {
            let ran = read(&json!({ "outcome": "ok", "value": value, "stdout": "a\nb\n" }));
            assert_eq!(ran.value.as_deref(), Some(expected), "{value}");
            assert_eq!(ran.printed, ["a", "b"]);
        }
        assert_eq!(read(&json!({ "outcome": "ok", "value": null })), Execution::default());
        for (value, text, expected) in [
            ("Fraction(18, 1)", "18", "18"),
            ("Decimal('18.00')", "18.00", "18.00"),
            ("'10\\xa0000'", "10\u{a0}000", "10 000"),
            ("'it\\'s'", "it's", "it's"),
            ("18n", "18", "18"),
        ] {
            let told = json!({ "outcome": "ok", "value": value, "text": text });
            assert_eq!(read(&told).value.as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_printed_is_no_answer_and_its_reason_is_told() {
        let value = "<unprintable int object: ValueError: Exceeds the limit (4300 digits)>";
        let ran = read(&json!({ "outcome": "ok", "value": value, "text": null }));
        assert_eq!(ran.value, None);
        let failed = ran.failed.unwrap();
        assert_eq!(failed, format!("what it came to cannot be printed: {value}"));
        let nothing = json!({ "outcome": "ok", "value": null, "text": null });
        assert_eq!(read(&nothing), Execution::default());
    }

    #[test]
    fn what_ended_a_program_is_told_with_its_place() {
        let error = json!({
            "type": "NameError", "message": "name 's9' is not defined", "line": 2, "source": "s1 = s9 + 1",
        });
        for (told, expected) in [
            (
                json!({ "outcome": "error", "error": error, "value": "7" }),
                "NameError: name 's9' is not defined (line 2: s1 = s9 + 1)",
            ),
            (json!({ "outcome": "error" }), "an error ended it"),
            (json!({ "outcome": "exit", "status": 0 }), "it left before its end"),
            (
                json!({ "outcome": "stopped", "limit": "steps" }),
                "it was stopped, because it took too much (steps)",
            ),
            (
                json!({
                    "outcome": "stopped", "limit": "steps",
                    "error": { "type": "StepLimit", "line": 4, "source": "while n != 1:" },
                }),
                "it was stopped, because it took too much (steps) (line 4: while n != 1:)",
            ),
            (
                json!({ "outcome": "stopped", "limit": "steps", "error": { "line": null } }),
                "it was stopped, because it took too much (steps)",
            ),
        ] {
            let ran = read(&told);
            assert_eq!((ran.failed.as_deref(), ran.value.as_ref()), (Some(expected), None));
            assert_eq!(ran.report(), [format!("Execution: {expected}")]);
        }
    }

    #[test]
    fn a_query_comes_to_its_rows_or_to_its_error_with_the_tables() {
        let query = |told: &Value| Execution::of_query(&told.to_string()).unwrap();
        for (rows, cut, expected) in [
            (json!([["Oslo"]]), false, "Oslo"),
            (json!([["Oslo", 7], [null, 1.5]]), true, "Oslo, 7; NULL, 1.5; …"),
            (json!([]), false, "no rows"),
        ] {
            let ran = query(&json!({ "outcome": "ok", "rows": rows, "cut": cut }));
            assert_eq!((ran.value.as_deref(), ran.failed), (Some(expected), None), "{rows}");
        }
        let ran = query(
            &json!({ "outcome": "error", "error": "no such column: x", "schema": ["CREATE TABLE t (y)"] }),
        );
        assert_eq!(ran.report(), ["CREATE TABLE t (y)", "Execution: no such column: x"]);
        assert_eq!(ran.value, None);
    }

    #[test]
    fn what_is_no_answer_of_such_a_tool_is_refused() {
        for answer in ["", "42", "{}", r#"{"outcome": "fine"}"#, "{\"outcome\": \"ok\""] {
            assert!(Execution::read(answer).is_err(), "{answer}");
        }
    }

    #[test]
    fn floods_are_cut_and_nothing_commands_a_terminal() {
        let flood = "x\u{1b}[2J".repeat(10_000) + &"\nlast".repeat(500);
        let ran = read(&json!({ "outcome": "ok", "value": flood, "stdout": flood }));
        assert!(
            ran.value.is_some_and(|value| value.len() <= TOLD_BYTES && !value.contains('\u{1b}'))
        );
        assert_eq!(ran.printed.len(), PRINTED_LINES);
        assert_eq!(ran.printed.last().map(String::as_str), Some("last"));
    }
}
