//! Anthropic's messages.
//!
//! An answer in a given form is asked for as the use of a tool that takes that form.

use pentimento_model::{Answer, Chat, Finish, MediaType, Message, Part, Speaker, Usage};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits, openai,
    question::{Question, degrees},
    reply::Answered,
    transport::{Call, Transport},
};

/// The version of the API these types are of.
pub(crate) const VERSION: (&str, &str) = ("anthropic-version", "2023-06-01");

pub(crate) async fn complete(
    transport: &Transport,
    model: &str,
    chat: &Chat,
) -> Result<Answered, ProviderError> {
    if chat.alternatives > 0 {
        return Err(transport.cannot("say how likely its words were"));
    }
    let body = question(transport, model, chat)?;
    let reply: Reply = transport.ask(&Call::json("v1/messages", body, limits::WORDS_BYTES)).await?;
    answer(transport, chat, reply)
}

/// The names of the models there are.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    #[derive(Deserialize)]
    struct List {
        data: AtMost<Model, { limits::LISTED_MODELS }>,
    }
    #[derive(Deserialize)]
    struct Model {
        id: String,
    }
    let list: List = transport.ask(&Call::get("v1/models", limits::WORDS_BYTES)).await?;
    Ok(list.data.0.iter().map(|model| transport.shown(&model.id)).collect())
}

fn question(transport: &Transport, model: &str, chat: &Chat) -> Result<Question, ProviderError> {
    let mut body = Question::default();
    let told = chat.messages.iter().filter(|message| message.speaker == Speaker::System);
    let told = told.flat_map(|message| &message.parts);
    let system: Vec<_> = told.map(|one| part(one, &mut body)).collect();
    let spoken = chat.messages.iter().filter(|message| message.speaker != Speaker::System);
    let messages: Vec<_> = spoken.map(|one| message(one, &mut body)).collect();
    let mut body = body.and([
        ("model", json!(model)),
        ("messages", json!(messages)),
        ("max_tokens", json!(chat.max_tokens)),
    ]);
    if !system.is_empty() {
        body.set("system", system);
    }
    if let Some(temperature) = chat.temperature {
        // Its scale ends at 1.
        body.set("temperature", degrees(temperature).min(1.0));
    }
    if !chat.stop.is_empty() {
        body.set("stop_sequences", json!(chat.stop));
    }
    if let Some(contract) = &chat.contract {
        let schema = openai::schema(transport, &contract.schema)?;
        body.set(
            "tools",
            json!([{
                "name": contract.name, "description": "Gives the answer.", "input_schema": schema,
            }]),
        );
        body.set("tool_choice", json!({ "type": "tool", "name": contract.name }));
    }
    Ok(body)
}

fn message(message: &Message, body: &mut Question) -> Value {
    let role = if message.speaker == Speaker::Model { "assistant" } else { "user" };
    let parts: Vec<_> = message.parts.iter().map(|one| part(one, body)).collect();
    json!({ "role": role, "content": parts })
}

fn part(part: &Part, body: &mut Question) -> Value {
    match part {
        Part::Text(text) => json!({ "type": "text", "text": text }),
        Part::Image(picture) if picture.media_type == MediaType::Text => {
            json!({ "type": "text", "text": String::from_utf8_lossy(&picture.bytes) })
        }
        Part::Image(picture) => json!({ "type": "image", "source": {
            "type": "base64",
            "media_type": picture.media_type.as_str(),
            "data": body.base64(picture),
        }}),
    }
}

#[derive(Deserialize)]
struct Reply {
    content: AtMost<Block, { limits::PIECES }>,
    model: String,
    stop_reason: Option<String>,
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
    input: Option<Value>,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(rename = "input_tokens")]
    fresh: Option<u64>,
    #[serde(rename = "cache_creation_input_tokens")]
    kept: Option<u64>,
    #[serde(rename = "cache_read_input_tokens")]
    cached: Option<u64>,
    #[serde(rename = "output_tokens")]
    written: Option<u64>,
}

impl Counts {
    fn usage(&self) -> Option<Usage> {
        let cached = self.cached.unwrap_or(0);
        let read = self.fresh?.saturating_add(self.kept.unwrap_or(0)).saturating_add(cached);
        Some(Usage { cached_tokens: cached, ..Usage::of_tokens(read, self.written?) })
    }
}

fn answer(transport: &Transport, chat: &Chat, reply: Reply) -> Result<Answered, ProviderError> {
    let texts = reply.content.0.iter().filter(|block| block.kind == "text");
    let mut text: String = texts.filter_map(|block| block.text.as_deref()).collect();
    let given = reply.content.0.iter().find(|block| block.kind == "tool_use");
    let given = given.and_then(|block| block.input.as_ref());
    if let (Some(_), Some(given)) = (&chat.contract, given) {
        text = given.to_string();
    }
    let finish = match reply.stop_reason.as_deref() {
        Some("max_tokens" | "model_context_window_exceeded") => Finish::Length,
        Some("refusal") => Finish::Refusal,
        Some("tool_use") if chat.contract.is_none() => Finish::Tool,
        // Its turn may be over without a word, as the API's own pages tell: that is an answer of no use.
        None if text.is_empty() => return Err(transport.bad("says nothing")),
        None | Some("end_turn" | "stop_sequence" | "tool_use") => Finish::Stop,
        Some(other) => Finish::Other(transport.shown(other)),
    };
    let (text, model) = (transport.told(&text), transport.shown(&reply.model));
    let answer = Answer { text, finish, model, tokens: Vec::new() };
    Ok(Answered { answer, usage: reply.usage.and_then(|counts| counts.usage()) })
}
