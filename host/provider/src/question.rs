//! A JSON object that grows: what is sent, with the fields that are only sometimes there, and the
//! pictures that are shown in it.

use pentimento_model::{Artifact, Temperature};
use serde_json::{Map, Value};

use crate::encoded;

/// The fields of a question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    fields: Map<String, Value>,
    pictures: Vec<Artifact>,
}

impl Question {
    /// Adds a field.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    /// A question with fields that are always there.
    pub(crate) fn with<const N: usize>(fields: [(&str, Value); N]) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { fields, pictures: Vec::new() }
    }

    /// The same with pictures that fields of it stand for, as [`encoded`] has it.
    pub(crate) fn showing<'a>(mut self, pictures: impl IntoIterator<Item = &'a Artifact>) -> Self {
        self.pictures.extend(pictures.into_iter().cloned());
        self
    }

    /// The question as it is sent.
    pub(crate) fn written(&self) -> Vec<u8> {
        encoded::write(&self.fields, &self.pictures)
    }

    /// The question with its pictures by their names: the same for the same question, and short.
    pub(crate) fn named(&self) -> Vec<u8> {
        encoded::write(&self.fields, &[])
    }
}

impl From<Question> for Value {
    fn from(question: Question) -> Self {
        Self::Object(question.fields)
    }
}

/// A temperature as it was typed: 0.7, not the 0.699999988 that its 32 bits stand for.
pub(crate) fn degrees(temperature: Temperature) -> f64 {
    const DIGITS: f64 = 1e4;
    (f64::from(temperature.value()) * DIGITS).round() / DIGITS
}
