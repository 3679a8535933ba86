//! Primitive *liken*: how alike texts are, by the angles between their vectors.
//!
//! Whoever plays the role `embedder` is asked once for all texts that are compared, so that vectors of
//! two calls, which another model may have made, are never held against each other. What is journaled is
//! what the recipe decides by: the cosine of each pair. Sentence vectors tell what texts are about; they
//! hardly tell "a red cup on a blue box" from "a blue cup on a red box", so no recipe has them judge
//! whether anything is right.

use std::fmt::Write as _;

use pentimento_model::{Exchange, Finish, RunEvent, StepKey};
use pentimento_recipe::Role;

use crate::{PortError, RunError, ports::Paid, run::Run, share::Step};

/// Changes whenever the same vectors would come to other numbers.
const VERSION: &[u8] = b"1";
/// Bytes of a text that are shown to an embedder. No tokenizer makes more tokens than a text has bytes,
/// and the hosted models in use take some eight thousand tokens.
pub const TEXT_BYTES: usize = 8000;
/// Cosines are kept in ten-thousandths: beyond that they tell one processor from another.
const STEPS: f64 = 10_000.0;

/// How alike each two of some texts are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Likeness {
    /// Rows of the upper triangle: 0 with 1, 0 with 2, …, 1 with 2, …
    cosines: Vec<f64>,
    texts: usize,
}

impl Run<'_> {
    /// How alike these texts are; `None` if nobody is bound to say so.
    pub(crate) async fn liken(
        &mut self,
        step: &'static str,
        texts: &[String],
    ) -> Result<Option<Likeness>, RunError> {
        let Some(embedder) = self.ports.models.embedder.clone() else { return Ok(None) };
        let role = Role::Embedder.as_str();
        let texts: Vec<String> = texts.iter().map(|text| beginning(text).to_owned()).collect();
        let (identity, said) = (embedder.identity(), asked(&texts));
        let key = StepKey::of([
            b"liken".as_slice(),
            VERSION,
            identity.as_bytes(),
            step.as_bytes(),
            said.as_bytes(),
            &self.asked.to_le_bytes(),
        ]);
        self.asked += 1;
        let most = embedder.most(&texts);
        let work = async |leave| {
            let failed = |source| RunError::Port { role, source };
            let Paid { value, cost } = embedder.embed(&texts, &leave).await.map_err(failed)?;
            let likeness = Likeness::of(&value, texts.len()).map_err(failed)?;
            let (step, answer) = (step.into(), likeness.in_words());
            let (finish, tokens) = (Finish::Stop, Vec::new());
            let (role, asked) = (role.into(), said.into());
            let exchange = Exchange { role, step, asked, answer, finish, model: identity, tokens };
            Ok(Paid { value: exchange, cost })
        };
        let event = |exchange, spending, took| RunEvent::Answered { key, exchange, spending, took };
        let step = Step::lasting(key, embedder.lasting());
        let count = texts.len();
        match self.trace.buy(step, most, embedder.turn(), work, event).await? {
            RunEvent::Answered { exchange, .. } => {
                self.trace.lend();
                let read = Likeness::read(&exchange.answer, count);
                read.map(Some).ok_or_else(|| self.trace.diverged())
            }
            _ => Err(self.trace.diverged()),
        }
    }
}

impl Likeness {
    /// By the cosine of the angle between two vectors.
    fn of(vectors: &[Vec<f32>], texts: usize) -> Result<Self, PortError> {
        let bad = |what: String| {
            let hint = "try `pentimento model test embedder`, or bind another model to the role";
            let error = PortError::broken("the vectors of texts cannot be compared", what);
            PortError { hint: Some(hint.to_owned()), ..error }
        };
        if vectors.len() != texts {
            return Err(bad(format!("there are {} vectors for {texts} texts", vectors.len())));
        }
        let length = vectors.first().map_or(0, Vec::len);
        if vectors.iter().any(|vector| vector.len() != length) {
            return Err(bad("they are of several lengths".to_owned()));
        }
        let units: Option<Vec<Vec<f64>>> = vectors.iter().map(|vector| unit(vector)).collect();
        let units = units.ok_or_else(|| bad("one of them has no direction".to_owned()))?;
        let mut cosines = Vec::new();
        for (at, one) in units.iter().enumerate() {
            for other in units.iter().skip(at + 1) {
                let cosine: f64 = one.iter().zip(other).map(|(one, other)| one * other).sum();
                cosines.push((cosine.clamp(-1.0, 1.0) * STEPS).round() / STEPS);
            }
        }
        Ok(Self { cosines, texts })
    }

    /// The cosine of these two, from -1 to 1; 1 of a text and itself.
    pub(crate) fn between(&self, one: usize, other: usize) -> f64 {
        let (first, second) = (one.min(other), one.max(other));
        if first == second {
            return 1.0;
        }
        // Rows before this one hold `texts - 1`, `texts - 2`, … numbers.
        let before = first * (2 * self.texts).saturating_sub(first + 1) / 2;
        self.cosines.get(before + second - first - 1).copied().unwrap_or(0.0)
    }

    /// The texts, at most so many and in order, that the others are nearest to: the centers of clusters
    /// (k-medoids; Kaufman and Rousseeuw, "Clustering by means of medoids", 1987). Each text weighs as it
    /// is said to. All choices are tried, since there are few; of equals the earliest is taken.
    pub(crate) fn centers(&self, weights: &[usize], most: usize) -> Vec<usize> {
        let all = self.texts;
        let mut chosen: Vec<usize> = (0..most.min(all)).collect();
        let mut best = (self.spread(weights, &chosen), chosen.clone());
        while next_choice(&mut chosen, all) {
            let spread = self.spread(weights, &chosen);
            if spread < best.0 {
                best = (spread, chosen.clone());
            }
        }
        best.1
    }

    /// How far all are from the nearest of the chosen, in ten-thousandths, so that sums are exact.
    fn spread(&self, weights: &[usize], chosen: &[usize]) -> u64 {
        let far = |at: usize| {
            let nearest = chosen.iter().map(|center| self.between(at, *center));
            let nearest = nearest.max_by(f64::total_cmp).unwrap_or(-1.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a cosine is at most 1, so the distance is from 0 to 20,000"
            )]
            let steps = ((1.0 - nearest) * STEPS).round() as u64;
            steps
        };
        let weight = |at: usize| weights.get(at).map_or(1, |weight| *weight as u64);
        (0..self.texts).map(|at| far(at) * weight(at)).sum()
    }

    fn in_words(&self) -> String {
        let mut words = String::new();
        for cosine in &self.cosines {
            let between = if words.is_empty() { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(words, "{between}{cosine:.4}");
        }
        words
    }

    /// The same read back; `None` if it is none for so many texts.
    fn read(words: &str, texts: usize) -> Option<Self> {
        let cosines = words.split_whitespace().map(str::parse::<f64>);
        let cosines: Vec<f64> = cosines.collect::<Result<_, _>>().ok()?;
        let whole = cosines.len() == texts * texts.saturating_sub(1) / 2;
        let good = cosines.iter().all(|cosine| (-1.0..=1.0).contains(cosine));
        (whole && good).then_some(Self { cosines, texts })
    }
}

/// The vector of length 1 in the same direction; `None` if it has none.
fn unit(vector: &[f32]) -> Option<Vec<f64>> {
    let squares: f64 = vector.iter().map(|number| f64::from(*number).powi(2)).sum();
    let length = squares.sqrt();
    let unit = || vector.iter().map(|number| f64::from(*number) / length).collect();
    (length.is_finite() && length > 0.0).then(unit)
}

/// The next choice of as many of `all`, in the order of dictionaries; false after the last one.
fn next_choice(chosen: &mut [usize], all: usize) -> bool {
    let count = chosen.len();
    for at in (0..count).rev() {
        let Some(place) = chosen.get_mut(at) else { return false };
        if *place < all - (count - at) {
            *place += 1;
            let first = *place;
            for (more, later) in chosen.iter_mut().skip(at + 1).enumerate() {
                *later = first + 1 + more;
            }
            return true;
        }
    }
    false
}

/// Of a long text, the beginning.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The question as it is remembered.
fn asked(texts: &[String]) -> String {
    let mut words = format!("how alike are these {} texts?\n", texts.len());
    for (number, text) in texts.iter().enumerate() {
        let _ = write!(words, "\n[{number}] {text}\n");
    }
    words
}

#[cfg(test)]
mod tests;
