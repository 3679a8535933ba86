//! Cassettes: what servers said once, kept, and said again without them.
//!
//! A tape stands between the transport and the network, around one attempt. While it records, every
//! answer is kept, without the key, before it is used. While it plays, nothing is sent at all: a
//! question that is not on it is an error that says what changed. Where takes are kept is the
//! business of whoever hands in the port; how they are written that of `record`.

mod asked;

use std::{
    fmt, io,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_record::Take;
use reqwest::{
    Response,
    header::{CONTENT_TYPE, LOCATION, RETRY_AFTER},
};
use serde_json::Value;

pub(crate) use asked::Asked;

use crate::{
    error::{Because, Failure, ProviderError},
    secret::Secret,
};

/// Takes of one cassette, at most.
pub const TAKES: usize = 10_000;
/// Takes that are looked through for the one that is most like a question.
const COMPARED_TAKES: usize = 200;
/// The headers of an answer that mean something here.
const HEADERS: [reqwest::header::HeaderName; 3] = [CONTENT_TYPE, RETRY_AFTER, LOCATION];

/// The port for what is kept: a folder of small files, or nothing but memory.
pub trait Cassette: Send + Sync + fmt::Debug {
    /// Keeps one take under a name that no other has: `a-z`, `0-9`, `-`, and `.json`.
    fn add(&self, name: &str, text: &str) -> io::Result<()>;
}

/// A tape. Cheap to clone; clones share what was recorded and played.
#[derive(Clone)]
pub struct Tape(Arc<Mode>);

enum Mode {
    Recording { to: Arc<dyn Cassette>, takes: Mutex<usize> },
    Playing { takes: Mutex<Vec<(Take, Played)>> },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Played {
    No,
    Yes,
}

impl Tape {
    /// Keeps everything from now on.
    pub fn record(to: Arc<dyn Cassette>) -> Self {
        Self(Arc::new(Mode::Recording { to, takes: Mutex::new(0) }))
    }

    /// Plays takes that were kept, in the order in which they were.
    pub fn play(takes: Vec<Take>) -> Self {
        let takes = takes.into_iter().map(|take| (take, Played::No)).collect();
        Self(Arc::new(Mode::Playing { takes: Mutex::new(takes) }))
    }

    /// True if nothing is sent.
    pub fn is_playing(&self) -> bool {
        matches!(*self.0, Mode::Playing { .. })
    }

    /// Takes that nobody asked for yet; 0 while it records.
    pub fn unplayed(&self) -> usize {
        match &*self.0 {
            Mode::Recording { .. } => 0,
            Mode::Playing { takes } => {
                lock(takes).iter().filter(|(_, played)| *played == Played::No).count()
            }
        }
    }

    /// What was answered to this question, the earliest answer first. Nothing is sent.
    pub(crate) fn answer(&self, asked: &Asked) -> Result<Response, ProviderError> {
        let Mode::Playing { takes } = &*self.0 else {
            return Err(ProviderError::new(Failure::WrongUse, "a tape that records was played"));
        };
        let mut takes = lock(takes);
        let fresh = |(take, played): &(Take, Played)| *played == Played::No && asked.is(take);
        let found = takes.iter().position(fresh);
        let Some((take, played)) = found.and_then(|at| takes.get_mut(at)) else {
            return Err(not_there(asked, &takes));
        };
        *played = Played::Yes;
        Ok(response(take))
    }

    /// Keeps an answer, and hands it on as it was kept.
    pub(crate) fn keep(
        &self,
        asked: &Asked,
        answer: &Parts,
        secret: Option<&Secret>,
    ) -> Result<Response, ProviderError> {
        let Mode::Recording { to, takes } = &*self.0 else {
            return Err(ProviderError::new(Failure::WrongUse, "a tape that plays was recorded on"));
        };
        let hidden = |text: &str| secret.map_or(text.to_owned(), |key| key.hide_anywhere_in(text));
        let headers = answer.headers.iter().map(|(name, value)| (name.clone(), hidden(value)));
        let take = Take {
            provider: asked.provider.clone(),
            call: asked.call.clone(),
            asked: hidden(&asked.text),
            status: answer.status,
            headers: headers.collect(),
            body: answer.kept(secret),
        };
        let mut number = lock(takes);
        let name = format!("{:05}-{}-{}.json", *number, asked.provider, asked.word());
        let text = if *number < TAKES {
            pentimento_record::take_to_json(&take).map_err(io::Error::other)
        } else {
            Err(io::Error::other(format!("it has {TAKES} takes already")))
        };
        let kept = text.and_then(|text| to.add(&name, &text));
        kept.map_err(|error| {
            ProviderError::new(Failure::Tape, "an answer could not be kept on the cassette")
                .because(Because::of(&error, secret))
                .hint("see that its folder can be written to and that there is room")
        })?;
        *number += 1;
        Ok(response(&take))
    }
}

/// An answer before it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Parts {
    /// The head of this answer.
    pub(crate) fn of(response: &Response) -> Self {
        let header = |name: &reqwest::header::HeaderName| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        };
        let headers = HEADERS.iter().filter_map(header).collect();
        Self { status: response.status().as_u16(), headers, body: Vec::new() }
    }

    /// The body as a text: a picture in base64, anything else as it came, but for the key.
    fn kept(&self, secret: Option<&Secret>) -> String {
        if is_picture(&self.headers) {
            return STANDARD.encode(&self.body);
        }
        without_key(&self.body, secret)
    }

    /// The same with its body.
    pub(crate) fn with(self, body: Vec<u8>) -> Self {
        Self { body, ..self }
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = if self.is_playing() { "playing" } else { "recording" };
        formatter.debug_tuple("Tape").field(&mode).finish()
    }
}

impl PartialEq for Tape {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Nothing between lock and unlock can panic, so a poisoned lock still guards whole contents.
fn lock<T>(contents: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    contents.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A body as it is kept: JSON is searched where the key could stand in other letters (`\u0073k-…`),
/// and stays as it came if the key is not in it.
fn without_key(body: &[u8], secret: Option<&Secret>) -> String {
    let text = String::from_utf8_lossy(body).into_owned();
    let Some(secret) = secret else { return text };
    let Ok(mut value) = serde_json::from_str::<Value>(&text) else {
        // What is no JSON is no answer: its escapes mean nothing, and must not hide anything.
        let hidden = secret.hide_anywhere_in(&text);
        return secret.hide_anywhere_in(&hidden.replace('\\', ""));
    };
    if hide(&mut value, secret) {
        return value.to_string();
    }
    secret.hide_anywhere_in(&text)
}

/// Takes the key out of every text in a value; true if it was in one.
fn hide(value: &mut Value, secret: &Secret) -> bool {
    match value {
        Value::String(text) => {
            let hidden = secret.hide_anywhere_in(text);
            let found = hidden != *text;
            *text = hidden;
            found
        }
        Value::Array(list) => list.iter_mut().fold(false, |found, one| hide(one, secret) | found),
        Value::Object(map) => {
            let names: Vec<String> = map.keys().cloned().collect();
            let mut found = false;
            for name in names {
                let hidden = secret.hide_anywhere_in(&name);
                if hidden != name
                    && let Some(one) = map.remove(&name)
                {
                    map.insert(hidden, one);
                    found = true;
                }
            }
            map.values_mut().fold(found, |found, one| hide(one, secret) | found)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The answer as if it had just come.
fn response(take: &Take) -> Response {
    let mut answer = http::Response::builder().status(take.status);
    for (name, value) in &take.headers {
        answer = answer.header(name, value);
    }
    let body = if is_picture(&take.headers) {
        // What is no base64 is no picture either, which whoever reads it finds out.
        STANDARD.decode(&take.body).unwrap_or_default()
    } else {
        take.body.clone().into_bytes()
    };
    // A header that a cassette's file made up cannot be sent; the body then stands alone.
    let bare = || {
        let mut bare = http::Response::new(body.clone());
        *bare.status_mut() =
            http::StatusCode::from_u16(take.status).unwrap_or(http::StatusCode::BAD_GATEWAY);
        bare
    };
    answer.body(body.clone()).unwrap_or_else(|_| bare()).into()
}

/// True if the body is no text.
fn is_picture(headers: &[(String, String)]) -> bool {
    let kind = headers.iter().find(|(name, _)| name == CONTENT_TYPE.as_str());
    kind.is_some_and(|(_, value)| value.to_ascii_lowercase().starts_with("image/"))
}

/// Why a question cannot be answered from the tape, with what changed.
fn not_there(asked: &Asked, takes: &[(Take, Played)]) -> ProviderError {
    const HINT: &str = "record the cassette anew if the change is meant";
    let (provider, call) = (&asked.provider, &asked.call);
    // Nothing was sent, so nothing is paid.
    let wrong =
        |message: String| ProviderError::new(Failure::Tape, message).hint(HINT).unpaid(true);
    let mine = |take: &Take| take.provider == *provider && take.call == *call;
    if let times @ 1.. = takes.iter().filter(|(take, _)| asked.is(take)).count() {
        return wrong(format!(
            "`{call}` at provider `{provider}` was asked once more than the cassette has answers \
             ({times}) to that question"
        ));
    }
    let fresh = takes.iter().filter(|(take, played)| mine(take) && *played == Played::No);
    let likeness = |take: &Take| pentimento_record::likeness(&take.asked, &asked.text);
    let alike = fresh
        .take(COMPARED_TAKES)
        .map(|(take, _)| (likeness(take), take))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((_, take)) = alike else {
        return wrong(format!(
            "the cassette has no further answer to `{call}` at provider `{provider}`"
        ));
    };
    let changed = pentimento_record::difference(&told(&take.asked), &told(&asked.text));
    wrong(format!(
        "`{call}` at provider `{provider}` asks something else than what is on the cassette"
    ))
    .because(Because::lines(&format!("`-` was recorded, `+` is asked:\n{changed}")))
}

/// Texts of several lines, on several lines.
fn told(asked: &str) -> String {
    asked.replace("\\n", "\n")
}
