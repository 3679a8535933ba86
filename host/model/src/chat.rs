//! What a model is asked in words and pictures, and what it answers.
//!
//! How a provider wants that written is the provider's business.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use crate::{Artifact, Seed, StepKey, id::Parts};

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speaker {
    /// The program, once and first: what the model is to be.
    System,
    /// The program, asking.
    User,
    /// The model, earlier.
    Model,
}

impl Speaker {
    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Model => "model",
        }
    }
}

/// Mostly one: it needs no memory of its own then, and thousands of questions may wait at once.
pub type Few<T> = SmallVec<[T; 1]>;

/// A piece of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A picture; never a text artifact.
    Image(Artifact),
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Who says it.
    pub speaker: Speaker,
    /// What, in order.
    pub parts: Few<Part>,
}

impl Message {
    /// A message of words alone.
    pub fn text(speaker: Speaker, text: impl Into<String>) -> Self {
        Self { speaker, parts: smallvec![Part::Text(text.into())] }
    }
}

/// The form an answer must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its name, `a-z`, `0-9` and `_`: providers want one.
    pub name: Cow<'static, str>,
    /// A JSON schema, as JSON text.
    pub schema: Cow<'static, str>,
}

impl Contract {
    /// The same contract, without a copy of what it says.
    #[must_use]
    pub fn lasting(&'static self) -> Self {
        Self { name: Cow::Borrowed(&self.name), schema: Cow::Borrowed(&self.schema) }
    }
}

/// How freely a model chooses among likely tokens: 0 (always the likeliest) to 2.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Temperature(f32);

impl Temperature {
    /// Always the likeliest token.
    pub const ZERO: Self = Self(0.0);

    /// Returns `None` for NaN and for anything outside 0 to 2.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=2.0).contains(&value).then_some(Self(value))
    }

    /// The number.
    pub const fn value(self) -> f32 {
        self.0
    }
}

/// A question to a model, with everything said before.
#[derive(Clone, Debug, PartialEq)]
pub struct Chat {
    /// Everything said so far; the last message is a [`Speaker::User`]'s.
    pub messages: Few<Message>,
    /// The form the answer must have; `None` for free text.
    pub contract: Option<Contract>,
    /// The most tokens the answer may have; at least 1.
    pub max_tokens: u32,
    /// How freely the model chooses; `None` leaves it to the provider, since some models refuse
    /// any value.
    pub temperature: Option<Temperature>,
    /// For providers that can repeat an answer.
    pub seed: Seed,
    /// Texts that end the answer.
    pub stop: Vec<String>,
    /// How many likely alternatives of each token are wanted; 0 for no probabilities at all.
    pub alternatives: u8,
}

/// Tokens that providers put around each message, at most. `OpenAI`'s published chat format takes
/// 3 to 4.
const TOKENS_PER_MESSAGE: u64 = 16;

impl Chat {
    /// One question in free text, as repeatable as the provider allows.
    pub fn ask(text: impl Into<String>, max_tokens: u32, seed: Seed) -> Self {
        Self {
            messages: smallvec![Message::text(Speaker::User, text)],
            contract: None,
            max_tokens,
            temperature: None,
            seed,
            stop: Vec::new(),
            alternatives: 0,
        }
    }

    /// All words, piece by piece, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.messages.iter().flat_map(|message| &message.parts).filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Image(_) => None,
        })
    }

    /// All pictures, in order.
    pub fn images(&self) -> impl Iterator<Item = &Artifact> {
        self.messages.iter().flat_map(|message| &message.parts).filter_map(|part| match part {
            Part::Image(image) => Some(image),
            Part::Text(_) => None,
        })
    }

    /// The most tokens that reading this takes. No tokenizer makes more tokens than a text has
    /// bytes; what a picture takes at most, the provider knows.
    pub fn most_input_tokens(&self, tokens_per_image: u64) -> u64 {
        let mut tokens = 0_u64;
        for message in &self.messages {
            tokens = tokens.saturating_add(TOKENS_PER_MESSAGE);
            for part in &message.parts {
                tokens = tokens.saturating_add(match part {
                    Part::Text(text) => text.len() as u64,
                    Part::Image(_) => tokens_per_image,
                });
            }
        }
        let schema = self.contract.as_ref().map_or(0, |one| one.schema.len() + one.name.len());
        tokens.saturating_add(schema as u64)
    }

    /// A hash of everything in it: same key, same question.
    pub fn key(&self) -> StepKey {
        let mut parts = Parts::default().with("chat");
        for message in &self.messages {
            parts = parts.with(message.speaker.as_str()).with_number(message.parts.len() as u64);
            for part in &message.parts {
                parts = match part {
                    Part::Text(text) => parts.with("text").with(text),
                    Part::Image(image) => parts.with("image").with(image.id.as_bytes()),
                };
            }
        }
        // Says how many parts follow, so that no contract can pass for other settings.
        parts = match &self.contract {
            Some(contract) => parts.with("contract").with(&*contract.name).with(&*contract.schema),
            None => parts.with("free"),
        };
        let temperature = self.temperature.map_or(String::new(), |one| one.value().to_string());
        parts = parts.with_number(self.max_tokens.into()).with(temperature);
        parts = parts.with_number(self.seed.0).with_number(self.alternatives.into());
        StepKey::of_parts(self.stop.iter().fold(parts, Parts::with))
    }
}

/// Why an answer ends where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model was done, or met a text that ends it.
    Stop,
    /// The token cap was reached: the text is cut off.
    Length,
    /// The model or the provider's filter declined.
    Refusal,
    /// The model asks for a tool.
    Tool,
    /// Anything else, in the provider's word.
    Other(String),
}

/// One written token and how likely it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its text.
    pub text: String,
    /// The natural logarithm of its probability; at most 0.
    pub logprob: f32,
    /// The likeliest tokens in its place, itself included, likeliest first.
    pub alternatives: Vec<(String, f32)>,
}

/// What a model said.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its words; those of the refusal if it declined.
    pub text: String,
    /// Why it ends there.
    pub finish: Finish,
    /// The model that answered, in the provider's word; names such as `latest` are resolved there.
    pub model: String,
    /// Its tokens with their probabilities, if those were asked for.
    pub tokens: Vec<Token>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MediaType;

    fn ask(text: &str) -> Chat {
        Chat::ask(text, 100, Seed(1))
    }

    #[test]
    fn different_questions_have_different_keys() {
        let picture = Artifact::new(MediaType::Png, b"picture".as_slice());
        let with = |change: &dyn Fn(&mut Chat)| {
            let mut chat = ask("how many cats?");
            change(&mut chat);
            chat.key()
        };
        let contract =
            |schema: &str| Some(Contract { name: "n".into(), schema: schema.to_owned().into() });
        let mut keys = vec![
            with(&|_| ()),
            with(&|chat| chat.max_tokens = 99),
            with(&|chat| chat.seed = Seed(2)),
            with(&|chat| chat.temperature = Some(Temperature::ZERO)),
            with(&|chat| chat.alternatives = 5),
            with(&|chat| chat.stop = vec!["end".to_owned()]),
            with(&|chat| chat.contract = contract("{}")),
            with(&|chat| chat.contract = contract("true")),
            with(&|chat| chat.messages[0].speaker = Speaker::System),
            with(&|chat| chat.messages[0].parts.push(Part::Image(picture.clone()))),
            with(&|chat| chat.messages.push(Message::text(Speaker::User, "how many cats?"))),
            ask("how many dogs?").key(),
        ];
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 12);
        assert_eq!(ask("how many cats?").key(), with(&|_| ()));
    }

    #[test]
    fn reading_takes_no_more_tokens_than_there_are_bytes_and_pictures() {
        let mut chat = ask("hé");
        assert_eq!(chat.most_input_tokens(1000), 16 + 3);
        let picture = Artifact::new(MediaType::Png, b"picture".as_slice());
        chat.messages[0].parts.push(Part::Image(picture));
        assert_eq!(chat.most_input_tokens(1000), 16 + 3 + 1000);
        assert_eq!((chat.images().count(), chat.texts().collect::<Vec<_>>()), (1, vec!["hé"]));
    }

    #[test]
    fn nothing_outside_zero_to_two_is_a_temperature() {
        for bad in [-0.1, 2.1, f32::NAN, f32::INFINITY] {
            assert_eq!(Temperature::new(bad), None);
        }
        assert_eq!(Temperature::new(2.0).map(Temperature::value), Some(2.0));
    }
}
