//! Why a model could not be used: what failed, what lies behind it, what to do.
//!
//! Everything a server says goes through [`shown`](crate::secret::shown) before it gets here.

use std::{error::Error, fmt};

use pentimento_engine::{PortError, PortErrorKind};

use crate::secret::{Secret, shown};

/// What went wrong, for programs; people read the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or it broke.
    Unreachable,
    /// The server's certificate is not trusted, or there is no TLS at all.
    Untrusted,
    /// A time ran out.
    TimedOut,
    /// Too many calls, or nothing left to spend there (429, 402).
    RateLimited,
    /// The server failed (5xx).
    ServerBroken,
    /// The key is missing, wrong or not good for this (401, 403).
    Unauthorized,
    /// No such path or model (404).
    NotFound,
    /// The server's filter declined.
    Declined,
    /// The server did not take the question (other 4xx).
    Rejected,
    /// The server sends callers elsewhere.
    Redirected,
    /// An answer that cannot be understood.
    BadAnswer,
    /// All tokens of an answer were used up before its first word.
    Wordless,
    /// An answer beyond its limit.
    TooLarge,
    /// This provider cannot do what was asked; nothing was sent.
    Unsupported,
    /// The settings cannot be used; nothing was sent.
    WrongUse,
    /// The budget does not allow another attempt.
    NoMeans,
    /// Somebody said stop while a turn, or the next attempt, was waited for.
    Stopped,
    /// The cassette does not hold it, or could not take it.
    Tape,
}

/// A call failed.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct ProviderError {
    /// What could not be done.
    pub message: String,
    /// What the user can do about it.
    pub hint: Option<String>,
    /// What went wrong.
    pub failure: Failure,
    /// Attempts made, the last one included; 0 if nothing was sent, or if only the content of an
    /// answer was found wanting.
    pub attempts: u32,
    /// True if the last attempt is surely not to be paid.
    pub unpaid: bool,
    /// What lies behind it.
    #[source]
    pub cause: Option<Because>,
}

impl ProviderError {
    pub(crate) fn new(failure: Failure, message: impl Into<String>) -> Self {
        let unpaid = matches!(
            failure,
            Failure::Unsupported | Failure::WrongUse | Failure::NoMeans | Failure::Stopped
        );
        Self { message: message.into(), hint: None, failure, attempts: 0, unpaid, cause: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn because(mut self, cause: Because) -> Self {
        self.cause = Some(cause);
        self
    }

    pub(crate) fn unpaid(mut self, unpaid: bool) -> Self {
        self.unpaid = unpaid;
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }
}

impl ProviderError {
    /// Whose move it is.
    pub fn kind(&self) -> PortErrorKind {
        match self.failure {
            Failure::Unsupported
            | Failure::WrongUse
            | Failure::Declined
            | Failure::Rejected
            | Failure::Tape => PortErrorKind::WrongUse,
            Failure::Unauthorized
            | Failure::NotFound
            | Failure::Unreachable
            | Failure::TimedOut
            | Failure::ServerBroken
            | Failure::RateLimited => PortErrorKind::Missing,
            Failure::Stopped => PortErrorKind::Interrupted,
            Failure::Wordless => PortErrorKind::Wordless,
            _ => PortErrorKind::Broken,
        }
    }
}

impl From<ProviderError> for PortError {
    fn from(error: ProviderError) -> Self {
        let kind = error.kind();
        let ProviderError { message, hint, cause, .. } = error;
        Self { message, hint, kind, cause: cause.map(Into::into) }
    }
}

/// A cause in words that are safe to show. Errors of the HTTP library are told in words too: they
/// may hold what was sent.
#[derive(Debug)]
pub struct Because {
    text: String,
    source: Option<Box<Self>>,
}

impl Because {
    /// One cause.
    pub(crate) fn new(text: &str, secret: Option<&Secret>) -> Self {
        Self { text: shown(text, secret), source: None }
    }

    /// Several lines of our own, clean and short already.
    pub(crate) fn lines(text: &str) -> Self {
        Self { text: text.to_owned(), source: None }
    }

    /// An error and all that lies behind it, each said once.
    pub(crate) fn of(error: &(dyn Error + 'static), secret: Option<&Secret>) -> Self {
        let mut texts: Vec<String> = Vec::new();
        let mut next = Some(error);
        while let Some(error) = next {
            let text = shown(&error.to_string(), secret);
            if texts.last() != Some(&text) {
                texts.push(text);
            }
            next = error.source();
        }
        let mut chain = None;
        for text in texts.into_iter().rev() {
            chain = Some(Box::new(Self { text, source: chain }));
        }
        chain.map_or_else(|| Self::new("unknown", None), |because| *because)
    }
}

impl fmt::Display for Because {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Error for Because {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|cause| cause as _)
    }
}
