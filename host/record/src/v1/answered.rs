//! What a model was asked and answered.

use pentimento_model::{Exchange, Finish, Token};
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
    /// Only where probabilities were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tokens: Vec<TokenV1>,
}

/// A token, the natural logarithm of its probability, and the likeliest in its place.
#[derive(Serialize, Deserialize)]
struct TokenV1(String, f32, Vec<(String, f32)>);

impl ExchangeV1 {
    pub(super) fn from_model(exchange: &Exchange) -> Self {
        let finish = match &exchange.finish {
            Finish::Stop => "stop".to_owned(),
            Finish::Length => "length".to_owned(),
            Finish::Refusal => "refusal".to_owned(),
            Finish::Tool => "tool".to_owned(),
            Finish::Other(word) => format!("{OTHER}{word}"),
        };
        let token = |one: &Token| {
            let Token { text, logprob, alternatives } = one.clone();
            TokenV1(text, logprob, alternatives)
        };
        Self {
            role: exchange.role.to_string(),
            step: exchange.step.to_string(),
            asked: exchange.asked.words().into_owned(),
            answer: exchange.answer.clone(),
            finish,
            model: exchange.model.clone(),
            tokens: exchange.tokens.iter().map(token).collect(),
        }
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
        let Self { role, step, asked, answer, model, tokens, .. } = self;
        let (role, step, asked) = (role.into(), step.into(), asked.into());
        let token = |TokenV1(text, logprob, alternatives)| Token { text, logprob, alternatives };
        let tokens = tokens.into_iter().map(token).collect();
        Exchange { role, step, asked, answer, finish, model, tokens }
    }
}

const OTHER: &str = "other:";
