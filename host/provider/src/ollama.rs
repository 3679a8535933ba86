//! Ollama's own API.

use pentimento_model::{Answer, Chat, Finish, MediaType, Message, Part, Speaker, Usage};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits, openai,
    question::{Question, degrees},
    reply::{Answered, Embedded},
    transport::{Call, Transport},
};

/// Seeds the server takes: 32 bits with a sign.
const SEEDS: u64 = 0x7FFF_FFFF;

pub(crate) async fn complete(
    transport: &Transport,
    model: &str,
    chat: &Chat,
) -> Result<Answered, ProviderError> {
    if chat.alternatives > 0 {
        return Err(transport.cannot("say how likely its words were"));
    }
    let body = question(transport, model, chat)?;
    let reply: Reply = transport.ask(&Call::json("api/chat", body, limits::WORDS_BYTES)).await?;
    let finish = match reply.done_reason.as_deref() {
        Some("length") => Finish::Length,
        // A model that is done without a word has answered; without its being done this is no answer.
        None if reply.message.content.is_empty() => return Err(transport.bad("says nothing")),
        None | Some("stop") => Finish::Stop,
        Some(other) => Finish::Other(transport.shown(other)),
    };
    let answer = Answer {
        text: transport.told(&reply.message.content),
        finish,
        model: transport.shown(reply.model.as_deref().unwrap_or(model)),
        tokens: Vec::new(),
    };
    // A prompt that is still in the server's memory is read for nothing, and not counted.
    let read = reply.prompt_eval_count.unwrap_or(0);
    let usage = reply.eval_count.map(|written| Usage::of_tokens(read, written));
    Ok(Answered { answer, usage })
}

fn question(transport: &Transport, model: &str, chat: &Chat) -> Result<Question, ProviderError> {
    let mut body = Question::default();
    let messages: Vec<_> = chat.messages.iter().map(|one| message(one, &mut body)).collect();
    let mut options = Question::with([
        ("num_predict", json!(chat.max_tokens)),
        ("seed", json!(chat.seed.0 & SEEDS)),
    ]);
    if let Some(temperature) = chat.temperature {
        options.set("temperature", degrees(temperature));
    }
    if !chat.stop.is_empty() {
        options.set("stop", json!(chat.stop));
    }
    let mut body = body.and([
        ("model", json!(model)),
        ("messages", json!(messages)),
        ("stream", json!(false)),
        ("options", options.into()),
    ]);
    if let Some(contract) = &chat.contract {
        body.set("format", openai::schema(transport, &contract.schema)?);
    }
    Ok(body)
}

/// Pictures stand beside a message's words there, not among them.
fn message(message: &Message, body: &mut Question) -> Value {
    let role = match message.speaker {
        Speaker::System => "system",
        Speaker::User => "user",
        Speaker::Model => "assistant",
    };
    let (mut texts, mut images) = (Vec::new(), Vec::new());
    for part in &message.parts {
        match part {
            Part::Text(text) => texts.push(text.clone()),
            Part::Image(text) if text.media_type == MediaType::Text => {
                texts.push(String::from_utf8_lossy(&text.bytes).into_owned());
            }
            Part::Image(picture) => images.push(body.base64(picture)),
        }
    }
    let mut said = Question::with([("role", json!(role)), ("content", json!(texts.join("\n")))]);
    if !images.is_empty() {
        said.set("images", json!(images));
    }
    said.into()
}

#[derive(Deserialize)]
struct Reply {
    model: Option<String>,
    message: Said,
    done_reason: Option<String>,
    prompt_eval_count: Option<u64>,
    eval_count: Option<u64>,
}

#[derive(Deserialize)]
struct Said {
    content: String,
}

/// Texts into vectors.
pub(crate) async fn embed(
    transport: &Transport,
    model: &str,
    texts: &[String],
) -> Result<Embedded, ProviderError> {
    #[derive(Deserialize)]
    struct Reply {
        embeddings: openai::Vectors,
        prompt_eval_count: Option<u64>,
    }
    let body = Question::with([("model", json!(model)), ("input", json!(texts))]);
    let reply: Reply = transport.ask(&Call::json("api/embed", body, limits::PICTURE_BYTES)).await?;
    let vectors = openai::checked(transport, reply.embeddings.0, texts.len())?;
    let usage = reply.prompt_eval_count.map(|read| Usage::of_tokens(read, 0));
    Ok(Embedded { vectors, usage })
}

/// The names of the models on the server's disk.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    #[derive(Deserialize)]
    struct List {
        models: AtMost<Model, { limits::LISTED_MODELS }>,
    }
    #[derive(Deserialize)]
    struct Model {
        name: String,
    }
    let list: List = transport.ask(&Call::get("api/tags", limits::WORDS_BYTES)).await?;
    Ok(list.models.0.iter().map(|model| transport.shown(&model.name)).collect())
}
