//! The contracts of answers: what a model must say, and how that is found in what it does say.
//!
//! Providers that know JSON schemas keep to them; others answer in prose, in code fences, or with
//! the tags of `Idea2Img`'s paper. All of these are read. Nothing in an answer can make reading it
//! fail otherwise than with [`Unusable`].

use pentimento_model::{Contract, clean};
use serde_json::{Deserializer, Value, json};
use thiserror::Error;

mod inquiry;
mod json;
mod lists;
mod program;
mod statement;
mod steps;
mod text;

pub use inquiry::{Inquired, Inquiry};
pub use json::Json;
pub use lists::{Each, Grade, Listed, Numbers, OneText, Scored, Scores};
pub use program::{Code, Reflected, Thoughts};
pub use statement::{Cited, Next, Onward, Rethought, Stated};
pub(crate) use steps::judged;
pub use steps::{Continuation, Corrected, Deepened, FirstWrong, Judged, Reconsidered, StepByStep};
pub(crate) use text::LAST;
pub use text::{InSteps, Problems, Said, Solution};

/// Bytes of an answer that are read; what follows is left out.
const READ_BYTES: usize = 64 << 10;
/// Bytes of a prompt or reason that a model writes; the rest is cut. `Idea2Img` asks for at most 50
/// words.
pub const PROMPT_BYTES: usize = 1 << 10;
/// Places of an answer at which JSON may begin that are tried.
const TRIES: usize = 64;
/// The tags of `Idea2Img`, for models that write no JSON.
const TAGS: (&str, &str) = ("<START>", "<END>");
/// The scale of the judge's scores (`Idea2Img`, section 3).
const BEST_SCORE: u8 = 10;

/// An answer that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct Unusable {
    /// Why, in our words alone.
    pub reason: String,
}

impl Unusable {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// What an answer must be.
pub trait Form {
    /// What it means.
    type Value;
    /// Name and JSON schema, for providers that know them.
    fn contract(&self) -> Contract;
    /// Reads one JSON value.
    fn of_json(&self, value: &Json<'_>) -> Result<Self::Value, Unusable>;
    /// Reads an answer that holds no JSON object.
    fn of_words(&self, text: &str) -> Result<Self::Value, Unusable>;
    /// What is surely meant, whatever JSON stands around it.
    fn outright(&self, _text: &str) -> Option<Self::Value> {
        None
    }
}

/// Finds in an answer what the form asks for: a JSON object, alone, in a fence or in prose; else
/// words.
pub fn read<F: Form>(form: &F, answer: &str) -> Result<F::Value, Unusable> {
    let text = cut(said(answer), READ_BYTES).trim();
    if text.is_empty() {
        let why =
            if answer.trim().is_empty() { "is empty" } else { "is thoughts and nothing else" };
        return Err(Unusable::new(format!("the answer {why}")));
    }
    if let Some(meant) = form.outright(text) {
        return Ok(meant);
    }
    let mut found = None;
    for value in objects(text) {
        match form.of_json(&value) {
            Ok(read) => return Ok(read),
            Err(wrong) => found = found.or(Some(wrong)),
        }
    }
    match found {
        Some(wrong) => Err(wrong),
        None if is_broken(form, text) => Err(Unusable::new(
            "the answer begins as JSON and is none: it breaks off, or is too long",
        )),
        None => form.of_words(text),
    }
}

/// What is said once a model has thought: servers that know nothing of thoughts hand on those of some models,
/// between tags of which the first one may stand in the question.
fn said(answer: &str) -> &str {
    const THOUGHT: (&str, &str) = ("<think>", "</think>");
    let begun = answer.trim_start();
    // Tags within what is said are a part of it.
    if begun.starts_with(['{', '[', '`']) {
        return answer;
    }
    match answer.split_once(THOUGHT.1) {
        Some((_, said)) => said,
        None if begun.starts_with(THOUGHT.0) => "",
        None => answer,
    }
}

/// True if a text begins with an object that has a property of the form, and is none.
fn is_broken(form: &impl Form, text: &str) -> bool {
    let bare = text.trim_start_matches('`').trim_start_matches("json").trim_start();
    let named = || Some(bare.strip_prefix('{')?.trim_start().strip_prefix('"')?.split_once('"')?.0);
    named().is_some_and(|name| form.contract().schema.contains(&format!("\"{name}\":")))
}

/// JSON objects that begin somewhere in a text, outermost first.
fn objects(text: &str) -> impl Iterator<Item = Json<'_>> {
    text.match_indices('{').take(TRIES).filter_map(|(at, _)| {
        let mut values = Deserializer::from_str(text.get(at..)?).into_iter::<Json<'_>>();
        values.next()?.ok().filter(Json::is_object)
    })
}

/// The texts between tags.
pub(crate) fn tagged(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(TAGS.0).skip(1);
    pieces.map(|piece| piece.split_once(TAGS.1).map_or(piece, |(inner, _)| inner))
}

/// A model's sentence as it goes on: one clean line within the bound; `None` if nothing is left.
pub(crate) fn sentence(text: &str) -> Option<String> {
    let cleaned = clean(text);
    let cut = cut(cleaned.trim(), PROMPT_BYTES).trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

/// True if a text has a letter or a digit: what has neither says nothing by itself.
pub(crate) fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// An object with exactly these properties, all of them required.
pub(crate) fn contract(name: &str, properties: &Value) -> Contract {
    let names: Vec<&String> =
        properties.as_object().into_iter().flat_map(|map| map.keys()).collect();
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    });
    Contract { name: name.to_owned().into(), schema: schema.to_string().into() }
}

/// Prompts for a painter: at least one, at most so many.
#[derive(Clone, Copy, Debug)]
pub struct Prompts {
    /// How many are wanted.
    pub wanted: usize,
}

impl Prompts {
    fn of<'t>(self, texts: impl Iterator<Item = &'t str>) -> Result<Vec<String>, Unusable> {
        let mut prompts: Vec<String> = Vec::new();
        for prompt in texts.filter_map(sentence) {
            if prompts.len() < self.wanted && !prompts.contains(&prompt) {
                prompts.push(prompt);
            }
        }
        if prompts.is_empty() {
            Err(Unusable::new("the answer holds no prompt"))
        } else {
            Ok(prompts)
        }
    }
}

impl Form for Prompts {
    type Value = Vec<String>;

    fn contract(&self) -> Contract {
        let prompts = json!({ "type": "array", "items": { "type": "string" } });
        contract("prompts", &json!({ "prompts": prompts }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<String>, Unusable> {
        let list = value.get("prompts").and_then(Json::as_array);
        let list = list.ok_or_else(|| Unusable::new("there is no list `prompts` in the answer"))?;
        self.of(list.iter().filter_map(Json::as_str))
    }

    fn of_words(&self, text: &str) -> Result<Vec<String>, Unusable> {
        self.of(tagged(text))
    }
}

/// Contrary ideas: prompts under a name of their own, so that whoever answers by the form knows what is
/// wanted.
#[derive(Clone, Copy, Debug)]
pub struct Contraries {
    /// How many are wanted.
    pub wanted: usize,
}

impl Form for Contraries {
    type Value = Vec<String>;

    fn contract(&self) -> Contract {
        let name = "contraries".into();
        Contract { name, ..Prompts { wanted: self.wanted }.contract() }
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<String>, Unusable> {
        Prompts { wanted: self.wanted }.of_json(value)
    }

    fn of_words(&self, text: &str) -> Result<Vec<String>, Unusable> {
        Prompts { wanted: self.wanted }.of_words(text)
    }
}

/// One of several pictures, which are counted from 0.
#[derive(Clone, Copy, Debug)]
pub struct OneOf {
    /// How many there are; at least 1.
    pub pictures: usize,
}

/// The judge's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which picture is best.
    pub best: usize,
    /// How good that one is, from 1 to 10; 0 if it has no score.
    pub score: u8,
}

impl OneOf {
    fn choice(self, number: Option<u64>, score: impl Fn(usize) -> u8) -> Result<Choice, Unusable> {
        let best = number.and_then(|number| usize::try_from(number).ok());
        let Some(best) = best else {
            return Err(Unusable::new("the answer names no picture by its number"));
        };
        if best >= self.pictures {
            let last = self.pictures.saturating_sub(1);
            return Err(Unusable::new(format!("the pictures are numbered from 0 to {last}")));
        }
        Ok(Choice { best, score: score(best) })
    }
}

impl Form for OneOf {
    type Value = Choice;

    fn contract(&self) -> Contract {
        let scores = json!({ "type": "array", "items": { "type": "integer" } });
        let (check, best) = (json!({ "type": "string" }), json!({ "type": "integer" }));
        contract("choice", &json!({ "check": check, "scores": scores, "best": best }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Choice, Unusable> {
        let scores = value.get("scores").and_then(Json::as_array);
        // A list of another length belongs to other pictures.
        let scores = scores.filter(|scores| scores.len() == self.pictures);
        let score = |at: usize| {
            let score = scores.and_then(|scores| scores.get(at)).and_then(Json::as_u64);
            let score = score.and_then(|score| u8::try_from(score).ok());
            score.filter(|score| (1..=BEST_SCORE).contains(score)).unwrap_or(0)
        };
        self.choice(value.get("best").and_then(Json::as_u64), score)
    }

    fn of_words(&self, text: &str) -> Result<Choice, Unusable> {
        self.choice(tagged(text).find_map(|inner| inner.trim().parse().ok()), |_| 0)
    }
}

/// One thing that is wrong with a picture, in words.
#[derive(Clone, Copy, Debug)]
pub struct Reason;

impl Form for Reason {
    type Value = String;

    fn contract(&self) -> Contract {
        contract("reason", &json!({ "reason": { "type": "string" } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<String, Unusable> {
        let reason = value.get("reason").and_then(Json::as_str).and_then(sentence);
        reason.ok_or_else(|| Unusable::new("there is no text `reason` in the answer"))
    }

    /// Without tags the whole answer is the reason, as in `Idea2Img`'s code.
    fn of_words(&self, text: &str) -> Result<String, Unusable> {
        let inner = tagged(text).next().unwrap_or(text);
        sentence(inner).ok_or_else(|| Unusable::new("the answer holds no reason"))
    }
}

#[cfg(test)]
mod tests;
