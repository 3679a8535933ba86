//! What a search found, as a tool that searches documents tells it.
//!
//! The form is that of `plugins/tool-search`, whose README has every key. What stands in a document is
//! a stranger's text like any other.

use pentimento_model::clean;
use serde_json::Value;

use crate::Unusable;

/// Characters of a passage that are told on (CRITIC's code clips evidence at 400).
const TOLD_CHARACTERS: usize = 400;
/// Characters of the name of a document, or of its title.
const NAME_CHARACTERS: usize = 120;

/// The passages that were found, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    passages: Vec<Passage>,
}

/// A piece of a document, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document's name.
    document: String,
    /// Its title, if it has one.
    title: Option<String>,
    /// The line in which the passage begins, counted from 1, if that is told.
    line: Option<u64>,
    /// What it says, cut.
    text: String,
}

impl Found {
    /// Reads the tool's answer.
    pub fn read(answer: &str) -> Result<Self, Unusable> {
        let told: Value = serde_json::from_str(answer)
            .map_err(|_| Unusable::new("the tool's answer is no JSON"))?;
        let results = told.get("results").and_then(Value::as_array);
        let results =
            results.ok_or_else(|| Unusable::new("the tool's answer has no list `results`"))?;
        Ok(Self { passages: results.iter().filter_map(Passage::read).collect() })
    }

    /// The best one.
    pub fn first(self) -> Option<Passage> {
        self.passages.into_iter().next()
    }

    /// All of them.
    pub fn passages(self) -> Vec<Passage> {
        self.passages
    }
}

impl Passage {
    /// `None` if it says nothing, or of no document.
    fn read(told: &Value) -> Option<Self> {
        let text = |key: &str, most: usize| {
            let text = told.get(key).and_then(Value::as_str)?;
            Some(short(text, most)).filter(|text| !text.is_empty())
        };
        Some(Self {
            document: text("document", NAME_CHARACTERS)?,
            title: text("title", NAME_CHARACTERS),
            line: told.get("line").and_then(Value::as_u64),
            text: text("passage", TOLD_CHARACTERS)?,
        })
    }

    /// The passage under a number, as it is told and cited: `[1] animals.md, line 3 (Animals): …`.
    pub fn in_words(&self, number: usize) -> String {
        let Self { document, title, line, text } = self;
        let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
        let title = title.as_ref().map(|title| format!(" ({title})")).unwrap_or_default();
        format!("[{number}] {document}{line}{title}: {text}")
    }
}

/// One clean line of at most so many characters.
fn short(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = clean(&words.join(" "));
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn first(passage: &Value) -> Option<Passage> {
        let told = json!({ "results": [passage] }).to_string();
        Found::read(&told).unwrap().first()
    }

    #[test]
    fn a_passage_is_told_with_where_it_stands() {
        for (told, expected) in [
            (
                json!({ "document": "a.md", "title": "Animals", "line": 3, "passage": "A whale\n is heavy." }),
                Some("[2] a.md, line 3 (Animals): A whale is heavy."),
            ),
            (json!({ "document": "a.md", "title": null, "passage": "x" }), Some("[2] a.md: x")),
            (json!({ "document": "a.md", "passage": " \n" }), None),
            (json!({ "passage": "of nobody" }), None),
            (json!("x"), None),
        ] {
            assert_eq!(first(&told).map(|one| one.in_words(2)).as_deref(), expected, "{told}");
        }
    }

    #[test]
    fn long_and_hostile_passages_are_one_clean_line_of_bounded_length() {
        let told = json!({ "document": "é".repeat(999), "passage": "\u{1b}[2Jé x".repeat(999) });
        let line = first(&told).unwrap().in_words(1);
        assert!(line.chars().count() < TOLD_CHARACTERS + NAME_CHARACTERS + 10, "{line}");
        assert!(line.ends_with('…') && !line.contains('\u{1b}'), "{line}");
    }

    #[test]
    fn what_is_no_answer_of_such_a_tool_is_refused() {
        for answer in ["", "7", "{}", r#"{"results": 3}"#] {
            assert!(Found::read(answer).is_err(), "{answer}");
        }
        assert_eq!(Found::read(r#"{"results": []}"#), Ok(Found::default()));
    }
}
