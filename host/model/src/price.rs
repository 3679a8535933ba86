//! What a model costs.
//!
//! Where prices come from (the settings' table) is the app's business.

use crate::{Money, Spending, Usage};

/// Token prices are per so many tokens, as every provider lists them.
const TOKENS: u64 = 1_000_000;

/// What a model costs; the default is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Price {
    /// A million tokens read.
    pub input: Money,
    /// A million tokens read from the provider's cache.
    pub cached: Money,
    /// A million tokens written.
    pub output: Money,
    /// One picture made or changed.
    pub image: Money,
}

impl Price {
    /// What runs on one's own machine.
    pub const FREE: Self =
        Self { input: Money::ZERO, cached: Money::ZERO, output: Money::ZERO, image: Money::ZERO };

    /// What a call that takes at most this much costs at most: no lesser usage costs more. Whether
    /// tokens come from the cache is not known before, so all are taken at the dearer price.
    pub fn at_most(&self, usage: Usage) -> Spending {
        let read = self.input.max(self.cached).share(usage.input_tokens, TOKENS);
        // What is read comes in two kinds, and each is rounded up; what is free stays so.
        let rounding = Money::from_nanos(u64::from(read > Money::ZERO));
        let read = read.saturating_add(rounding);
        Spending { usage, money: self.rest(usage).saturating_add(read), unpriced: 0 }
    }

    /// What this usage did cost. Each kind is rounded up to a nano-dollar.
    pub fn of(&self, usage: Usage) -> Spending {
        let cached = usage.cached_tokens.min(usage.input_tokens);
        let fresh = self.input.share(usage.input_tokens - cached, TOKENS);
        let read = fresh.saturating_add(self.cached.share(cached, TOKENS));
        Spending { usage, money: self.rest(usage).saturating_add(read), unpriced: 0 }
    }

    /// Everything but what was read.
    fn rest(&self, usage: Usage) -> Money {
        let written = self.output.share(usage.output_tokens, TOKENS);
        written.saturating_add(self.image.saturating_mul(usage.images.into()))
    }
}

#[cfg(test)]
mod tests;
