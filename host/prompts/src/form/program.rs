//! Forms of recipes that have programs run: a program, and an answer that was thought over.

use pentimento_model::{Contract, clean};
use serde_json::json;

use super::{Form, InSteps, Json, Solution, Unusable, contract, steps::solution_with};

/// Bytes of a program; a longer one is refused, because a part of it is another program. What a
/// model writes in one answer of 2048 tokens is shorter.
const PROGRAM_BYTES: usize = 16 << 10;
/// What a tab is worth where a program is kept: the width of Python's own style guide.
const TAB: &str = "    ";
/// What stands before and after a program where there is no JSON.
const FENCE: &str = "```";
/// What such a fence calls the languages that programs are asked for in.
const LANGUAGES: [&str; 8] =
    ["python", "Python", "python3", "py", "javascript", "JavaScript", "js", "node"];

/// A program.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The contract's name.
    pub name: &'static str,
    /// What is to be thought over before it is written.
    pub before: Option<Thoughts>,
}

/// What is thought over before a program is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thoughts {
    /// What is wrong with the one before.
    Problems,
    /// Whether the one before is right.
    Reflection,
}

impl Code {
    /// The program as it is kept and run: clean lines, tabs as spaces.
    fn of(text: &str) -> Result<String, Unusable> {
        if text.len() > PROGRAM_BYTES {
            return Err(Unusable::new(format!("the program is longer than {PROGRAM_BYTES} bytes")));
        }
        let line = |line: &str| clean(&line.replace('\t', TAB)).trim_end().to_owned();
        let lines: Vec<String> = text.lines().map(line).collect();
        let program = lines.join("\n");
        let program = program.trim_matches('\n');
        if program.trim().is_empty() {
            return Err(Unusable::new("there is no text `program` in the answer"));
        }
        Ok(program.to_owned())
    }
}

impl Form for Code {
    type Value = String;

    fn contract(&self) -> Contract {
        let (text, list) = (
            json!({ "type": "string" }),
            json!({ "type": "array", "items": { "type": "string" } }),
        );
        let properties = match self.before {
            None => json!({ "program": text }),
            Some(Thoughts::Problems) => json!({ "problems": list, "program": text }),
            Some(Thoughts::Reflection) => json!({ "reflection": text, "program": text }),
        };
        contract(self.name, &properties)
    }

    /// A program in a fence within JSON is one, too.
    fn of_json(&self, value: &Json<'_>) -> Result<String, Unusable> {
        let program = value.get("program").and_then(Json::as_str);
        let program =
            program.ok_or_else(|| Unusable::new("there is no text `program` in the answer"))?;
        Self::of(fenced(program).unwrap_or(program))
    }

    /// Without a fence the whole text is the program.
    fn of_words(&self, text: &str) -> Result<String, Unusable> {
        Self::of(fenced(text).unwrap_or(text))
    }

    /// A fence that is said to hold a program. Models put what a program prints, or JSON that tells of it,
    /// behind it.
    fn outright(&self, text: &str) -> Option<String> {
        if text.starts_with('{') {
            return None;
        }
        fences(text)
            .filter(|(language, _)| LANGUAGES.contains(language))
            .last()
            .and_then(|(_, code)| Self::of(code).ok())
    }
}

/// The closed fences of a text: the language's name in small letters of its kind, and what is inside.
fn fences(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut pieces = text.split(FENCE).skip(1);
    std::iter::from_fn(move || {
        let inside = pieces.next()?;
        // The last piece stands behind a fence that was never closed, or behind all of them.
        pieces.next()?;
        Some(inside.split_once('\n').map_or(("", inside), |(name, code)| (name.trim(), code)))
    })
}

/// What stands in the last fence of a text, without the language's name.
fn fenced(text: &str) -> Option<&str> {
    let (before, _) = text.rsplit_once(FENCE)?;
    let (_, inside) = before.rsplit_once(FENCE)?;
    inside.split_once('\n').map(|(_, code)| code)
}

/// An answer that was thought over.
#[derive(Clone, Copy, Debug)]
pub struct Reflected;

impl Form for Reflected {
    type Value = Solution;

    fn contract(&self) -> Contract {
        solution_with("reflected", "reflection", &json!({ "type": "string" }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Solution, Unusable> {
        InSteps.of_json(value)
    }

    fn of_words(&self, text: &str) -> Result<Solution, Unusable> {
        InSteps.of_words(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read;

    const CODE: Code = Code { name: "program", before: None };

    #[test]
    fn a_program_is_read_from_json_fences_and_plain_text() {
        let whole = "if True:\n    answer = 12";
        for answer in [
            r#"{"program": "if True:\n\tanswer = 12\n"}"#,
            r#"Sure: {"problems": [], "program": "\nif True:  \n    answer = 12"}"#,
            "{\"program\": \"```python\\nif True:\\n    answer = 12\\n```\"}",
            "First try:\n```\nx\n```\nBetter:\n```python\nif True:\n    answer = 12\n```\nDone.",
            "if True:\n    answer = 12",
        ] {
            assert_eq!(read(&CODE, answer).as_deref(), Ok(whole), "{answer}");
        }
        let told = "```python\nanswer = 12\n```\nIt prints:\n```json\n{\"program\": \"12\"}\n```";
        assert_eq!(read(&CODE, told).as_deref(), Ok("answer = 12"), "the program is meant");
        for useless in
            [r#"{"program": "\n \n"}"#, r#"{"code": "x"}"#, r#"{"program": 3}"#, "```\n```"]
        {
            assert!(read(&CODE, useless).is_err(), "{useless}");
        }
    }

    #[test]
    fn a_program_that_is_too_long_is_refused_whole() {
        let long = json!({ "program": "x = 1\n".repeat(PROGRAM_BYTES) }).to_string();
        assert!(read(&CODE, &long).is_err());
    }

    proptest! {
        #[test]
        fn whatever_a_model_writes_is_a_clean_program_or_refused(answer in "(?s).{0,200}") {
            if let Ok(program) = read(&CODE, &answer) {
                prop_assert!(!program.trim().is_empty());
                prop_assert!(!program.contains(|c: char| c.is_control() && c != '\n'));
            }
        }
    }
}
