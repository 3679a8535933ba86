//! A tool that counts the words, characters or lines of texts.
//!
//! Arguments: `count` (`words`, `characters` or `lines`) and `text`; without `text` it counts in the
//! texts it is given as inputs.

use pentimento_sdk::{Argument, Artifact, Failure, Tool};

struct Counter;

impl Tool for Counter {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        let count = counter(value(arguments, "count").unwrap_or("words"))?;
        if let Some(text) = value(arguments, "text") {
            return Ok(count(text).to_string());
        }
        if inputs.is_empty() {
            return Err(Failure::new("bad-argument", "`text` is missing, and there is no input"));
        }
        let mut sum = 0;
        for input in inputs {
            let size = u32::try_from(input.size()).unwrap_or(u32::MAX);
            sum += count(&input.text(0, size)?);
        }
        Ok(sum.to_string())
    }
}

/// The value of an argument, if it was given.
fn value<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a str> {
    let named = arguments.iter().find(|argument| argument.name == name);
    named.map(|argument| argument.value.as_str())
}

/// The function that counts in this unit.
fn counter(unit: &str) -> Result<fn(&str) -> usize, Failure> {
    match unit {
        "words" => Ok(|text| text.split_whitespace().count()),
        "characters" => Ok(|text| text.chars().count()),
        "lines" => Ok(|text| text.lines().count()),
        other => {
            let message = format!("`count` must be words, characters or lines, not `{other}`");
            Err(Failure::new("bad-argument", message))
        }
    }
}

pentimento_sdk::export_tool!(Counter);
