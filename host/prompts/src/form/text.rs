//! The forms of texts: an answer in steps, and what is wrong with one.

use std::{borrow::Cow, sync::LazyLock};

use pentimento_model::{Contract, cleaned};
use serde_json::json;

use super::{Form, Json, Unusable, contract, cut, says_something};

/// Bytes of an answer or of one of its steps; the rest is cut.
const TEXT_BYTES: usize = 16 << 10;
/// Bytes of one problem.
const PROBLEM_BYTES: usize = 1 << 10;
/// Steps of an answer; later ones are left out. Published traces have at most some thirty.
const MOST_STEPS: usize = 64;
/// Problems of one answer that are told on.
const MOST_PROBLEMS: usize = 16;
/// What comes before the answer where there is no JSON.
const ANSWER: &str = "answer:";
/// What comes before it in what is kept.
pub(crate) const LAST: &str = "Answer: ";
/// What it is in where it stands in a sentence (arXiv:2201.11903, arXiv:2205.11916).
const IS: &str = "answer is";
/// What a last line begins with that draws a conclusion.
const CONCLUDING: [&str; 4] = ["therefore", "thus", "so,", "hence"];
/// What is put around words to make them bold, or a heading.
const MARKS: [char; 4] = ['*', '#', '_', ' '];
/// What Self-Refine's feedback on mathematics ends with if nothing is wrong, and how our own question says it.
const CORRECT: [&str; 3] = ["it is correct", "answer is correct", "there are no problems"];
/// What turns such a sentence round, or makes it a condition.
const UNLESS: [&str; 4] = [" not ", "n't ", "whether ", "if "];
/// The scale of scores.
const BEST_SCORE: u64 = 10;

/// A text in steps, as a candidate of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solution {
    /// The reasoning, one step each; none if a text was asked for.
    pub steps: Vec<String>,
    /// The answer alone.
    pub answer: String,
}

impl Solution {
    /// The text that is kept: a line for each step, then the answer.
    pub fn text(&self) -> String {
        if self.steps.is_empty() {
            return self.answer.clone();
        }
        let bytes = self.steps.iter().map(|step| step.len() + 1).sum::<usize>();
        let mut text = String::with_capacity(bytes + LAST.len() + self.answer.len());
        for step in &self.steps {
            for (number, line) in step.split('\n').enumerate() {
                text.push_str(if number == 0 { "" } else { " " });
                text.push_str(line);
            }
            text.push('\n');
        }
        text.push_str(LAST);
        text.push_str(&self.answer);
        text
    }
}

/// A stranger's text with its line breaks; every line is clean.
fn block(text: &str) -> String {
    let text = cut(text, TEXT_BYTES).trim();
    match cleaned(text) {
        // It is clean already, and has no line breaks then.
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(line) if !text.contains('\n') => line.trim().to_owned(),
        Cow::Owned(_) => {
            let lines: Vec<_> = text.lines().map(cleaned).collect();
            lines.join("\n").trim().to_owned()
        }
    }
}

fn no_answer() -> Unusable {
    Unusable::new("there is no text `answer` in the answer")
}

/// An answer to a question, with its steps.
#[derive(Clone, Copy, Debug)]
pub struct InSteps;

impl InSteps {
    fn of<'t>(steps: impl Iterator<Item = &'t str>, answer: &str) -> Result<Solution, Unusable> {
        let steps = steps.map(block).filter(|step| !step.is_empty()).take(MOST_STEPS);
        let solution = Solution { steps: steps.collect(), answer: block(answer) };
        // Whoever copies the form instead of filling it in answers `…`.
        let is_blank = solution.answer.trim_matches(['.', '…', ' ']).is_empty();
        if is_blank { Err(no_answer()) } else { Ok(solution) }
    }
}

impl Form for InSteps {
    type Value = Solution;

    fn contract(&self) -> Contract {
        static MADE: LazyLock<Contract> = LazyLock::new(|| {
            let steps = json!({ "type": "array", "items": { "type": "string" } });
            contract("solution", &json!({ "steps": steps, "answer": { "type": "string" } }))
        });
        MADE.lasting()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Solution, Unusable> {
        let answer = match value.get("answer") {
            Some(Json::Text(text)) => Cow::Borrowed(&**text),
            // Asked for a number, some models write one.
            Some(Json::Number(number)) => Cow::Owned(number.to_string()),
            _ => return Err(no_answer()),
        };
        let steps = value.get("steps").and_then(Json::as_array);
        Self::of(steps.into_iter().flatten().filter_map(Json::as_str), &answer)
    }

    /// Without the word before it, a last line that concludes is the answer, else the whole text if it has
    /// a word or a number. (A sign alone, such as `<`, is one where the form is kept.)
    fn of_words(&self, text: &str) -> Result<Solution, Unusable> {
        // Lower case of other letters can have another length; places are those of ASCII alone.
        if let Some(at) = text.to_ascii_lowercase().rfind(ANSWER) {
            let (steps, answer) = text.split_at(at);
            let answer = answer.get(ANSWER.len()..).unwrap_or_default();
            // A heading or a word in bold, as models write them.
            let steps = steps.trim_end_matches(MARKS);
            return Self::of(steps.lines(), answer.trim_start_matches(MARKS));
        }
        match conclusion(text) {
            Some((steps, answer)) => Self::of(steps.lines(), answer),
            None if says_something(text) => Self::of([].into_iter(), text),
            None => Err(Unusable::new("there is neither a word nor a number in the answer")),
        }
    }
}

/// The lines before a last one that says of itself that it concludes, and what it concludes.
fn conclusion(text: &str) -> Option<(&str, &str)> {
    let (steps, last) = text.trim_end().rsplit_once('\n')?;
    let small = last.to_ascii_lowercase();
    if let Some(at) = small.rfind(IS) {
        return Some((steps, last.get(at + IS.len()..)?));
    }
    CONCLUDING.iter().any(|word| small.trim_start().starts_with(word)).then_some((steps, last))
}

/// What somebody says of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is wrong, gravest first; empty if nothing is.
    pub problems: Vec<String>,
    /// Nothing is wrong.
    pub correct: bool,
    /// From 1 to 10; 0 if there is none.
    pub score: u8,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug)]
pub struct Problems;

impl Problems {
    fn of<'t>(
        problems: impl Iterator<Item = &'t str>,
        correct: bool,
        score: u8,
    ) -> Result<Said, Unusable> {
        let told = |text: &str| cut(cleaned(text).trim(), PROBLEM_BYTES).trim_end().to_owned();
        let problems = problems.map(told).filter(|text| says_something(text)).take(MOST_PROBLEMS);
        let problems: Vec<String> = if correct { Vec::new() } else { problems.collect() };
        if !correct && problems.is_empty() {
            return Err(Unusable::new("the answer names no problem, and does not say `correct`"));
        }
        Ok(Said { problems, correct, score })
    }
}

impl Form for Problems {
    type Value = Said;

    fn contract(&self) -> Contract {
        static MADE: LazyLock<Contract> = LazyLock::new(|| {
            let problems = json!({ "type": "array", "items": { "type": "string" } });
            let (correct, score) = (json!({ "type": "boolean" }), json!({ "type": "integer" }));
            let properties = json!({ "problems": problems, "correct": correct, "score": score });
            contract("problems", &properties)
        });
        MADE.lasting()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Said, Unusable> {
        let problems = value.get("problems").and_then(Json::as_array);
        let problems: Vec<&str> = problems.into_iter().flatten().filter_map(Json::as_str).collect();
        let correct = value.get("correct").and_then(Json::as_bool).unwrap_or(false);
        let score = value.get("score").and_then(Json::as_u64);
        let score = score.filter(|score| (1..=BEST_SCORE).contains(score)).unwrap_or(0);
        // Who says that all is right, and names problems, is not believed in the former.
        let named = problems.iter().any(|problem| says_something(problem));
        Self::of(problems.into_iter(), correct && !named, u8::try_from(score).unwrap_or(0))
    }

    fn of_words(&self, text: &str) -> Result<Said, Unusable> {
        let small = text.to_ascii_lowercase();
        let says_so = |sentence: &str| {
            CORRECT.iter().any(|words| sentence.contains(words))
                && !UNLESS.iter().any(|word| sentence.contains(word))
        };
        let correct = small.split(['.', '!', '?', '\n']).any(says_so);
        Self::of([text].into_iter(), correct, 0)
    }
}

#[cfg(test)]
mod tests;
