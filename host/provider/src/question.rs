//! A JSON object that grows: what is sent, with the fields that are only sometimes there.

use pentimento_model::Temperature;
use serde_json::{Map, Value};

/// The fields of a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question(Map<String, Value>);

impl Question {
    /// Adds a field.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A question with fields that are always there.
    pub(crate) fn with<const N: usize>(fields: [(&str, Value); N]) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The question as it is sent.
    pub(crate) fn written(&self) -> Vec<u8> {
        // Writing a map of values cannot fail; its own form is the same text.
        serde_json::to_vec(&self.0).unwrap_or_default()
    }
}

impl From<Question> for Value {
    fn from(question: Question) -> Self {
        Self::Object(question.0)
    }
}

/// A temperature as it was typed: 0.7, not the 0.699999988 that its 32 bits stand for.
pub(crate) fn degrees(temperature: Temperature) -> f64 {
    const DIGITS: f64 = 1e4;
    (f64::from(temperature.value()) * DIGITS).round() / DIGITS
}
