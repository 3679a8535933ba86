//! What was found, as JSON.

use serde_json::{Map, Value, json};

use crate::{Corpus, Hit, Request};

/// Bytes of a passage that are told; the rest is cut, and said to be.
const TOLD_BYTES: usize = 1_200;

/// The answer: how much was searched, how many passages have a word of the query, and the wanted ones
/// with where they stand. Same corpus and request, same bytes.
pub fn written(corpus: &Corpus, request: &Request, hits: &[Hit]) -> String {
    let wanted = hits.iter().skip(request.skip).take(request.count);
    let results: Vec<Value> = wanted.filter_map(|hit| result(corpus, *hit)).collect();
    let mut answer = Map::new();
    answer.insert("documents".to_owned(), corpus.documents.len().into());
    answer.insert("passages".to_owned(), corpus.passages.len().into());
    answer.insert("found".to_owned(), hits.len().into());
    answer.insert("results".to_owned(), results.into());
    Value::Object(answer).to_string()
}

fn result(corpus: &Corpus, hit: Hit) -> Option<Value> {
    let passage = corpus.passages.get(hit.passage)?;
    let document = corpus.documents.get(passage.document)?;
    let text = document.text.get(passage.start..passage.end)?;
    let told = text.get(..text.floor_char_boundary(TOLD_BYTES))?;
    // A fixed number of digits: how a logarithm is rounded is no business of the reader's.
    let score = format!("{:.3}", hit.score);
    Some(json!({
        "document": document.name,
        "title": document.title,
        "line": passage.line,
        "bytes": [passage.start, passage.end],
        "score": score,
        "passage": told,
        "cut": told.len() < text.len(),
    }))
}
