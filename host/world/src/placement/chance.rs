//! The search's random numbers: a row of seeds derived from one.

use pentimento_model::Seed;

/// How much chance counts in a position's score, so that equal scenes do not look alike.
const JITTER: f32 = 0.12;

/// A row of random numbers.
pub(super) struct Chance {
    seed: Seed,
    next: u64,
}

impl Chance {
    pub(super) fn new(seed: Seed) -> Self {
        Self { seed, next: 0 }
    }

    /// A number from `low` up to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `bound`; `None` if there is none.
    pub(super) fn below(&mut self, bound: usize) -> Option<usize> {
        let bound = u64::try_from(bound).ok().filter(|bound| *bound > 0)?;
        usize::try_from(self.draw() % bound).ok()
    }

    /// True or false.
    pub(super) fn coin(&mut self) -> bool {
        self.draw().is_multiple_of(2)
    }

    /// What chance adds to a score.
    pub(super) fn jitter(&mut self) -> f32 {
        JITTER * self.unit()
    }

    fn draw(&mut self) -> u64 {
        self.next += 1;
        self.seed.derive("draw", self.next).0
    }

    /// From 0 up to 1, in steps that `f32` holds exactly.
    fn unit(&mut self) -> f32 {
        const BITS: u32 = 24;
        #[expect(clippy::cast_precision_loss, reason = "24 bits fit into the mantissa exactly")]
        let (top, steps) = ((self.draw() >> (u64::BITS - BITS)) as f32, (1_u32 << BITS) as f32);
        top / steps
    }
}
