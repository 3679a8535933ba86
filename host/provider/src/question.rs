//! A JSON object that grows: what is sent, with the fields that are only sometimes there, and the
//! pictures that are shown in it.

use pentimento_model::{Artifact, Temperature};
use serde_json::{Map, Value};

use crate::{encoded, transport::Pieces};

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
        Self::default().and(fields)
    }

    /// The same with more fields that are always there.
    pub(crate) fn and<const N: usize>(mut self, fields: [(&str, Value); N]) -> Self {
        self.fields.extend(fields.map(|(name, value)| (name.to_owned(), value)));
        self
    }

    /// What stands for a picture, in any field of this question, until its bytes are written in base64.
    pub(crate) fn base64(&mut self, picture: &Artifact) -> Value {
        self.pictures.push(picture.clone());
        encoded::base64(picture)
    }

    /// The same for a data URL.
    pub(crate) fn data_url(&mut self, picture: &Artifact) -> Value {
        self.pictures.push(picture.clone());
        encoded::data_url(picture)
    }

    /// The question as it is sent.
    pub(crate) fn written(&self) -> Pieces {
        encoded::write(&self.fields, &self.pictures)
    }

    /// The question with its pictures by their names: the same for the same question, and short.
    pub(crate) fn named(&self) -> Vec<u8> {
        encoded::write(&self.fields, &[]).whole()
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
