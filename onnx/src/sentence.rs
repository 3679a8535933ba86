//! Sentence-BERT (arXiv:1908.10084): texts into vectors whose angles say how alike the texts are.
//!
//! The graph is a BERT's encoder: `input_ids`, `attention_mask` and perhaps `token_type_ids` in, a vector
//! for each token out. Those become one: their mean, or the first one's, as the model was trained; its
//! length is made 1. Each text goes through alone, so that no filling can matter.

use pentimento_local::{Companion, LocalModel, Pooling};
use rten::Value;
use tokenizers::{Tokenizer, TruncationParams};

use crate::{
    error::{LocalError, shown},
    graph::{Graph, Input, guarded, row},
    limits::{DIMENSIONS, TEXT_BYTES, TEXTS, TOKENS},
};

/// Vectors, and what was read for them.
#[derive(Debug, PartialEq)]
pub(crate) struct Embedded {
    pub(crate) vectors: Vec<Vec<f32>>,
    /// Tokens of all texts.
    pub(crate) tokens: usize,
}

/// A vector of length 1 for each text. Of a long one the first [`TOKENS`] tokens count.
pub(crate) fn embed(model: &LocalModel, texts: &[String]) -> Result<Embedded, LocalError> {
    if texts.is_empty() || texts.len() > TEXTS {
        let problem = format!("holds {} texts, and there can be 1 to {TEXTS}", texts.len());
        return Err(LocalError::Question(problem));
    }
    let tokenizer = tokenizer(model)?;
    let encoder = Encoder::read(model)?;
    let mut embedded = Embedded { vectors: Vec::with_capacity(texts.len()), tokens: 0 };
    for text in texts {
        let tokens = tokens(&tokenizer, text)?;
        embedded.tokens += tokens.len();
        embedded.vectors.push(encoder.vector(&tokens, model.pooling)?);
    }
    if embedded.vectors.windows(2).any(|two| two.first().map(Vec::len) != two.last().map(Vec::len))
    {
        return Err(LocalError::Numbers("vectors of several lengths".to_owned()));
    }
    Ok(embedded)
}

/// Words that a text holds count as words, also where they look like marks of the tokenizer's own.
fn tokenizer(model: &LocalModel) -> Result<Tokenizer, LocalError> {
    let wrong = |problem: &str| LocalError::Tokenizer(shown(problem));
    let file = model.companions.get(&Companion::Tokenizer);
    let bytes = file.ok_or_else(|| wrong("settings name none"))?.bytes()?;
    let read = guarded(|| Tokenizer::from_bytes(&bytes)).map_err(|why| wrong(&why))?;
    let mut tokenizer = read.map_err(|error| wrong(&error.to_string()))?;
    let cut = TruncationParams { max_length: TOKENS, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(cut)).map_err(|error| wrong(&error.to_string()))?;
    tokenizer.with_padding(None);
    tokenizer.set_encode_special_tokens(true);
    Ok(tokenizer)
}

fn tokens(tokenizer: &Tokenizer, text: &str) -> Result<Vec<i32>, LocalError> {
    let wrong = |problem: String| LocalError::Tokenizer(shown(&problem));
    let mut end = text.len().min(TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    let read = guarded(|| tokenizer.encode(text, true)).map_err(wrong)?;
    let read = read.map_err(|error| wrong(error.to_string()))?;
    let tokens: Result<Vec<i32>, _> = read.get_ids().iter().map(|id| i32::try_from(*id)).collect();
    let tokens = tokens.map_err(|_| wrong("it has numbers that no graph has".to_owned()))?;
    // A BERT's own marks stand around every text, the empty one too.
    if tokens.is_empty() { Err(wrong("it gives a text no tokens".to_owned())) } else { Ok(tokens) }
}

/// A graph and its inputs.
struct Encoder {
    graph: Graph,
    ids: Input,
    mask: Input,
    kinds: Option<Input>,
}

impl Encoder {
    fn read(model: &LocalModel) -> Result<Self, LocalError> {
        let graph = Graph::read(model.file.bytes()?)?;
        let input = |name: &str| {
            graph.input(name).ok_or_else(|| other(&format!("it has no input `{name}`")))
        };
        let (ids, mask) = (input("input_ids")?, input("attention_mask")?);
        let kinds = graph.input("token_type_ids");
        if graph.inputs() != 2 + usize::from(kinds.is_some()) {
            return Err(other("it has other inputs beside"));
        }
        Ok(Self { graph, ids, mask, kinds })
    }

    fn vector(&self, tokens: &[i32], pooling: Pooling) -> Result<Vec<f32>, LocalError> {
        let ones = vec![1; tokens.len()];
        let mut inputs = vec![(&self.ids, row(tokens)?), (&self.mask, row(&ones)?)];
        if let Some(kinds) = &self.kinds {
            inputs.push((kinds, row(&vec![0; tokens.len()])?));
        }
        let outputs = self.graph.run(inputs)?;
        let rows = outputs.into_iter().find_map(|output| rows(output, tokens.len()));
        let rows = rows.ok_or_else(|| {
            other("no output holds a vector for each token: 32-bit floats, 1 × tokens × numbers")
        })?;
        unit(&pooled(&rows, pooling))
    }
}

/// The rows of a tensor of 1 × tokens × any.
fn rows(output: Value, tokens: usize) -> Option<Vec<Vec<f32>>> {
    let ([1, count, length], numbers) = output.into_shape_vec::<f32, 3>().ok()? else {
        return None;
    };
    let good = count == tokens && (1..=DIMENSIONS).contains(&length);
    good.then(|| numbers.chunks_exact(length).map(<[f32]>::to_vec).collect())
}

fn pooled(rows: &[Vec<f32>], pooling: Pooling) -> Vec<f64> {
    let wide = |row: &Vec<f32>| row.iter().copied().map(f64::from).collect::<Vec<_>>();
    let mut sum = rows.first().map(wide).unwrap_or_default();
    if pooling == Pooling::Mean {
        for row in rows.iter().skip(1) {
            // A vector is made as long as 1 afterwards, so that the sum is as good as the mean.
            sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += f64::from(*number));
        }
    }
    sum
}

/// The same direction at length 1.
fn unit(vector: &[f64]) -> Result<Vec<f32>, LocalError> {
    let length = vector.iter().map(|number| number * number).sum::<f64>().sqrt();
    if !length.is_finite() || length <= 0.0 {
        return Err(LocalError::Numbers("a vector without a direction".to_owned()));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a part of a vector of length 1")]
    let unit = vector.iter().map(|number| (number / length) as f32);
    Ok(unit.collect())
}

fn other(why: &str) -> LocalError {
    LocalError::OtherFamily { family: "sentence-bert", why: why.to_owned() }
}

#[cfg(test)]
mod tests;
