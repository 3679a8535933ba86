//! Chat completions: what nearly every server has.

use pentimento_model::{Answer, Chat, Finish, Message, Part, Speaker, Token};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Trouble, logprob, most, parts, schema, usage::Counts};
use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits,
    question::{Question, degrees},
    reply::Answered,
    transport::{Call, Transport},
};

/// Seeds that every server takes: some read 32 bits with a sign.
const SEEDS: u64 = 0x7FFF_FFFF;

pub(super) async fn complete(
    transport: &Transport,
    model: &str,
    chat: &Chat,
) -> Result<Answered, ProviderError> {
    let body = question(transport, model, chat)?;
    let reply: Reply = transport.ask(&Call::json("chat/completions", body, most(chat))).await?;
    answer(transport, model, reply)
}

fn question(transport: &Transport, model: &str, chat: &Chat) -> Result<Question, ProviderError> {
    let mut body = Question::default();
    let messages: Vec<_> = chat.messages.iter().map(|one| message(one, &mut body)).collect();
    let seeds = if transport.settings().sends_seed { u64::MAX } else { SEEDS };
    let mut body = body.and([
        ("model", json!(model)),
        ("messages", Value::Array(messages)),
        ("seed", json!(chat.seed.0 & seeds)),
    ]);
    // The older name is the one compatible servers know; OpenAI's own newer models refuse it.
    let server = transport.settings().reach.server();
    let own = server.is_some_and(|url| url.origin() == "https://api.openai.com");
    let cap = if own { "max_completion_tokens" } else { "max_tokens" };
    body.set(cap, chat.max_tokens);
    if let Some(effort) = transport.settings().effort {
        body.set("reasoning_effort", effort.as_str());
    }
    if let Some(temperature) = chat.temperature {
        body.set("temperature", degrees(temperature));
    }
    if !chat.stop.is_empty() {
        body.set("stop", json!(chat.stop));
    }
    if chat.alternatives > 0 {
        body.set("logprobs", true);
        body.set("top_logprobs", chat.alternatives);
    }
    if let Some(contract) = &chat.contract {
        let schema = schema(transport, &contract.schema)?;
        let form = [("name", json!(contract.name)), ("schema", schema), ("strict", json!(true))];
        let format = [("type", json!("json_schema")), ("json_schema", Question::with(form).into())];
        body.set("response_format", Question::with(format));
    }
    Ok(body)
}

fn message(message: &Message, body: &mut Question) -> Value {
    let role = match message.speaker {
        Speaker::System => "system",
        Speaker::User => "user",
        Speaker::Model => "assistant",
    };
    // Servers without eyes often take nothing but plain text.
    if let [Part::Text(text)] = message.parts.as_slice() {
        return json!({ "role": role, "content": text });
    }
    let image = |url: Value| json!({ "type": "image_url", "image_url": { "url": url } });
    let parts = parts(message, body, "text", image);
    Question::with([("role", json!(role)), ("content", Value::Array(parts))]).into()
}

#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    choices: AtMost<Choice, 1>,
    model: Option<String>,
    usage: Option<Counts>,
    error: Option<Trouble>,
}

#[derive(Deserialize)]
struct Choice {
    message: Said,
    finish_reason: Option<String>,
    logprobs: Option<Logprobs>,
}

#[derive(Deserialize)]
struct Said {
    content: Option<Content>,
    refusal: Option<String>,
}

/// Parts of one answer that are read: thoughts and words in turn.
const PARTS: usize = 64;

/// What was said: a text with nearly every server, parts with Mistral's, whose models think in parts of
/// their own.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a text, or a list of parts")]
enum Content {
    Text(String),
    Parts(AtMost<Piece, PARTS>),
}

/// A part; only words are of use.
#[derive(Deserialize)]
struct Piece {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
}

impl Content {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Parts(AtMost(parts)) => {
                let words = parts.into_iter().filter(|part| part.kind == "text");
                words.filter_map(|part| part.text).collect()
            }
        }
    }
}

#[derive(Deserialize)]
struct Logprobs {
    content: Option<AtMost<Likely, { limits::TOKENS }>>,
}

/// A token with its probability, in both APIs.
#[derive(Deserialize)]
pub(super) struct Likely {
    token: String,
    logprob: f64,
    #[serde(default)]
    top_logprobs: AtMost<Alternative, { limits::ALTERNATIVES }>,
}

#[derive(Deserialize)]
struct Alternative {
    token: String,
    logprob: f64,
}

/// Tokens with probabilities that can be ones.
pub(super) fn tokens(
    transport: &Transport,
    likely: Vec<Likely>,
) -> Result<Vec<Token>, ProviderError> {
    let mut tokens = Vec::with_capacity(likely.len());
    for one in likely {
        let mut alternatives = Vec::with_capacity(one.top_logprobs.0.len());
        for other in one.top_logprobs.0 {
            let text = transport.told(&other.token);
            alternatives.push((text, logprob(transport, other.logprob)?));
        }
        alternatives.sort_by(|one: &(String, f32), other| other.1.total_cmp(&one.1));
        let (text, logprob) = (transport.told(&one.token), logprob(transport, one.logprob)?);
        tokens.push(Token { text, logprob, alternatives });
    }
    Ok(tokens)
}

fn answer(transport: &Transport, model: &str, reply: Reply) -> Result<Answered, ProviderError> {
    if let Some(trouble) = &reply.error {
        return Err(trouble.error(transport));
    }
    let Some(choice) = reply.choices.0.into_iter().next() else {
        return Err(transport.bad("holds no choice"));
    };
    let content = choice.message.content.map(Content::text).unwrap_or_default();
    let refusal = choice.message.refusal.filter(|words| !words.is_empty());
    let (finish, text) = match (refusal, choice.finish_reason.as_deref()) {
        (Some(refusal), _) => (Finish::Refusal, refusal),
        (None, Some("content_filter")) => (Finish::Refusal, content),
        (None, Some("length")) => (Finish::Length, content),
        (None, Some("tool_calls" | "function_call")) => (Finish::Tool, content),
        // A model that is done without a word has answered: the recipe asks it once more. Where nobody says
        // that it is done, this is no answer.
        (None, None) if content.is_empty() => return Err(transport.bad("says nothing")),
        (None, None | Some("stop" | "eos")) => (Finish::Stop, content),
        (None, Some(other)) => (Finish::Other(transport.shown(other)), content),
    };
    let likely = choice.logprobs.and_then(|logprobs| logprobs.content).unwrap_or_default().0;
    let answer = Answer {
        text: transport.told(&text),
        finish,
        model: transport.shown(reply.model.as_deref().unwrap_or(model)),
        tokens: tokens(transport, likely)?,
    };
    Ok(Answered { answer, usage: reply.usage.and_then(|counts| counts.usage()) })
}
