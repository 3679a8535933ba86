//! Tells the end of a program as JSON. Its keys are always in the same order, its length is bounded,
//! and it has nothing but ASCII, so that the host hands on every character of it.

use std::fmt::Write as _;

use crate::{
    bounds::Limit,
    limits::{TOLD_OTHER, TOLD_OUTPUTS, TOLD_TEXT, TOLD_TRACEBACK, TOLD_VALUE},
    run::{Blame, Ran},
    task::Task,
};

/// The answer to a task.
pub(crate) fn answer(task: &Task, ran: &Ran) -> String {
    let mut told = Told::default();
    let outcome = match ran {
        Ran { limit: Some(_), .. } => "stopped",
        Ran { status: Some(_), .. } => "exit",
        Ran { blame: Some(_), .. } => "error",
        _ => "ok",
    };
    told.text("outcome", Some(outcome), TOLD_OTHER);
    told.text("value", ran.value.as_deref(), TOLD_VALUE);
    told.text("text", ran.text.as_deref(), TOLD_TEXT);
    match &ran.blame {
        None => told.plain("error", "null"),
        Some(blame) => {
            told.key("error");
            told.json.push('{');
            told.blame(task, blame);
            told.json.push('}');
        }
    }
    told.text("limit", ran.limit.map(Limit::name), TOLD_OTHER);
    told.plain("status", &ran.status.map_or("null".to_owned(), |status| status.to_string()));
    for (index, name) in ["stdout", "stderr"].into_iter().enumerate() {
        let (text, whole) = &ran.outputs[index];
        if !told.text(name, Some(text), TOLD_OUTPUTS[index]) || !whole {
            told.cut_once(name);
        }
    }
    let cut: Vec<String> = told.cut.iter().map(|name| format!("\"{name}\"")).collect();
    told.plain("cut", &format!("[{}]", cut.join(",")));
    told.plain("steps", &ran.steps.to_string());
    format!("{{{}}}", told.json)
}

/// Keys and values in the making, and the names of the texts that were cut.
#[derive(Default)]
struct Told {
    json: String,
    cut: Vec<&'static str>,
}

impl Told {
    fn key(&mut self, key: &str) {
        if !self.json.is_empty() && !self.json.ends_with('{') {
            self.json.push(',');
        }
        let _ = write!(self.json, "\"{key}\":");
    }

    fn plain(&mut self, key: &str, json: &str) {
        self.key(key);
        self.json.push_str(json);
    }

    /// A text, or null; whether all of it is told.
    fn text(&mut self, key: &'static str, text: Option<&str>, most: usize) -> bool {
        self.key(key);
        let Some(text) = text else {
            self.json.push_str("null");
            return true;
        };
        let (json, whole) = quoted(text, most);
        self.json.push_str(&json);
        if !whole {
            self.cut_once(key);
        }
        whole
    }

    fn cut_once(&mut self, name: &'static str) {
        if !self.cut.contains(&name) {
            self.cut.push(name);
        }
    }

    fn blame(&mut self, task: &Task, blame: &Blame) {
        let place = blame.place.as_ref();
        let source = place.and_then(|(file, line)| task.line(file, *line));
        self.text("type", Some(&blame.kind), TOLD_OTHER);
        self.text("message", Some(&blame.message), TOLD_OTHER);
        self.text("file", place.map(|(file, _)| file.as_str()), TOLD_OTHER);
        self.plain("line", &place.map_or("null".to_owned(), |(_, line)| line.to_string()));
        self.text("source", source, TOLD_OTHER);
        self.text("traceback", Some(&blame.traceback), TOLD_TRACEBACK);
    }
}

/// A text as JSON of at most so many bytes, and whether all of it is there.
fn quoted(text: &str, most: usize) -> (String, bool) {
    let mut json = String::from("\"");
    let mut whole = true;
    for letter in text.chars() {
        let before = json.len();
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            ' '..='~' => json.push(letter),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
        }
        if json.len() >= most {
            json.truncate(before);
            whole = false;
            break;
        }
    }
    json.push('"');
    (json, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_ascii_and_are_cut_between_characters() {
        for (text, most, expected) in [
            ("a\"\\\n\t\r", 99, (r#""a\"\\\n\t\r""#, true)),
            ("ä\u{1b}😀", 99, (r#""\u00e4\u001b\ud83d\ude00""#, true)),
            ("ab😀", 10, ("\"ab\"", false)),
            ("", 2, ("\"\"", true)),
        ] {
            let (json, whole) = quoted(text, most);
            assert_eq!((json.as_str(), whole), expected, "{text}");
        }
    }
}
