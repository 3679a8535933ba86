//! Which passages answer a query best: Okapi BM25 (Robertson and Zaragoza, *The Probabilistic Relevance
//! Framework: BM25 and Beyond*, 2009) with k₁ = 1.2 and b = 0.75, the usual values.

use bm25::{EmbedderBuilder, Scorer};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Corpus, Words};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// A passage that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its place among the corpus's passages.
    pub passage: usize,
    /// How well it answers; always positive, comparable within one query.
    pub score: f32,
}

/// Passages with at least one word of the query, the best first, of equals the earlier one.
pub fn found(corpus: &Corpus, query: &str, words: Words) -> Vec<Hit> {
    let texts: Vec<&str> = corpus
        .passages
        .iter()
        .map(|one| {
            let text = corpus.documents.get(one.document).map_or("", |one| one.text.as_str());
            text.get(one.start..one.end).unwrap_or_default()
        })
        .collect();
    // The mean length is counted without looking for the words' stems a second time.
    let embedder = EmbedderBuilder::<u64, Words>::with_tokenizer_and_fit_to_corpus(words, &[]);
    let embedder = embedder.avgdl(mean_length(&texts)).k1(K1).b(B).build();
    let mut scorer = Scorer::<usize, u64>::new();
    for (at, text) in texts.iter().enumerate() {
        scorer.upsert(&at, embedder.embed(text));
    }
    let matching = scorer.matches(&embedder.embed(query));
    let mut hits: Vec<Hit> =
        matching.into_iter().map(|one| Hit { passage: one.id, score: one.score }).collect();
    hits.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then(one.passage.cmp(&other.passage))
    });
    hits
}

/// Words of a text in the mean; 0 without texts.
fn mean_length(texts: &[&str]) -> f32 {
    let words: usize = texts.iter().map(|text| text.unicode_words().count()).sum();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "2 MiB of words"
    )]
    let mean = (words as f64 / texts.len().max(1) as f64) as f32;
    mean
}
