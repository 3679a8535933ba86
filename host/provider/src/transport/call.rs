//! One call: what is sent, and what is to come back.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;

use super::Pieces;
use crate::question::Question;

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    /// Nothing: the question is the path.
    Nothing,
    /// JSON, and the same with its pictures by their names.
    Json { body: Pieces, named: Bytes },
    /// A form, for files.
    Form(Vec<Field>),
}

impl Sent {
    /// Everything that is sent, in order; pictures in JSON by their names.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let (json, fields) = match self {
            Self::Nothing => (None, [].as_slice()),
            Self::Json { named, .. } => (Some(&**named), [].as_slice()),
            Self::Form(fields) => (None, fields.as_slice()),
        };
        json.into_iter().chain(fields.iter().flat_map(|field| match field {
            Field::Text(name, text) => [name.as_bytes(), text.as_bytes()],
            Field::File(name, _, _, bytes) => [name.as_bytes(), bytes],
        }))
    }
}

/// A field of a form.
#[derive(Clone, Debug)]
pub(crate) enum Field {
    /// Words.
    Text(&'static str, String),
    /// A file: field, name, media type, bytes.
    File(&'static str, Cow<'static, str>, &'static str, Arc<[u8]>),
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) path: Cow<'static, str>,
    /// What stands behind the path's question mark.
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) sent: Sent,
    /// What comes back.
    pub(crate) wanted: Wanted,
    /// Bytes of the answer, at most.
    pub(crate) most: usize,
}

impl Call {
    /// Asks with nothing but the path.
    pub(crate) fn get(path: impl Into<Cow<'static, str>>, most: usize) -> Self {
        Self {
            path: path.into(),
            query: Vec::new(),
            sent: Sent::Nothing,
            wanted: Wanted::Json,
            most,
        }
    }

    /// Asks for a picture as it is.
    pub(crate) fn picture(
        path: &'static str,
        query: Vec<(&'static str, String)>,
        most: usize,
    ) -> Self {
        Self { query, wanted: Wanted::Picture, ..Self::get(path, most) }
    }

    /// Asks with JSON. The question is not kept beside it: what is sent is all that is held while an answer
    /// is waited for.
    pub(crate) fn json(path: &'static str, question: Question, most: usize) -> Self {
        let body = question.written();
        // Without pictures that is the same text.
        let named = body.text().unwrap_or_else(|| question.named().into());
        drop(question);
        Self { sent: Sent::Json { body, named }, ..Self::get(path, most) }
    }

    /// Asks with a form.
    pub(crate) fn form(path: &'static str, fields: Vec<Field>, most: usize) -> Self {
        Self { sent: Sent::Form(fields), ..Self::get(path, most) }
    }
}

/// What is wanted back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Json,
    Picture,
}

impl Wanted {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Picture => "a picture",
        }
    }
}
