//! Chances drawn from a seed.

use pentimento_model::{Seed, StepKey, Token};

use crate::likely;

/// True this often. Same seed, purpose and number, same draw.
pub(super) fn happens(chance: f64, seed: Seed, purpose: &str, number: usize) -> bool {
    unit(seed, purpose, number) < chance
}

/// A number from 0 to below 1.
pub(super) fn unit(seed: Seed, purpose: &str, number: usize) -> f64 {
    /// Bits that a float of 64 bits holds exactly.
    const BITS: u32 = 53;
    let drawn = seed.derive(purpose, number as u64).0 >> (64 - BITS);
    #[expect(clippy::cast_precision_loss, reason = "53 bits are held exactly")]
    let unit = drawn as f64 / (1_u64 << BITS) as f64;
    unit
}

/// A whole number from 0 to below `bound`.
pub(super) fn below(bound: usize, seed: Seed, purpose: &str, number: usize) -> usize {
    let drawn = seed.derive(purpose, number as u64).0 % (bound.max(1) as u64);
    usize::try_from(drawn).unwrap_or(0)
}

/// Likelihoods that are told are no surer than this.
const SURE: f64 = 0.99;

/// A yes or no with this likelihood of yes, drawn, or with the likelihoods of both told.
pub(super) fn yes_or_no(likely: f64, told: bool, seed: Seed) -> (String, Vec<Token>) {
    if !told {
        let word = if happens(likely, seed, "yes", 0) { "yes" } else { "no" };
        return (serde_json::json!({ "answer": word }).to_string(), Vec::new());
    }
    likely::yes_or_no(likely.clamp(1.0 - SURE, SURE))
}

/// The seed that belongs to a text.
pub(super) fn seed_of(text: &str) -> Seed {
    let key = StepKey::of([b"simulated".as_slice(), text.as_bytes()]);
    let bytes = key.as_bytes().first_chunk::<8>().copied().unwrap_or_default();
    Seed(u64::from_le_bytes(bytes))
}
