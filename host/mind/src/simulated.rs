//! A simulated writer and judge, for tests of mechanisms and as the embedded default: **not a
//! model**.
//!
//! It knows four closed tasks: to work out a calculation, one operation a step, to answer a question
//! about some countries, one fact a step, to write a line with some words and without others, and to count
//! things in a picture. How often it is right,
//! how well it sees mistakes, and how it takes criticism are numbers that are set ([`Ability`]), so
//! that what a recipe does with a writer of known ability can be measured and asserted. What it
//! shows of a recipe says nothing of how good the recipe is with a real model.
//!
//! Same question and seed, same answer.

mod ability;
mod almanac;
mod asked;
mod breeding;
mod chance;
mod citing;
mod code;
mod demands;
mod eye;
mod facts;
mod lookahead;
mod sight;
mod sql;
mod sum;
mod support;
mod thought;
mod work;

use std::sync::Arc;

use async_trait::async_trait;
use pentimento_engine::{
    PortError, Reservation,
    ports::{Assess, Complete, Paid},
};
use pentimento_model::{Answer, Chat, Finish, Price, Seed, Spending, Token, Usage};
use pentimento_prompts::Solution;
use serde_json::Value;

pub use ability::{Ability, Temper};
use almanac::Quest;
use asked::Asked;
use demands::Demands;
use eye::{Seen, look};
use sight::Counting;
use sum::Sum;

use crate::eye::Eye;

/// Bytes of a token, roughly: enough to count by.
const BYTES_PER_TOKEN: u64 = 4;

/// A writer of known ability.
#[derive(Clone, Debug)]
pub struct Simulated {
    name: String,
    ability: Ability,
    /// It sees pictures.
    eye: Option<Eye>,
}

impl Simulated {
    /// One with a known temper.
    pub fn of(temper: Temper) -> Self {
        Self::with(temper.as_str(), temper.ability())
    }

    /// One with any ability; the name stands in journals.
    pub fn with(name: &str, ability: Ability) -> Self {
        Self { name: name.to_owned(), ability, eye: None }
    }

    /// The same as a seer, whose eye has this digest. It sees nothing yet.
    #[must_use]
    pub fn seeing(self, digest: &str) -> Self {
        Self { eye: Some(Eye::named(digest)), ..self }
    }

    /// The same with an assessor that finds objects in pictures as its eye.
    #[must_use]
    pub fn through(self, eye: Arc<dyn Assess>) -> Self {
        Self { eye: Some(Eye::through(eye)), ..self }
    }

    /// Answers a question, and tells what a model would have read and written; an error if it is none
    /// that it knows.
    pub async fn speak(&self, chat: &Chat) -> Result<Paid<Answer>, PortError> {
        let asked = Asked::read(chat);
        let (text, tokens) = match &self.eye {
            None => self.answer(&asked, chat)?,
            Some(eye) => self.say_of_picture(&asked, look(eye, chat).await?.as_ref(), chat.seed)?,
        };
        let text = if asked.is_plain { in_plain_words(text) } else { text };
        let count = |bytes: u64| bytes.div_ceil(BYTES_PER_TOKEN);
        let usage = Usage::of_tokens(count(asked.bytes), count(text.len() as u64));
        let model = format!("simulated/{}", self.name);
        let value = Answer { text, finish: Finish::Stop, model, tokens };
        Ok(Paid { value, cost: Price::FREE.of(usage) })
    }

    /// What it says of a picture.
    fn say_of_picture(
        &self,
        asked: &Asked,
        things: Option<&Seen>,
        seed: Seed,
    ) -> Result<(String, Vec<Token>), PortError> {
        match sight::answer(asked, things, &self.ability, seed) {
            Some(text) => Ok((text, Vec::new())),
            None => Err(Self::check_sight(&asked.question).err().unwrap_or_else(|| {
                unknown_form(&asked.form, "pictures", "`volcano` and `lookback`")
            })),
        }
    }

    /// Says whether it can answer this question about a picture at all.
    pub fn check_sight(question: &str) -> Result<(), PortError> {
        Counting::find(question).map(drop).ok_or_else(|| {
            PortError::wrong_use(
                "the simulated seer only counts things of the closed world, as in `How many apples and \
                 cats are in the picture?`",
                "bind a model that sees more: write `seer = \"PROVIDER/MODEL\"` under `[roles]`",
            )
        })
    }

    /// What it says, and how likely its words were if that is asked.
    fn answer(&self, asked: &Asked, chat: &Chat) -> Result<(String, Vec<Token>), PortError> {
        if let Some(likely) = support::likelihood(asked, &self.ability) {
            return Ok(chance::yes_or_no(likely, asked.likelihood, chat.seed));
        }
        Self::check(&asked.question)?;
        if let Some(demands) = Demands::find(&asked.question) {
            let answer = demands::answer(&demands, asked, &self.ability, chat.seed);
            return Ok((
                answer.ok_or_else(|| unknown_form(&asked.form, "lines of words", LINES))?,
                Vec::new(),
            ));
        }
        if let Some(quest) = Quest::find(&asked.question) {
            let answer = facts::answer(&quest, asked, &self.ability, chat.seed);
            return Ok((
                answer.ok_or_else(|| unknown_form(&asked.form, "questions of fact", FACTS))?,
                Vec::new(),
            ));
        }
        if let Some(likely) = thought::likelihood(asked, &self.ability, chat.seed) {
            return Ok(chance::yes_or_no(likely, asked.likelihood, chat.seed));
        }
        Ok((work::answer(asked, &self.ability, chat.seed), Vec::new()))
    }

    /// Says whether it can answer this question at all.
    pub fn check(question: &str) -> Result<(), PortError> {
        let known = Sum::find(question).is_some()
            || Quest::find(question).is_some()
            || Demands::find(question).is_some();
        known.then_some(()).ok_or_else(|| {
            PortError::wrong_use(
                "the simulated writer only knows calculations of whole numbers, such as `(3 + 4) * 5`, \
                 questions such as `What is the capital of Mongolia?`, and such as `Write a line with the \
                 words apple and boat, without the words very and thing, in at most 7 words.`",
                "bind a model that knows more: write `writer = \"PROVIDER/MODEL\"` under `[roles]`",
            )
        })
    }
}

/// An answer as whoever asked in plain words reads it: its steps, a line each, and what they came to.
fn in_plain_words(answer: String) -> String {
    let told: Value = serde_json::from_str(&answer).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let steps = told.get("steps").and_then(Value::as_array);
    let steps = steps.into_iter().flatten().filter_map(text).collect();
    let solution = told.get("answer").and_then(text).map(|answer| Solution { steps, answer });
    solution.map_or(answer, |solution| solution.text())
}

/// Something that it cannot say of a fact.
fn unknown_form(form: &str, task: &str, recipes: &str) -> PortError {
    PortError::wrong_use(
        format!("the simulation gives no `{form}` to {task}"),
        format!(
            "ask it for a calculation, choose one of {recipes}, or bind a model that knows more"
        ),
    )
}

/// The recipes that ask of facts what it can say of them.
const FACTS: &str = "`critic`, `critic-search`, `critic-sql`, `think-cite`, `self-refine` and \
                     `self-consistency`";

/// The recipes that ask of a line of words what it can say of one.
const LINES: &str = "`critic`, `self-refine` and `best-of-n-text`";

#[async_trait]
impl Complete for Simulated {
    fn identity(&self) -> String {
        let Self { name, ability, eye } = self;
        let eye = eye.as_ref().map(|eye| format!("/{}", eye.digest)).unwrap_or_default();
        format!("simulated/{name}/{}/{ability:?}{eye}", env!("CARGO_PKG_VERSION"))
    }

    fn most(&self, chat: &Chat) -> Spending {
        let read = chat.most_input_tokens(0);
        Price::FREE.at_most(Usage::of_tokens(read, chat.max_tokens.into()))
    }

    fn knows_likelihoods(&self) -> bool {
        true
    }

    async fn complete(
        &self,
        chat: &Chat,
        _leave: &Arc<Reservation>,
    ) -> Result<Paid<Answer>, PortError> {
        self.speak(chat).await
    }
}

#[cfg(test)]
mod tests;
