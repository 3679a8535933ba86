//! Any server with `OpenAI`'s API.
//!
//! Many compatible servers lack the Responses API, or have one that refuses probabilities or takes no
//! notice of the form an answer must have (llama.cpp's, build 11549, does both): questions find out, and
//! what they found is remembered.

mod chat;
mod embeddings;
mod images;
mod repeated;
mod responses;
mod usage;

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
};

use pentimento_model::{Chat, MediaType, Message, Part};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    at_most::AtMost,
    error::{Failure, ProviderError},
    limits,
    question::Question,
    reply::Answered,
    transport::{Call, Transport},
};

pub(crate) use embeddings::{Vectors, checked, embed};
pub(crate) use images::paint;

/// Models of which it is remembered that they are silent, at most: names come from settings, so there
/// are few.
const SILENT_MODELS: usize = 1000;

/// The server has the Responses API.
const RESPONSES: u8 = 1;
/// It has chat completions only, or does them better.
const COMPLETIONS: u8 = 2;

/// What was found out about a server: which of the two APIs for words it has, and which of its models
/// do not say how likely their words were.
#[derive(Debug, Default)]
pub(crate) struct Dialect {
    /// [`RESPONSES`], [`COMPLETIONS`], or 0 while nothing is known.
    api: AtomicU8,
    silent: Mutex<BTreeSet<String>>,
}

impl Dialect {
    /// Asks in the dialect the server knows. A model that refuses to say how likely its words were is
    /// asked without; the answer then has no tokens.
    pub(crate) async fn complete(
        &self,
        transport: &Transport,
        model: &str,
        chat: &Chat,
    ) -> Result<Answered, ProviderError> {
        if chat.alternatives == 0 {
            return self.ask(transport, model, chat).await;
        }
        let plain = Chat { alternatives: 0, ..chat.clone() };
        if self.silent().contains(model) {
            return self.ask(transport, model, &plain).await;
        }
        match self.ask(transport, model, chat).await {
            // Whether it is the probabilities that are refused, the same question without them tells.
            Err(error) if error.failure == Failure::Rejected => {
                let answer = self.ask(transport, model, &plain).await?;
                let mut silent = self.silent();
                if silent.len() < SILENT_MODELS {
                    silent.insert(model.to_owned());
                }
                Ok(answer)
            }
            other => other,
        }
    }

    async fn ask(
        &self,
        transport: &Transport,
        model: &str,
        chat: &Chat,
    ) -> Result<Answered, ProviderError> {
        // The Responses API knows no texts that end an answer.
        if !chat.stop.is_empty() || self.knows(COMPLETIONS) {
            return chat::complete(transport, model, chat).await;
        }
        match responses::complete(transport, model, chat).await {
            // Either there is no such call or no such model; the other call tells. While this one was
            // on its way, another may have found that out.
            Err(error) if error.failure == Failure::NotFound && !self.knows(RESPONSES) => {
                self.fall_back(transport, model, chat).await
            }
            // Some servers tell probabilities only through the other call.
            Err(error) if error.failure == Failure::Rejected && chat.alternatives > 0 => {
                self.fall_back(transport, model, chat).await
            }
            Err(error) => Err(error),
            Ok(said) if said.ignores_form => {
                // It may have been paid: if no better one can be had, it is the answer.
                self.fall_back(transport, model, chat).await.or(Ok(said.answered))
            }
            Ok(said) => {
                self.api.store(RESPONSES, Ordering::Relaxed);
                Ok(said.answered)
            }
        }
    }

    /// Asks through chat completions, and from then on if that goes well.
    async fn fall_back(
        &self,
        transport: &Transport,
        model: &str,
        chat: &Chat,
    ) -> Result<Answered, ProviderError> {
        let answer = chat::complete(transport, model, chat).await?;
        self.api.store(COMPLETIONS, Ordering::Relaxed);
        Ok(answer)
    }

    fn knows(&self, api: u8) -> bool {
        self.api.load(Ordering::Relaxed) == api
    }

    /// Nothing between lock and unlock can panic, so a poisoned lock still guards a whole set.
    fn silent(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The names of the server's models.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    #[derive(Deserialize)]
    struct List {
        data: AtMost<Model, { limits::LISTED_MODELS }>,
    }
    #[derive(Deserialize)]
    struct Model {
        id: String,
    }
    let list: List = transport.ask(&Call::get("models", limits::WORDS_BYTES)).await?;
    Ok(list.data.0.iter().map(|model| transport.shown(&model.id)).collect())
}

/// Bytes of an answer to this question, at most.
fn most(chat: &Chat) -> usize {
    if chat.alternatives > 0 { limits::LIKELY_WORDS_BYTES } else { limits::WORDS_BYTES }
}

/// A server's own word for what went wrong, in an answer that says it went well.
#[derive(Deserialize)]
#[serde(untagged)]
enum Trouble {
    Words(String),
    Said { message: Option<String> },
}

impl Trouble {
    fn error(&self, transport: &Transport) -> ProviderError {
        let words = match self {
            Self::Words(words) | Self::Said { message: Some(words) } => words,
            Self::Said { message: None } => "no reason given",
        };
        let cause = transport.because(&format!("the server says: {words}"));
        transport.bad("is an error").because(cause)
    }
}

/// A JSON schema out of a contract.
pub(crate) fn schema(transport: &Transport, text: &str) -> Result<Value, ProviderError> {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("the JSON schema for provider `{}` is no JSON", transport.name());
        ProviderError::new(Failure::WrongUse, message)
            .because(transport.because(&error.to_string()))
    })
}

/// A message's parts, under the names that one of the two APIs has for them.
fn parts(
    message: &Message,
    body: &mut Question,
    text_kind: &str,
    image: impl Fn(Value) -> Value,
) -> Vec<Value> {
    let mut parts = Vec::new();
    for part in &message.parts {
        parts.push(match part {
            Part::Text(text) => json!({ "type": text_kind, "text": text }),
            Part::Image(picture) if picture.media_type == MediaType::Text => {
                let text = String::from_utf8_lossy(&picture.bytes);
                json!({ "type": text_kind, "text": text })
            }
            Part::Image(picture) => image(body.data_url(picture)),
        });
    }
    parts
}

/// Something is wrong with a probability.
fn bad_logprob(transport: &Transport) -> ProviderError {
    transport.bad("holds a token whose probability is no number")
}

/// A log-probability as it can be: finite, and not above 0 but for rounding.
pub(crate) fn logprob(transport: &Transport, value: f64) -> Result<f32, ProviderError> {
    /// What rounding may put above 0.
    const SLACK: f64 = 1e-3;
    if !value.is_finite() || value > SLACK {
        return Err(bad_logprob(transport));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the precision of f32 is enough")]
    let value = value.min(0.0) as f32;
    if value.is_finite() { Ok(value) } else { Err(bad_logprob(transport)) }
}
