//! What a caller is told that cannot be served, in the shape of `OpenAI`'s errors.

use hyper::StatusCode;
use pentimento_engine::{PortError, PortErrorKind};
use serde_json::{Value, json};

/// A call that was not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// A word for programs.
    code: Option<&'static str>,
    /// The field that is wrong.
    field: Option<&'static str>,
    message: String,
}

impl Refusal {
    /// The caller asked for something that cannot be.
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, code: None, field: None, message: message.into() }
    }

    /// A field of the call cannot be used.
    pub(crate) fn of(field: &'static str, message: impl Into<String>) -> Self {
        Self { field: Some(field), ..Self::new(StatusCode::BAD_REQUEST, message) }
    }

    /// The same with a word for programs.
    pub(crate) fn coded(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    /// Whoever did the work says why it could not. `field` is what was asked of them.
    pub(crate) fn from_port(error: &PortError, field: &'static str) -> Self {
        let mut message = error.message.clone();
        let mut cause = error.cause.as_deref().map(|cause| cause as &dyn std::error::Error);
        while let Some(error) = cause {
            message = format!("{message}: {error}");
            cause = error.source();
        }
        if let Some(hint) = &error.hint {
            message = format!("{message}; {hint}");
        }
        match error.kind {
            PortErrorKind::WrongUse => Self::of(field, message),
            PortErrorKind::Missing
            | PortErrorKind::Interrupted
            | PortErrorKind::Wordless
            | PortErrorKind::Broken => Self::new(StatusCode::INTERNAL_SERVER_ERROR, message),
        }
    }

    /// The body of the answer.
    pub(crate) fn to_json(&self) -> Value {
        let kind =
            if self.status.is_server_error() { "server_error" } else { "invalid_request_error" };
        json!({ "error": {
            "message": self.message, "type": kind, "param": self.field, "code": self.code,
        }})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_move_it_is_is_told_by_the_status() {
        let error = PortError::wrong_use("`xyzzy` is no word", "see docs/world.md");
        let refusal = Refusal::from_port(&error, "prompt").coded("unreadable");
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
        assert_eq!(
            refusal.to_json(),
            json!({ "error": {
                "message": "`xyzzy` is no word; see docs/world.md",
                "type": "invalid_request_error", "param": "prompt", "code": "unreadable",
            }})
        );
        let broken = PortError::broken("the easel stopped", std::fmt::Error);
        let refusal = Refusal::from_port(&broken, "prompt");
        assert_eq!(refusal.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(refusal.to_json()["error"]["type"], "server_error");
    }
}
