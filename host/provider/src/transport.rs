//! One careful way to call a server: bounded in time, number and size, repeated where that helps.
//!
//! What is asked and what the answer means is left to the protocols. Whether a failed attempt is
//! repeated is decided in `retry`.

mod body;
mod call;
mod client;
mod clients;
mod complaint;
mod escapes;
mod pieces;
mod process;
mod program;
mod retry;
mod taped;
mod turns;
mod wire;

use std::{sync::Arc, time::Duration};

use pentimento_engine::{Reservation, Turn};
use pentimento_model::StepKey;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

pub(crate) use self::{
    call::{Call, Field, Sent, Wanted},
    pieces::{Collected, Pieces},
};
use self::{
    retry::{Again, GivenUp},
    turns::Turns,
    wire::Wire,
};
use crate::{
    error::{Because, Failure, ProviderError},
    pace::Pace,
    secret::shown,
    settings::{Kind, ProviderSettings},
    tape::Tape,
};

/// Under which header a key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyHeader {
    /// `authorization: Bearer KEY`
    Bearer,
    /// `x-api-key: KEY`
    ApiKey,
    /// `authorization: Basic …` of `USER:PASSWORD`
    Basic,
}

/// The way to one server. Made once; connections are kept.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    settings: Arc<ProviderSettings>,
    wire: Wire,
    turns: Arc<Turns>,
    pace: Arc<dyn Pace>,
    /// Asked before each attempt; `None` if nobody counts.
    leave: Option<Arc<Reservation>>,
    /// Whose turn the first call takes.
    in_turn_of: Option<Arc<Reservation>>,
    /// Somebody holds a turn for all calls on this way.
    has_turn: bool,
    /// Keeps what comes, or stands in for the server.
    tape: Option<Tape>,
}

/// The bytes of an answer.
#[derive(Debug)]
pub(crate) struct Heard {
    bytes: Vec<u8>,
    attempts: u32,
}

/// One attempt failed.
struct Failed {
    error: ProviderError,
    again: Again,
}

impl Transport {
    pub(crate) fn new(
        settings: ProviderSettings,
        key: KeyHeader,
        more: &[(&'static str, &'static str)],
        pace: Arc<dyn Pace>,
    ) -> Result<Self, ProviderError> {
        let wire = Wire::open(&settings, key, more)?;
        let turns = Turns::of(&settings.limits);
        let (settings, has_turn) = (Arc::new(settings), false);
        let (leave, in_turn_of, tape) = (None, None, None);
        Ok(Self { settings, wire, turns, pace, leave, in_turn_of, has_turn, tape })
    }

    /// The same way to the same server, for one call that is paid for.
    pub(crate) fn charged_to(&self, leave: Arc<Reservation>) -> Self {
        Self { in_turn_of: Some(leave.clone()), leave: Some(leave), ..self.clone() }
    }

    /// The same for what costs nothing.
    pub(crate) fn uncharged(&self) -> Self {
        Self { leave: None, ..self.clone() }
    }

    pub(crate) fn on_tape(self, tape: Tape) -> Self {
        Self { tape: Some(tape), ..self }
    }

    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    pub(crate) fn settings(&self) -> &ProviderSettings {
        &self.settings
    }

    /// A server's words as they are, without the key.
    pub(crate) fn told(&self, text: &str) -> String {
        let key = self.settings.key.as_ref();
        key.map_or_else(|| text.to_owned(), |key| key.hide_anywhere_in(text))
    }

    /// A server's name for something: one line, without the key, not too long.
    pub(crate) fn shown(&self, text: &str) -> String {
        shown(text, self.settings.key.as_ref())
    }

    /// Calls and reads the answer as JSON.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, ProviderError> {
        let heard = self.hear(call).await?;
        self.read(&heard).or_else(|error| {
            let Some(bytes) = escapes::mended(&heard.bytes) else { return Err(error) };
            self.read(&Heard { bytes, attempts: heard.attempts })
        })
    }

    /// Calls, for an answer that is [read](Self::read) without copies of what is in it.
    pub(crate) async fn hear(&self, call: &Call) -> Result<Heard, ProviderError> {
        let (bytes, attempts) = self.call(call).await?;
        Ok(Heard { bytes, attempts })
    }

    /// Reads an answer as JSON.
    pub(crate) fn read<'h, T: Deserialize<'h>>(
        &self,
        heard: &'h Heard,
    ) -> Result<T, ProviderError> {
        let Heard { bytes, attempts } = heard;
        // A mark of the encoding may stand before JSON, and means nothing (RFC 8259, section 8.1).
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|error| {
            let cause = Because::of(&error, self.settings.key.as_ref());
            // Numbers too large and nesting too deep count as errors of syntax, but are none.
            let whole = serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
            let what = if whole { "is not what its API says" } else { "is not whole JSON" };
            self.bad(what).because(cause).after(*attempts)
        })
    }

    /// Calls and hands on the answer's bytes.
    pub(crate) async fn fetch(&self, call: &Call) -> Result<Vec<u8>, ProviderError> {
        Ok(self.call(call).await?.0)
    }

    /// A connection on which both may talk from now on, if the server offers one there. None is needed
    /// while a tape plays.
    pub(crate) async fn upgrade(&self, call: &Call) -> Option<reqwest::Upgraded> {
        if self.is_playing() {
            return None;
        }
        let chance = [self.pace.random(), self.pace.random()].map(u64::to_be_bytes).concat();
        let upgraded = self.wire.upgrade(&self.settings, call, &chance);
        tokio::time::timeout(self.settings.limits.connect, upgraded).await.ok()?
    }

    fn is_playing(&self) -> bool {
        self.tape.as_ref().is_some_and(Tape::is_playing)
    }

    /// Waits.
    pub(crate) async fn pause(&self, time: Duration) {
        self.pace.sleep(time).await;
    }

    /// An answer that cannot be used.
    pub(crate) fn bad(&self, what: &str) -> ProviderError {
        let (name, kind) = (self.name(), self.settings.kind);
        let message = format!("the answer of provider `{name}` {what}");
        ProviderError::new(Failure::BadAnswer, message).hint(match kind {
            Kind::Command => "docs/models.md tells what such a program must write to its standard \
                              output, and that it writes nothing else there"
                .to_owned(),
            Kind::Onnx => {
                "see that `pentimento-onnx` is of the same version as this program".to_owned()
            }
            _ => format!("see whether the server at its URL really speaks `{kind}`"),
        })
    }

    /// Something this provider cannot do.
    pub(crate) fn cannot(&self, what: &str) -> ProviderError {
        let (name, kind) = (self.name(), self.settings.kind);
        let message = format!("provider `{name}` cannot {what}");
        ProviderError::new(Failure::Unsupported, message)
            .hint(format!("`{kind}` has no such call; bind the role to another provider"))
    }

    /// A cause in the server's words.
    pub(crate) fn because(&self, words: &str) -> Because {
        Because::new(words, self.settings.key.as_ref())
    }

    /// A place, and leave to begin: so many calls at once, so many a minute. Who came first is first.
    pub(crate) async fn place(&self) -> Turn {
        self.turns.next(!self.is_playing()).await
    }

    /// The same way for what takes several calls: it has one turn, which is held as long as the first of
    /// these is.
    pub(crate) async fn in_one_turn(&self) -> Result<(Turn, Self), ProviderError> {
        match self.turn().await {
            Some(turn) => Ok((turn, Self { has_turn: true, ..self.clone() })),
            None => Err(self.not_begun()),
        }
    }

    /// What a wait comes to. `None` if somebody said stop before: then nothing that is paid begins.
    async fn unless_stopped<T>(&self, wait: impl Future<Output = T>) -> Option<T> {
        match &self.leave {
            Some(leave) => leave.unless_stopped(wait).await,
            None => Some(wait.await),
        }
    }

    /// A place for the next attempt: the one that was waited for before the call was announced, or one that
    /// comes now. `None` if somebody said stop before.
    async fn turn(&self) -> Option<Turn> {
        if self.has_turn {
            return Some(Box::new(()));
        }
        match self.in_turn_of.as_ref().and_then(|leave| leave.turn()) {
            Some(place) => Some(place),
            None => self.unless_stopped(self.place()).await,
        }
    }

    /// Somebody said stop before anything was asked.
    fn not_begun(&self) -> ProviderError {
        self.release();
        self.stopped(None)
    }

    /// Why no further attempt begins.
    fn stopped(&self, before: Option<ProviderError>) -> ProviderError {
        let mut error = before.unwrap_or_else(|| {
            let message = format!("provider `{}` was not asked", self.name());
            ProviderError::new(Failure::Stopped, message)
        });
        error.failure = Failure::Stopped;
        error
    }

    pub(crate) fn too_late(&self) -> ProviderError {
        let (name, time) = (self.name(), self.settings.limits.deadline);
        let message = format!("provider `{name}` did not answer within {time:?}");
        ProviderError::new(Failure::TimedOut, message)
            .hint(format!("`deadline` under `[providers.{name}]` gives it more time"))
    }

    /// The last attempt is surely not to be paid.
    fn release(&self) {
        if let Some(leave) = &self.leave {
            leave.release();
        }
    }

    /// What became of the attempt before, which cannot be repeated.
    fn no_means(&self, before: Option<ProviderError>) -> ProviderError {
        const HINT: &str = "the budget does not allow another attempt: the last one counts as paid \
                            unless it is known not to be";
        before.map_or_else(
            || {
                let message = format!("no further call of provider `{}` is allowed", self.name());
                ProviderError::new(Failure::NoMeans, message).hint(HINT)
            },
            |error| error.hint(HINT),
        )
    }

    /// Calls until there is an answer, or no further attempt helps. The time in which an answer has to
    /// come passes while the server is asked, and between attempts; not while a turn is waited for: how
    /// many others wait is not the server's doing.
    async fn call(&self, call: &Call) -> Result<(Vec<u8>, u32), ProviderError> {
        let limits = &self.settings.limits;
        let idempotency = self.idempotency(call);
        let mut left = limits.deadline;
        let mut before: Option<ProviderError> = None;
        for attempt in 1.. {
            let Some(turn) = self.turn().await else {
                return Err(match before {
                    None => self.not_begun(),
                    before => self.stopped(before).after(attempt - 1),
                });
            };
            if self.leave.as_ref().is_some_and(|leave| leave.begin().is_err()) {
                return Err(self.no_means(before).after(attempt - 1));
            }
            let start = self.pace.ticks();
            let result = tokio::time::timeout(left, self.attempt(call, &idempotency)).await;
            // Whoever waits to try again does not keep others from trying.
            drop(turn);
            let failed = match result {
                Ok(Ok(bytes)) => return Ok((bytes, attempt)),
                Ok(Err(failed)) => failed,
                Err(_) => return Err(told_of_attempts(self.too_late(), attempt)),
            };
            if failed.error.unpaid {
                self.release();
            }
            left = left.saturating_sub(self.pace.ticks().saturating_sub(start));
            let wait = retry::wait(failed.again, attempt, limits, left, self.pace.random());
            let wait = match wait {
                Ok(wait) => wait,
                Err(given_up) => {
                    let error = self.given_up(failed.error, given_up);
                    return Err(told_of_attempts(error, attempt));
                }
            };
            let slept = self.unless_stopped(self.pace.sleep(wait)).await;
            if slept.is_none() {
                return Err(self.stopped(Some(failed.error)).after(attempt));
            }
            left = left.saturating_sub(wait);
            before = Some(failed.error);
        }
        Err(self.too_late())
    }

    /// What is said of a wait that nobody waits for.
    fn given_up(&self, error: ProviderError, why: GivenUp) -> ProviderError {
        let GivenUp::TooLong(wish, most) = why else { return error };
        let (name, wish, most) = (self.name(), wish.as_secs_f64().ceil(), most.as_secs());
        let mut error = error;
        error.message = format!(
            "{}: it wants the next call in {wish} s, and {most} s are waited for at most",
            error.message
        );
        error.hint(format!(
            "try again then; `longest-wait` and `deadline` under `[providers.{name}]` say how long is \
             waited for"
        ))
    }

    /// The same for all attempts of one call, and whenever a call with a name is made again: a
    /// server that knows it does not do the work, or charge for it, twice. What is asked is part of
    /// it, since one call may be tried in several dialects.
    fn idempotency(&self, call: &Call) -> String {
        let name = self.leave.as_ref().and_then(|leave| leave.name());
        name.map_or_else(
            || format!("{:016x}{:016x}", self.pace.random(), self.pace.random()),
            |name| {
                let asked = [name.as_bytes(), call.path.as_bytes()];
                StepKey::of(asked.into_iter().chain(call.sent.parts())).to_hex()
            },
        )
    }

    async fn attempt(&self, call: &Call, idempotency: &str) -> Result<Vec<u8>, Failed> {
        let key = self.settings.key.as_ref();
        let lost = |error: reqwest::Error| {
            let again = client::again(&error);
            Failed { error: client::unreachable(self.name(), &error, key), again }
        };
        let response = match &self.tape {
            None => self.wire.send(&self.settings, call, idempotency).await?,
            Some(tape) => self.taped(tape, call, idempotency).await?,
        };
        let status = response.status();
        if !status.is_success() {
            return Err(complaint::read(&self.settings, response, self.pace.now()).await);
        }
        let never = |error| Failed { error, again: Again::Never };
        let packed = header(response.headers(), CONTENT_ENCODING.as_str()).to_ascii_lowercase();
        if !matches!(packed.as_str(), "" | "identity") {
            let packed = shown(&packed, key);
            return Err(never(
                self.bad(&format!("is packed (`{packed}`), though nobody asked for that")),
            ));
        }
        let media = header(response.headers(), CONTENT_TYPE.as_str()).to_ascii_lowercase();
        let bytes = body::read(response, call.most).await.map_err(|error| match error {
            body::BodyError::Lost(error) => lost(error),
            body::BodyError::TooLarge => {
                Failed { error: too_large(self.name(), call.most), again: Again::Never }
            }
        })?;
        if bytes.is_empty() {
            return Err(never(self.bad("is empty")));
        }
        let as_wanted = match call.wanted {
            Wanted::Json => is_json(&media),
            Wanted::Picture => media.starts_with("image/"),
        };
        if !as_wanted {
            let beginning = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
            let whole = beginning.len() == bytes.len();
            let words = crate::secret::shown_beginning(beginning, whole, key);
            let media = match shown(&media, key) {
                media if media.is_empty() => "of no type that it tells".to_owned(),
                media => format!("`{media}`"),
            };
            let cause = self.because(&format!("it says: {words}"));
            let what = format!("is {media}, not {}", call.wanted.as_str());
            return Err(never(self.bad(&what).because(cause)));
        }
        Ok(bytes)
    }
}

fn too_large(provider: &str, most: usize) -> ProviderError {
    let message = format!("the answer of provider `{provider}` is larger than {most} bytes");
    ProviderError::new(Failure::TooLarge, message)
        .hint("ask for less at once, or see what it sends")
}

fn told_of_attempts(mut error: ProviderError, attempts: u32) -> ProviderError {
    if attempts > 1 {
        error.message = format!("{}, after {attempts} attempts", error.message);
    }
    error.after(attempts)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// `application/json`, `application/problem+json`, with parameters or without.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}
