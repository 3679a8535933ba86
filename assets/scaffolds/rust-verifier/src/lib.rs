//! A verifier that counts words: a text must keep the limit that the idea states.
//!
//! What a verifier returns is explained in the SDK: `sdk/src/lib.rs`.

use pentimento_sdk::{Artifact, Brief, Check, Failure, Finding, Severity, TextSpan, Verifier};

struct WordLimit;

impl Verifier for WordLimit {
    fn verify(brief: &Brief, candidate: &Artifact) -> Result<Check, Failure> {
        let Some(limit) = limit(&brief.idea) else {
            return Ok(Check::unknown("the idea states no number of words"));
        };
        let size = u32::try_from(candidate.size()).unwrap_or(u32::MAX);
        let text = candidate.text(0, size)?;
        let count = text.split_whitespace().count();
        let proof = format!("counted {count} words, at most {limit} are asked for");
        let Some(start) = start_of_word(&text, limit) else {
            return Ok(Check::pass(proof));
        };
        let message = format!("the text has {count} words, {} too many", count - limit);
        let finding = Finding::new("{{name}}.too-long", Severity::Major, message)
            .at(TextSpan { start: start as u32, end: text.trim_end().len() as u32 });
        Ok(Check::fail(proof).with(finding))
    }
}

/// The number that stands before “words” in a sentence.
fn limit(idea: &str) -> Option<usize> {
    let words: Vec<&str> = idea.split_whitespace().collect();
    let mut pairs = words.windows(2).filter(|pair| pair[1].starts_with("word"));
    pairs.find_map(|pair| pair[0].parse().ok())
}

/// The byte where the word with this index begins, counted from 0.
fn start_of_word(text: &str, index: usize) -> Option<usize> {
    let mut between = true;
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() {
            between = true;
        } else if between {
            if seen == index {
                return Some(at);
            }
            seen += 1;
            between = false;
        }
    }
    None
}

pentimento_sdk::export_verifier!(WordLimit);
