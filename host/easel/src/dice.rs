//! Seeded chance: one stream of numbers per purpose.
//!
//! `ChaCha` is used because its stream is fixed by its definition: the same seed gives the same
//! picture on every machine and with every later version of the random number crates.

use pentimento_model::Seed;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of random decisions.
#[derive(Clone, Debug)]
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream for one purpose under this seed.
    pub(crate) fn new(seed: Seed, purpose: &str, index: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed.derive(purpose, index).0))
    }

    /// True with this chance.
    pub(crate) fn happens(&mut self, chance: f64) -> bool {
        self.0.random::<f64>() < chance
    }

    /// A number from 0 up to but not including `end`; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { self.0.random_range(0..end) }
    }

    /// A number between −1 and 1.
    pub(crate) fn swing(&mut self) -> f32 {
        self.0.random::<f32>() * 2.0 - 1.0
    }

    /// A seed for work that has its own dice.
    pub(crate) fn seed(&mut self) -> Seed {
        Seed(self.0.random())
    }

    /// One of these; `None` if there are none.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }
}
