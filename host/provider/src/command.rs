//! Any program on this machine: one question on its standard input, one answer on its standard output,
//! each a JSON object. docs/models.md describes both.
//!
//! Pictures travel as base64: a file would need a place, somebody who clears it away, and trust that
//! nobody changes it in between.

use pentimento_model::{Answer, Artifact, Chat, Finish, MediaType, Message, Part, Token, Usage};
use pentimento_prompts::{
    Form as _, Json, Writing, Written,
    sld::{Seen, Sighting},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    at_most::AtMost,
    error::{Failure, ProviderError},
    limits, openai, picture,
    question::{Question, degrees},
    reply::{Answered, Embedded, Painted, Painting},
    settings::Kind,
    transport::{Call, Transport},
};

/// The form of questions and answers; it grows when a program could misread one.
const FORMAT: u32 = 1;
/// Seeds a program is given: larger numbers are not whole in every language.
const SEEDS: u64 = (1 << 53) - 1;

pub(crate) async fn complete(
    transport: &Transport,
    model: &str,
    chat: &Chat,
) -> Result<Answered, ProviderError> {
    let most = if chat.alternatives > 0 { limits::LIKELY_WORDS_BYTES } else { limits::WORDS_BYTES };
    let asked = question(transport, model, chat)?;
    let reply: Words = transport.ask(&Call::json("complete", asked, most)).await?;
    refused(transport, reply.error.as_deref(), None)?;
    let text = reply.text.unwrap_or_default();
    let finish = match reply.finish.as_deref() {
        // Who says that it is done has answered.
        None if text.is_empty() => return Err(transport.bad("says nothing")),
        None | Some("stop") => Finish::Stop,
        Some("length") => Finish::Length,
        Some("refusal") => Finish::Refusal,
        Some(other) => Finish::Other(transport.shown(other)),
    };
    let tokens = reply.tokens.0.into_iter().map(|one| one.token(transport));
    let answer = Answer {
        text: transport.told(&text),
        finish,
        model: transport.shown(reply.model.as_deref().unwrap_or(model)),
        tokens: tokens.collect::<Result<_, _>>()?,
    };
    Ok(Answered { answer, usage: reply.usage.and_then(|counts| counts.usage()) })
}

/// A picture that a program has made: its bytes, or these in the form in which it is shown some.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`picture` is a PNG or JPEG in base64, or {\"base64\": …} with one")]
enum Picture {
    Data(String),
    Image { base64: String },
}

pub(crate) async fn paint(
    transport: &Transport,
    model: &str,
    painting: &Painting<'_>,
) -> Result<Painted, ProviderError> {
    #[derive(Deserialize)]
    struct Reply {
        error: Option<String>,
        picture: Option<Picture>,
        usage: Option<Counts>,
    }
    let mut asked = begin("paint", model);
    asked.set("prompt", painting.prompt);
    asked.set("seed", painting.seed.0 & SEEDS);
    if let Some((width, height)) = painting.size {
        asked.set("size", json!([width, height]));
    }
    if let Some(picture) = painting.picture {
        show(&mut asked, "picture", picture);
    }
    if let Some(mask) = painting.mask {
        show(&mut asked, "mask", mask);
    }
    for (name, pictures) in [("liked", painting.liked), ("disliked", painting.disliked)] {
        if !pictures.is_empty() {
            let shown: Vec<_> = pictures.iter().map(|one| image(one, &mut asked)).collect();
            asked.set(name, shown);
        }
    }
    let call = Call::json("paint", asked, limits::PICTURE_BYTES);
    let reply: Reply = transport.ask(&call).await?;
    refused(transport, reply.error.as_deref(), None)?;
    let Some(Picture::Data(data) | Picture::Image { base64: data }) = reply.picture else {
        return Err(transport.bad("holds no `picture`"));
    };
    let made = picture::from_base64(transport.name(), data.into()).await?;
    let tokens = reply.usage.and_then(|counts| counts.usage()).unwrap_or(Usage::NONE);
    Ok(Painted { made, usage: Usage { calls: 1, images: 1, ..tokens } })
}

pub(crate) async fn embed(
    transport: &Transport,
    model: &str,
    texts: &[String],
) -> Result<Embedded, ProviderError> {
    #[derive(Deserialize)]
    struct Reply {
        error: Option<String>,
        hint: Option<String>,
        #[serde(default)]
        vectors: openai::Vectors,
        usage: Option<Counts>,
    }
    let mut asked = begin("embed", model);
    asked.set("texts", json!(texts));
    let call = Call::json("embed", asked, limits::PICTURE_BYTES);
    let reply: Reply = transport.ask(&call).await?;
    refused(transport, reply.error.as_deref(), reply.hint.as_deref())?;
    let vectors = openai::checked(transport, reply.vectors.0, texts.len())?;
    Ok(Embedded { vectors, usage: reply.usage.and_then(|counts| counts.reading()) })
}

/// The objects of a picture, in the form in which a seer would tell of them.
pub(crate) async fn detect(
    transport: &Transport,
    model: &str,
    picture: &Artifact,
    names: &[String],
) -> Result<Vec<Sighting>, ProviderError> {
    let mut asked = begin("detect", model);
    show(&mut asked, "picture", picture);
    asked.set("names", json!(names));
    let call = Call::json("detect", asked, limits::WORDS_BYTES);
    let reply: Value = transport.ask(&call).await?;
    let text = |key: &str| reply.get(key).and_then(Value::as_str);
    refused(transport, text("error"), text("hint"))?;
    Seen.of_json(&Json::from(&reply)).map_err(|wrong| {
        transport.bad("tells of no objects").because(transport.because(&wrong.reason))
    })
}

/// What is written in a picture, line by line.
pub(crate) async fn read(
    transport: &Transport,
    model: &str,
    picture: &Artifact,
) -> Result<Vec<Written>, ProviderError> {
    let mut asked = begin("read", model);
    show(&mut asked, "picture", picture);
    let call = Call::json("read", asked, limits::WORDS_BYTES);
    let reply: Value = transport.ask(&call).await?;
    let text = |key: &str| reply.get(key).and_then(Value::as_str);
    refused(transport, text("error"), text("hint"))?;
    Writing.of_json(&Json::from(&reply)).map_err(|wrong| {
        transport.bad("tells of no lines").because(transport.because(&wrong.reason))
    })
}

/// The names of the models it knows.
pub(crate) async fn models(transport: &Transport) -> Result<Vec<String>, ProviderError> {
    #[derive(Deserialize)]
    struct Reply {
        error: Option<String>,
        #[serde(default)]
        models: AtMost<String, { limits::LISTED_MODELS }>,
    }
    let asked = Question::with([("format", json!(FORMAT)), ("call", json!("models"))]);
    let reply: Reply = transport.ask(&Call::json("models", asked, limits::WORDS_BYTES)).await?;
    refused(transport, reply.error.as_deref(), None)?;
    Ok(reply.models.0.iter().map(|model| transport.shown(model)).collect())
}

fn begin(call: &str, model: &str) -> Question {
    let named = [("format", json!(FORMAT)), ("call", json!(call)), ("model", json!(model))];
    Question::with(named)
}

fn question(transport: &Transport, model: &str, chat: &Chat) -> Result<Question, ProviderError> {
    let mut asked = begin("complete", model);
    let messages: Vec<_> = chat.messages.iter().map(|one| message(one, &mut asked)).collect();
    asked.set("messages", messages);
    asked.set("max-tokens", chat.max_tokens);
    asked.set("seed", chat.seed.0 & SEEDS);
    if let Some(temperature) = chat.temperature {
        asked.set("temperature", degrees(temperature));
    }
    if !chat.stop.is_empty() {
        asked.set("stop", json!(chat.stop));
    }
    if chat.alternatives > 0 {
        asked.set("alternatives", chat.alternatives);
    }
    if let Some(contract) = &chat.contract {
        asked.set("schema", openai::schema(transport, &contract.schema)?);
    }
    Ok(asked)
}

fn message(message: &Message, asked: &mut Question) -> Value {
    let part = |part: &Part| match part {
        Part::Text(text) => json!({ "text": text }),
        Part::Image(text) if text.media_type == MediaType::Text => {
            json!({ "text": String::from_utf8_lossy(&text.bytes) })
        }
        Part::Image(picture) => json!({ "image": image(picture, asked) }),
    };
    let parts: Vec<_> = message.parts.iter().map(part).collect();
    json!({ "from": message.speaker.as_str(), "parts": parts })
}

fn show(asked: &mut Question, name: &str, picture: &Artifact) {
    let image = image(picture, asked);
    asked.set(name, image);
}

fn image(picture: &Artifact, asked: &mut Question) -> Value {
    json!({ "type": picture.media_type.as_str(), "base64": asked.base64(picture) })
}

/// A program that cannot do what is asked says so in its own words, and perhaps what would help.
fn refused(
    transport: &Transport,
    words: Option<&str>,
    hint: Option<&str>,
) -> Result<(), ProviderError> {
    let Some(words) = words else { return Ok(()) };
    let name = transport.name();
    let (message, cause) = match transport.settings().kind {
        Kind::Onnx => (format!("the model of provider `{name}` could not work"), words.to_owned()),
        _ => (
            format!("the program of provider `{name}` declines the question"),
            format!("it says: {words}"),
        ),
    };
    let usual = "ask for something that it can do, or bind the role to another provider";
    Err(ProviderError::new(Failure::Rejected, message)
        .because(transport.because(&cause))
        .hint(hint.map_or_else(|| usual.to_owned(), |hint| transport.shown(hint))))
}

#[derive(Deserialize)]
struct Words {
    error: Option<String>,
    text: Option<String>,
    finish: Option<String>,
    model: Option<String>,
    #[serde(default)]
    tokens: AtMost<Likely, { limits::TOKENS }>,
    usage: Option<Counts>,
}

/// A token, and the likeliest in its place.
#[derive(Deserialize)]
struct Likely {
    text: String,
    logprob: f64,
    #[serde(default)]
    alternatives: AtMost<(String, f64), { limits::ALTERNATIVES }>,
}

impl Likely {
    fn token(self, transport: &Transport) -> Result<Token, ProviderError> {
        let likely = |text: &str, value| {
            Ok::<_, ProviderError>((transport.told(text), openai::logprob(transport, value)?))
        };
        let (text, logprob) = likely(&self.text, self.logprob)?;
        let others = self.alternatives.0.iter().map(|(text, value)| likely(text, *value));
        let mut alternatives = others.collect::<Result<Vec<_>, _>>()?;
        alternatives.sort_by(|one, other| other.1.total_cmp(&one.1));
        Ok(Token { text, logprob, alternatives })
    }
}

/// Tokens read and written.
#[derive(Deserialize)]
struct Counts {
    input: Option<u64>,
    output: Option<u64>,
}

impl Counts {
    /// `None` unless both are there: whoever pays then takes the most it may have been.
    fn usage(&self) -> Option<Usage> {
        Some(Usage::of_tokens(self.input?, self.output?))
    }

    /// The same where nothing is written.
    fn reading(&self) -> Option<Usage> {
        Some(Usage::of_tokens(self.input?, 0))
    }
}
