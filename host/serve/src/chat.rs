//! `chat/completions`: the mind as writer and seer, by rules, and the simulation.
//!
//! What they know, `mind::RuleSpeaker` and `mind::Simulated` say. Here calls are read and answers are
//! written.

use hyper::StatusCode;
use pentimento_engine::{PortError, PortErrorKind, ports::Paid};
use pentimento_model::{Answer, Chat, Contract, Finish, Seed, Token};
use serde::Deserialize;
use serde_json::{Value, json};

use self::said::Said;
use crate::{
    limits,
    models::{self, ChatModel},
    refusal::Refusal,
    world::World,
};

mod said;

/// Alternatives of a token that are told at most, as in `OpenAI`'s API.
const ALTERNATIVES: u8 = 20;

/// What a caller asks. Fields that change nothing here, such as `temperature` and `max_tokens`, are
/// passed over.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    model: String,
    messages: Vec<Said>,
    /// Rules have no chance in them; the simulation's answers follow from it.
    seed: Option<u64>,
    response_format: Option<ResponseFormat>,
    n: Option<u32>,
    stream: Option<bool>,
    logprobs: Option<bool>,
    top_logprobs: Option<u8>,
}

#[derive(Debug, Deserialize)]
struct ResponseFormat {
    json_schema: Option<JsonSchema>,
}

#[derive(Debug, Deserialize)]
struct JsonSchema {
    name: String,
    #[serde(default)]
    schema: Value,
}

impl Ask {
    /// The question as it is put to who answers.
    fn read(self, seed: Seed) -> Result<Chat, Refusal> {
        let schema = self.response_format.and_then(|format| format.json_schema);
        let contract = |one: JsonSchema| Contract {
            name: one.name.into(),
            schema: one.schema.to_string().into(),
        };
        let likely = self.logprobs == Some(true);
        let alternatives = self.top_logprobs.unwrap_or(1).clamp(1, ALTERNATIVES);
        Ok(Chat {
            messages: said::messages(&self.messages)?.into(),
            contract: schema.map(contract),
            alternatives: if likely { alternatives } else { 0 },
            ..Chat::ask("", 1, seed)
        })
    }
}

/// Answers a question.
pub(crate) async fn complete(world: &World, ask: Ask) -> Result<Value, Refusal> {
    let model = models::chat_model(&ask.model)?;
    for (field, wrong) in
        [("stream", ask.stream == Some(true)), ("n", ask.n.is_some_and(|n| n != 1))]
    {
        if wrong {
            let model = &ask.model;
            return Err(Refusal::of(field, format!("`{model}` gives one answer, whole")));
        }
    }
    let seed = match (ask.seed, model) {
        (Some(seed), _) => Seed(seed),
        (None, ChatModel::Mind) => Seed(0),
        (None, ChatModel::Simulated(_)) => world.next_seed(),
    };
    let chat = crate::ask::elsewhere(move || ask.read(seed)).await?;
    if model != ChatModel::Mind && chat.texts().map(str::len).sum::<usize>() > limits::WORDS_BYTES {
        let message = format!("a simulation reads at most {} bytes", limits::WORDS_BYTES);
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message));
    }
    let answer = world.answer(model, &chat).await.map_err(|error| refused(&error, &chat))?;
    Ok(shown(world, &chat, &answer))
}

/// A question that nobody here knows, or about a picture that the eye cannot look at: the eye looks at
/// whatever can be decoded, so a client that came again would only be refused again.
fn refused(error: &PortError, chat: &Chat) -> Refusal {
    let shows = chat.images().next().is_some();
    let status = match error.kind {
        PortErrorKind::WrongUse => StatusCode::BAD_REQUEST,
        _ if shows => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Refusal::new(status, error.to_string()).coded("unknown_question")
}

/// Rules read no tokens and write none; those of the simulation are what a model would have taken.
fn shown(world: &World, chat: &Chat, paid: &Paid<Answer>) -> Value {
    let (answer, usage) = (&paid.value, &paid.cost.usage);
    let (content, refusal) = match answer.finish {
        Finish::Refusal => (None, Some(&answer.text)),
        _ => (Some(&answer.text), None),
    };
    let id = chat.key().to_hex();
    let short = id.get(..24).unwrap_or_default();
    let told: Vec<Value> = answer.tokens.iter().map(token).collect();
    json!({
        "id": format!("chatcmpl-{short}"),
        "object": "chat.completion",
        "created": world.now(),
        "model": answer.model,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": refusal },
            "logprobs": if told.is_empty() { Value::Null } else { json!({ "content": told }) },
            "finish_reason": "stop",
        }],
        "usage": {
            "prompt_tokens": usage.input_tokens,
            "completion_tokens": usage.output_tokens,
            "total_tokens": usage.input_tokens.saturating_add(usage.output_tokens),
        },
    })
}

fn token(token: &Token) -> Value {
    let one = |text: &str, logprob: f32| json!({ "token": text, "logprob": logprob, "bytes": text.as_bytes() });
    let mut told = one(&token.text, token.logprob);
    let others = token.alternatives.iter().map(|(text, logprob)| one(text, *logprob));
    if let Some(fields) = told.as_object_mut() {
        fields.insert("top_logprobs".to_owned(), others.collect());
    }
    told
}

#[cfg(test)]
mod tests;
