//! Texts into vectors.

use serde::Deserialize;
use serde_json::json;

use super::usage::Counts;
use crate::{
    at_most::AtMost,
    error::ProviderError,
    limits,
    question::Question,
    reply::Embedded,
    transport::{Call, Transport},
};

/// One more than there may be, so that too many are told from enough.
const SOME_TOO_MANY: usize = limits::VECTORS + 1;

/// A vector as it comes.
type Vector = AtMost<f32, { limits::DIMENSIONS + 1 }>;

/// Vectors as they come.
pub(crate) type Vectors = AtMost<Vector, SOME_TOO_MANY>;

#[derive(Deserialize)]
struct Reply {
    data: AtMost<One, SOME_TOO_MANY>,
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct One {
    index: Option<usize>,
    embedding: Vector,
}

pub(crate) async fn embed(
    transport: &Transport,
    model: &str,
    texts: &[String],
) -> Result<Embedded, ProviderError> {
    let body = Question::with([
        ("model", json!(model)),
        ("input", json!(texts)),
        ("encoding_format", json!("float")),
    ]);
    let reply: Reply =
        transport.ask(&Call::json("embeddings", body, limits::PICTURE_BYTES)).await?;
    let mut data: Vec<_> = reply.data.0.into_iter().enumerate().collect();
    data.sort_by_key(|(place, one)| one.index.unwrap_or(*place));
    for (place, (_, one)) in data.iter().enumerate() {
        if one.index.is_some_and(|index| index != place) {
            return Err(transport.bad("leaves out a text or counts one twice"));
        }
    }
    let vectors = data.into_iter().map(|(_, one)| one.embedding).collect();
    let vectors = checked(transport, vectors, texts.len())?;
    Ok(Embedded { vectors, usage: reply.usage.and_then(|counts| counts.reading()) })
}

/// Vectors as they can be used: one a text, all of one length, of finite numbers, none all zeros.
pub(crate) fn checked(
    transport: &Transport,
    vectors: Vec<Vector>,
    texts: usize,
) -> Result<Vec<Vec<f32>>, ProviderError> {
    if vectors.len() != texts {
        return Err(transport.bad(&format!("holds {} vectors for {texts} texts", vectors.len())));
    }
    let length = vectors.first().map_or(0, |vector| vector.0.len());
    let mut checked = Vec::with_capacity(vectors.len());
    for AtMost(vector) in vectors {
        if vector.is_empty() || vector.len() > limits::DIMENSIONS || vector.len() != length {
            return Err(transport.bad("holds vectors of impossible lengths"));
        }
        if vector.iter().any(|number| !number.is_finite()) || vector.iter().all(|n| *n == 0.0) {
            return Err(transport.bad("holds a vector without a direction"));
        }
        checked.push(vector);
    }
    Ok(checked)
}
