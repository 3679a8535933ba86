//! What a model was asked and answered.

use pentimento_model::{Exchange, Finish};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct ExchangeV1 {
    role: String,
    step: String,
    asked: String,
    answer: String,
    /// `stop`, `length`, `refusal`, `tool`, or a provider's own word after `other:`.
    finish: String,
    model: String,
}

impl ExchangeV1 {
    pub(super) fn from_model(exchange: &Exchange) -> Self {
        let finish = match &exchange.finish {
            Finish::Stop => "stop".to_owned(),
            Finish::Length => "length".to_owned(),
            Finish::Refusal => "refusal".to_owned(),
            Finish::Tool => "tool".to_owned(),
            Finish::Other(word) => format!("{OTHER}{word}"),
        };
        let Exchange { role, step, asked, answer, model, .. } = exchange.clone();
        Self { role, step, asked, answer, finish, model }
    }

    /// A word that is not known is a provider's.
    pub(super) fn into_model(self) -> Exchange {
        let finish = match self.finish.as_str() {
            "stop" => Finish::Stop,
            "length" => Finish::Length,
            "refusal" => Finish::Refusal,
            "tool" => Finish::Tool,
            other => Finish::Other(other.strip_prefix(OTHER).unwrap_or(other).to_owned()),
        };
        let Self { role, step, asked, answer, model, .. } = self;
        Exchange { role, step, asked, answer, finish, model }
    }
}

const OTHER: &str = "other:";
