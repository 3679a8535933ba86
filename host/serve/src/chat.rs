//! `chat/completions`: the mind as writer and seer, by rules.
//!
//! What it knows, `mind::RuleSpeaker` says. Here calls are read and answers are written.

use hyper::StatusCode;
use pentimento_engine::{PortError, PortErrorKind};
use pentimento_model::{Answer, Chat, Contract, Finish, Message, Seed, Speaker, Token};
use serde::Deserialize;
use serde_json::{Value, json};

use self::said::Said;
use crate::{models, refusal::Refusal, world::World};

mod said;

/// Alternatives of a token that are told at most, as in `OpenAI`'s API.
const ALTERNATIVES: u8 = 20;

/// What a caller asks. Fields that change nothing here, such as `temperature` and `seed`, are
/// passed over: rules have no chance in them.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    model: String,
    messages: Vec<Said>,
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
}

impl Ask {
    /// The question as the mind reads it.
    fn read(self) -> Result<Chat, Refusal> {
        let schema = self.response_format.and_then(|format| format.json_schema);
        let contract = |one: JsonSchema| Contract { name: one.name.into(), schema: "".into() };
        let likely = self.logprobs == Some(true);
        let alternatives = self.top_logprobs.unwrap_or(1).clamp(1, ALTERNATIVES);
        Ok(Chat {
            messages: vec![Message { speaker: Speaker::User, parts: said::parts(&self.messages)? }],
            contract: schema.map(contract),
            alternatives: if likely { alternatives } else { 0 },
            ..Chat::ask("", 1, Seed(0))
        })
    }
}

/// Answers a question.
pub(crate) async fn complete(world: &World, ask: Ask) -> Result<Value, Refusal> {
    models::check_speaker(&ask.model)?;
    for (field, wrong) in
        [("stream", ask.stream == Some(true)), ("n", ask.n.is_some_and(|n| n != 1))]
    {
        if wrong {
            let mind = models::MIND;
            return Err(Refusal::of(field, format!("`{mind}` gives one answer, whole, by rules")));
        }
    }
    let chat = crate::ask::elsewhere(move || ask.read()).await?;
    let answer = world.mind().answer(&chat).await.map_err(|error| refused(&error))?;
    Ok(shown(world, &chat, &answer))
}

/// A question that the mind does not know.
fn refused(error: &PortError) -> Refusal {
    let status = match error.kind {
        PortErrorKind::WrongUse => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    Refusal::new(status, error.to_string()).coded("unknown_question")
}

/// Rules read no tokens and write none, so nothing is counted.
fn shown(world: &World, chat: &Chat, answer: &Answer) -> Value {
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
        "model": models::MIND,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": refusal },
            "logprobs": if told.is_empty() { Value::Null } else { json!({ "content": told }) },
            "finish_reason": "stop",
        }],
        "usage": { "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0 },
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
