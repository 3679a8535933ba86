//! Texts into vectors.

use serde::Deserialize;
use serde_json::json;

use super::usage::Counts;
use crate::{
    error::ProviderError,
    limits,
    question::Question,
    reply::Embedded,
    transport::{Call, Transport},
};

#[derive(Deserialize)]
struct Reply {
    data: Vec<One>,
    usage: Option<Counts>,
}

#[derive(Deserialize)]
struct One {
    index: Option<usize>,
    embedding: Vec<f64>,
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
        transport.ask(&Call::json("embeddings", &body, limits::PICTURE_BYTES)).await?;
    let mut data: Vec<_> = reply.data.into_iter().enumerate().collect();
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
    vectors: Vec<Vec<f64>>,
    texts: usize,
) -> Result<Vec<Vec<f32>>, ProviderError> {
    if vectors.len() != texts {
        return Err(transport.bad(&format!("holds {} vectors for {texts} texts", vectors.len())));
    }
    let length = vectors.first().map_or(0, Vec::len);
    let mut checked = Vec::with_capacity(vectors.len());
    for vector in vectors {
        if vector.is_empty() || vector.len() > limits::DIMENSIONS || vector.len() != length {
            return Err(transport.bad("holds vectors of impossible lengths"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "embeddings are made as f32")]
        let vector: Vec<f32> = vector.into_iter().map(|number| number as f32).collect();
        if vector.iter().any(|number| !number.is_finite()) || vector.iter().all(|n| *n == 0.0) {
            return Err(transport.bad("holds a vector without a direction"));
        }
        checked.push(vector);
    }
    Ok(checked)
}
