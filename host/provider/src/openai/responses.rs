//! The Responses API: what `OpenAI` itself wants its newer models to be asked through.

use pentimento_model::{Answer, Chat, Finish, Message, Speaker};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::{Trouble, chat, most, parts, repeated::Repeated, schema, usage::Counts};
use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits,
    question::{Question, degrees},
    reply::Answered,
    transport::{Call, Transport},
};

/// The API refuses to write less.
const FEWEST_TOKENS: u32 = 16;

/// An answer, and what it tells of the server.
pub(super) struct Said {
    pub(super) answered: Answered,
    /// The question's form was not taken notice of: `OpenAI`'s own servers repeat it in the answer, and
    /// words are no JSON by mistake there.
    pub(super) ignores_form: bool,
}

pub(super) async fn complete(
    transport: &Transport,
    model: &str,
    chat: &Chat,
) -> Result<Said, ProviderError> {
    let body = question(transport, model, chat)?;
    let reply: Reply = transport.ask(&Call::json("responses", body, most(chat))).await?;
    let repeated = reply.text.a_form;
    let mut answered = answer(transport, model, reply)?;
    // llama.cpp says that an answer is complete even if it ends because there were no more tokens.
    let written = answered.usage.map_or(0, |usage| usage.output_tokens);
    if answered.answer.finish == Finish::Stop && written >= most_tokens(chat).into() {
        answered.answer.finish = Finish::Length;
    }
    let is_json = || serde_json::from_str::<IgnoredAny>(&answered.answer.text).is_ok();
    let ignores_form = chat.contract.is_some()
        && !repeated
        && answered.answer.finish == Finish::Stop
        && !is_json();
    Ok(Said { answered, ignores_form })
}

fn most_tokens(chat: &Chat) -> u32 {
    chat.max_tokens.max(FEWEST_TOKENS)
}

fn question(transport: &Transport, model: &str, chat: &Chat) -> Result<Question, ProviderError> {
    let mut body = Question::default();
    let input: Vec<_> = chat.messages.iter().map(|one| message(one, &mut body)).collect();
    let mut body = body.and([
        ("model", json!(model)),
        ("input", Value::Array(input)),
        ("store", json!(false)),
        ("max_output_tokens", json!(most_tokens(chat))),
    ]);
    if let Some(effort) = transport.settings().effort {
        body.set("reasoning", json!({ "effort": effort.as_str() }));
    }
    if let Some(temperature) = chat.temperature {
        body.set("temperature", degrees(temperature));
    }
    if chat.alternatives > 0 {
        body.set("include", json!(["message.output_text.logprobs"]));
        body.set("top_logprobs", chat.alternatives);
    }
    if let Some(contract) = &chat.contract {
        let schema = schema(transport, &contract.schema)?;
        let form = [
            ("type", json!("json_schema")),
            ("name", json!(contract.name)),
            ("schema", schema),
            ("strict", json!(true)),
        ];
        body.set("text", Question::with([("format", Question::with(form).into())]));
    }
    Ok(body)
}

fn message(message: &Message, body: &mut Question) -> Value {
    let (role, kind) = match message.speaker {
        Speaker::System => ("system", "input_text"),
        Speaker::User => ("user", "input_text"),
        Speaker::Model => ("assistant", "output_text"),
    };
    let image = |url: Value| json!({ "type": "input_image", "image_url": url });
    // The type may be left out by their own page; llama.cpp does not read a model's words without.
    let parts = parts(message, body, kind, image);
    let kind = ("type", json!("message"));
    Question::with([kind, ("role", json!(role)), ("content", Value::Array(parts))]).into()
}

#[derive(Deserialize)]
struct Reply {
    status: Option<String>,
    #[serde(default)]
    output: AtMost<Item, { limits::PIECES }>,
    incomplete_details: Option<Incomplete>,
    #[serde(default)]
    text: Repeated,
    model: Option<String>,
    usage: Option<Counts>,
    error: Option<Trouble>,
}

#[derive(Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    content: Option<AtMost<Content, { limits::PIECES }>>,
}

#[derive(Deserialize)]
struct Content {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
    refusal: Option<String>,
    logprobs: Option<AtMost<chat::Likely, { limits::TOKENS }>>,
}

fn answer(transport: &Transport, model: &str, reply: Reply) -> Result<Answered, ProviderError> {
    if let Some(trouble) = &reply.error {
        return Err(trouble.error(transport));
    }
    if reply.output.0.is_empty() && reply.status.is_none() {
        return Err(transport.bad("holds no output"));
    }
    let (mut text, mut refusal, mut likely) = (String::new(), None, Vec::new());
    let tool = reply.output.0.iter().any(|item| item.kind == "function_call");
    let said = reply.output.0.into_iter().filter(|item| item.kind == "message");
    for content in said.flat_map(|item| item.content.unwrap_or_default().0) {
        match content.kind.as_str() {
            "output_text" => text.push_str(&content.text.unwrap_or_default()),
            "refusal" => refusal = content.refusal,
            _ => {}
        }
        likely.extend(content.logprobs.unwrap_or_default().0);
    }
    let reason = reply.incomplete_details.and_then(|details| details.reason);
    let finish = match (refusal, reply.status.as_deref(), reason.as_deref()) {
        (Some(words), _, _) => {
            text = words;
            Finish::Refusal
        }
        (None, _, Some("content_filter")) => Finish::Refusal,
        (None, _, Some("max_output_tokens")) => Finish::Length,
        (None, Some("completed") | None, None) if tool => Finish::Tool,
        // As in chat completions: being done without a word is an answer.
        (None, None, None) if text.is_empty() => return Err(transport.bad("says nothing")),
        (None, Some("completed") | None, None) => Finish::Stop,
        (None, status, reason) => {
            Finish::Other(transport.shown(reason.or(status).unwrap_or("incomplete")))
        }
    };
    let answer = Answer {
        text: transport.told(&text),
        finish,
        model: transport.shown(reply.model.as_deref().unwrap_or(model)),
        tokens: chat::tokens(transport, likely)?,
    };
    Ok(Answered { answer, usage: reply.usage.and_then(|counts| counts.usage()) })
}
