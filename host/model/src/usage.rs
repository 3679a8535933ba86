//! What calls took, as a provider counts it, and what that came to.

use crate::Money;

/// What calls of models took, or may take at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Usage {
    /// Calls that were answered.
    pub calls: u32,
    /// Tokens read, those from the provider's cache included.
    pub input_tokens: u64,
    /// Those of the tokens read that came from the provider's cache.
    pub cached_tokens: u64,
    /// Tokens written, hidden reasoning included.
    pub output_tokens: u64,
    /// Pictures made or changed.
    pub images: u32,
}

impl Usage {
    /// No call at all.
    pub const NONE: Self =
        Self { calls: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0, images: 0 };
    /// One call that counts neither tokens nor pictures.
    pub const CALL: Self = Self { calls: 1, ..Self::NONE };
    /// One call that makes one picture.
    pub const PICTURE: Self = Self { images: 1, ..Self::CALL };

    /// One call that read and wrote so many tokens.
    pub const fn of_tokens(input_tokens: u64, output_tokens: u64) -> Self {
        Self { input_tokens, output_tokens, ..Self::CALL }
    }

    /// Tokens read and written.
    pub const fn tokens(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            input_tokens: self.input_tokens.saturating_add(other.input_tokens),
            cached_tokens: self.cached_tokens.saturating_add(other.cached_tokens),
            output_tokens: self.output_tokens.saturating_add(other.output_tokens),
            images: self.images.saturating_add(other.images),
        }
    }

    /// What is left without the other, never below nothing.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(other.calls),
            input_tokens: self.input_tokens.saturating_sub(other.input_tokens),
            cached_tokens: self.cached_tokens.saturating_sub(other.cached_tokens),
            output_tokens: self.output_tokens.saturating_sub(other.output_tokens),
            images: self.images.saturating_sub(other.images),
        }
    }

    /// The same so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        let many = u64::from(times);
        Self {
            calls: self.calls.saturating_mul(times),
            input_tokens: self.input_tokens.saturating_mul(many),
            cached_tokens: self.cached_tokens.saturating_mul(many),
            output_tokens: self.output_tokens.saturating_mul(many),
            images: self.images.saturating_mul(times),
        }
    }
}

/// What was used, and what it came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spending {
    /// What was used.
    pub usage: Usage,
    /// What it cost, as far as anybody knows prices.
    pub money: Money,
    /// Those of the calls whose price nobody typed; `money` holds nothing for them.
    pub unpriced: u32,
}

impl Spending {
    /// Nothing.
    pub const NONE: Self = Self { usage: Usage::NONE, money: Money::ZERO, unpriced: 0 };

    /// So much, at a price that nobody typed.
    pub const fn unpriced(usage: Usage) -> Self {
        Self { usage, money: Money::ZERO, unpriced: usage.calls }
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        let (usage, money) = (self.usage.plus(other.usage), self.money.saturating_add(other.money));
        Self { usage, money, unpriced: self.unpriced.saturating_add(other.unpriced) }
    }

    /// What is left without the other, never below nothing.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        let (usage, money) =
            (self.usage.minus(other.usage), self.money.saturating_sub(other.money));
        Self { usage, money, unpriced: self.unpriced.saturating_sub(other.unpriced) }
    }

    /// The same so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            usage: self.usage.times(times),
            money: self.money.saturating_mul(times.into()),
            unpriced: self.unpriced.saturating_mul(times),
        }
    }
}
