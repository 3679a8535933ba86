//! Money as a whole number of nano-dollars, so that sums are exact and a cap is a cap.
//!
//! What a call costs is said by a [`Price`](crate::Price); who may spend is the engine's business.

use std::{fmt, str::FromStr};

/// Nano-dollars in a dollar.
const NANOS: u64 = 1_000_000_000;

/// Nano-dollars in a millionth of a dollar.
const MICRO: u64 = 1000;

/// Digits after the point that a nano-dollar takes.
const DECIMALS: usize = 9;

/// An amount in US dollars: never negative, exact to a nano-dollar, at most 18 billion dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(u64);

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMoney {
    /// Not digits with at most one point between them.
    NotAnAmount,
    /// More than nine digits after the point, and not all of the rest zeros.
    TooFine,
    /// More than this program counts to.
    TooMuch,
}

impl fmt::Display for NoMoney {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAnAmount => "not an amount in dollars such as `2` or `0.05`",
            Self::TooFine => "finer than a nano-dollar (nine digits after the point)",
            Self::TooMuch => "more than 18 billion dollars",
        })
    }
}

impl std::error::Error for NoMoney {}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The most that can be counted.
    pub const MOST: Self = Self(u64::MAX);

    /// So many nano-dollars.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// The amount in nano-dollars.
    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// The sum, or `None` if it cannot be counted.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(nanos) => Some(Self(nanos)),
            None => None,
        }
    }

    /// The sum, or [`Self::MOST`].
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, or nothing.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times the amount, or [`Self::MOST`].
    #[must_use]
    pub const fn saturating_mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }

    /// The same as a forecast tells it: rounded up to a millionth of a dollar.
    #[must_use]
    pub const fn told(self) -> Self {
        match self.0.div_ceil(MICRO).checked_mul(MICRO) {
            Some(nanos) => Self(nanos),
            None => Self::MOST,
        }
    }

    /// What `count` units cost if `per` of them cost this much: rounded up, or [`Self::MOST`].
    #[must_use]
    pub fn share(self, count: u64, per: u64) -> Self {
        let whole = u128::from(self.0) * u128::from(count);
        let nanos = whole.div_ceil(u128::from(per.max(1)));
        Self(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

/// Exact: dollars, a point, and at least two digits (`0.05`, `12.00`, `0.000000001`).
impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (dollars, nanos) = (self.0 / NANOS, self.0 % NANOS);
        let digits = format!("{nanos:09}");
        let (cents, finer) = digits.split_at(2);
        write!(formatter, "{dollars}.{cents}{}", finer.trim_end_matches('0'))
    }
}

impl FromStr for Money {
    type Err = NoMoney;

    /// Reads `2`, `0.05` or `.5`; no sign, no exponent, no separators.
    fn from_str(text: &str) -> Result<Self, NoMoney> {
        let (dollars, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if text.is_empty() || text.ends_with('.') || !digits(dollars) || !digits(fraction) {
            return Err(NoMoney::NotAnAmount);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DECIMALS {
            return Err(NoMoney::TooFine);
        }
        let whole = match dollars.trim_start_matches('0') {
            "" => 0,
            digits => digits.parse::<u64>().map_err(|_| NoMoney::TooMuch)?,
        };
        let nanos = format!("{fraction:0<9}").parse::<u64>().map_err(|_| NoMoney::NotAnAmount)?;
        let sum = whole.checked_mul(NANOS).and_then(|whole| whole.checked_add(nanos));
        sum.map(Self).ok_or(NoMoney::TooMuch)
    }
}

#[cfg(test)]
mod tests;
