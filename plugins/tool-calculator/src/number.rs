//! A number between two fractions: both the same if it is exact, close together if a root is in it.
//!
//! Every operation keeps the truth between the two. What cannot be decided at the present precision
//! is refused as undecided; trying again with more is left to `answer`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::bounds::{Budget, too_long};
use crate::exact;
use crate::problem::Refusal;

/// A number known from both sides.
#[derive(Clone, Debug)]
pub struct Number {
    /// At most the number.
    pub low: BigRational,
    /// At least the number.
    pub high: BigRational,
}

impl Number {
    /// A number that is known exactly.
    pub fn exactly(value: BigRational) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// A whole number.
    pub fn whole(value: BigInt) -> Self {
        Self::exactly(exact::whole(value))
    }

    /// The number itself, if it is known exactly.
    pub fn exact(&self) -> Option<&BigRational> {
        // Lowest terms are unique.
        let same = self.low.numer() == self.high.numer() && self.low.denom() == self.high.denom();
        same.then_some(&self.low)
    }

    /// The number itself, if it is known exactly and whole.
    pub fn exact_whole(&self) -> Option<&BigInt> {
        self.exact().filter(|value| value.is_integer()).map(BigRational::numer)
    }

    /// `-self`
    pub fn negated(&self) -> Self {
        Self { low: -&self.high, high: -&self.low }
    }

    /// `self + other`
    pub fn plus(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        let low = exact::sum(&self.low, &other.low, budget)?;
        if self.exact().and(other.exact()).is_some() {
            return Ok(Self::exactly(low));
        }
        Self::around(&low, &exact::sum(&self.high, &other.high, budget)?, budget)
    }

    /// `self - other`
    pub fn minus(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        self.plus(&other.negated(), budget)
    }

    /// `self * other`
    pub fn times(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        if let (Some(one), Some(other)) = (self.exact(), other.exact()) {
            return exact::product(one, other, budget).map(Self::exactly);
        }
        let first = exact::product(&self.low, &other.low, budget)?;
        let (mut low, mut high) = (first.clone(), first);
        for (one, other) in
            [(&self.low, &other.high), (&self.high, &other.low), (&self.high, &other.high)]
        {
            let corner = exact::product(one, other, budget)?;
            if exact::compare(&corner, &low, budget)?.is_lt() {
                low = corner;
            } else if exact::compare(&corner, &high, budget)?.is_gt() {
                high = corner;
            }
        }
        Self::around(&low, &high, budget)
    }

    /// `self / other`
    pub fn over(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        if let (Some(one), Some(other)) = (self.exact(), other.exact()) {
            return exact::quotient(one, other, budget).map(Self::exactly);
        }
        self.times(&other.inverse(budget)?, budget)
    }

    /// `1 / self`
    fn inverse(&self, budget: &mut Budget) -> Result<Self, Refusal> {
        if self.exact().is_none() && self.sign().is_none() {
            return Err(Refusal::Undecided("whether the divisor is zero"));
        }
        let ends = [&self.low, &self.high];
        if ends.iter().any(|end| end.is_zero()) {
            return Err(Refusal::because("division by zero"));
        }
        let [high, low] = ends.map(exact::inverse);
        if self.exact().is_some() {
            return Ok(Self::exactly(low));
        }
        Ok(Self { low: below(&low, budget)?, high: -below(&-high, budget)? })
    }

    /// The sign, if it is known: [`Ordering::Less`] for a negative number.
    fn sign(&self) -> Option<Ordering> {
        if self.low.is_positive() {
            Some(Ordering::Greater)
        } else if self.high.is_negative() {
            Some(Ordering::Less)
        } else {
            self.exact().map(|_| Ordering::Equal)
        }
    }

    /// `self ^ exponent`
    pub fn power(&self, exponent: &BigInt, budget: &mut Budget) -> Result<Self, Refusal> {
        if let Some(base) = self.exact() {
            return exact::power(base, exponent, budget).map(Self::exactly);
        }
        let Ok(mut times) = u64::try_from(exponent.abs()) else { return Err(too_long()) };
        let even = exponent.is_even();
        let mut square = if even { self.size() } else { self.clone() };
        let mut result = Self::whole(BigInt::one());
        while times > 0 {
            if times.is_odd() {
                result = result.times(&square, budget)?;
            }
            times /= 2;
            if times > 0 {
                square = square.times(&square.clone(), budget)?;
            }
        }
        if exponent.is_negative() { result.inverse(budget) } else { Ok(result) }
    }

    /// The number without its sign.
    pub fn size(&self) -> Self {
        if !self.low.is_negative() {
            self.clone()
        } else if !self.high.is_positive() {
            self.negated()
        } else {
            // Roughly: no further out than both ends together.
            Self { low: BigRational::zero(), high: &self.high - &self.low }
        }
    }

    /// The smaller of two.
    pub fn smaller(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        let low = exact::smaller(&self.low, &other.low, budget)?;
        Ok(Self { low, high: exact::smaller(&self.high, &other.high, budget)? })
    }

    /// The larger of two.
    pub fn larger(&self, other: &Self, budget: &mut Budget) -> Result<Self, Refusal> {
        Ok(self.negated().smaller(&other.negated(), budget)?.negated())
    }

    /// The square root.
    pub fn root(&self, budget: &mut Budget) -> Result<Self, Refusal> {
        if self.high.is_negative() {
            return Err(Refusal::because("a negative number has no square root"));
        }
        if let Some(value) = self.exact() {
            if let Some(root) = exact::root(value, budget)? {
                return Ok(Self::exactly(root));
            }
        } else if self.low.is_negative() {
            return Err(Refusal::Undecided("whether the number under the root is negative"));
        }
        let low = rough_root(&self.low, budget)?.0;
        Ok(Self { low, high: rough_root(&self.high, budget)?.1 })
    }

    /// The next whole number down.
    pub fn floor(&self, budget: &mut Budget) -> Result<BigInt, Refusal> {
        let low = exact::floor(&self.low, budget)?;
        let same = self.exact().is_some() || low == exact::floor(&self.high, budget)?;
        if same { Ok(low) } else { Err(Refusal::Undecided("which whole number comes next")) }
    }

    /// The nearest whole number; halves go away from zero.
    pub fn round(&self, budget: &mut Budget) -> Result<BigInt, Refusal> {
        let low = exact::round(&self.low, budget)?;
        let same = self.exact().is_some() || low == exact::round(&self.high, budget)?;
        if same { Ok(low) } else { Err(Refusal::Undecided("which whole number is nearest")) }
    }

    /// How it compares with another.
    pub fn compare(&self, other: &Self, budget: &mut Budget) -> Result<Ordering, Refusal> {
        if let (Some(one), Some(other)) = (self.exact(), other.exact()) {
            exact::compare(one, other, budget)
        } else if exact::compare(&self.high, &other.low, budget)?.is_lt() {
            Ok(Ordering::Less)
        } else if exact::compare(&self.low, &other.high, budget)?.is_gt() {
            Ok(Ordering::Greater)
        } else {
            Err(Refusal::Undecided("how the two sides compare"))
        }
    }

    /// The number between two fractions, both moved apart to as many bits as are kept.
    fn around(low: &BigRational, high: &BigRational, budget: &mut Budget) -> Result<Self, Refusal> {
        let low = shortened(low, budget)?;
        Ok(Self { low, high: -shortened(&-high, budget)? })
    }
}

/// By how many bits a fraction is to be moved left, so that its whole part has as many as are kept.
fn shift(value: &BigRational, budget: &Budget) -> i64 {
    let bits = |part: &BigInt| i64::try_from(part.bits()).unwrap_or(i64::MAX / 4);
    let kept = i64::try_from(budget.precision).unwrap_or(i64::MAX / 4);
    kept - bits(value.numer()) + bits(value.denom())
}

/// The fraction, or one a little below it that has fewer bits.
fn shortened(value: &BigRational, budget: &mut Budget) -> Result<BigRational, Refusal> {
    if value.numer().bits().max(value.denom().bits()) <= budget.precision {
        return Ok(value.clone());
    }
    below(value, budget)
}

/// A fraction a little below this one, if not the same, over a power of two.
fn below(value: &BigRational, budget: &mut Budget) -> Result<BigRational, Refusal> {
    let shift = shift(value, budget);
    budget.product(exact::bits(value) + shift.unsigned_abs(), value.denom().bits())?;
    let times = shift.unsigned_abs();
    if shift >= 0 {
        exact::halved((value.numer() << times).div_floor(value.denom()), times)
    } else {
        let denominator: BigInt = value.denom() << times;
        exact::halved(value.numer().div_floor(&denominator) << times, 0)
    }
}

/// Two fractions with the square root of a positive one between them.
fn rough_root(
    value: &BigRational,
    budget: &mut Budget,
) -> Result<(BigRational, BigRational), Refusal> {
    // Halved, because a root has half the bits; doubled again, because the shift must be even.
    let half = shift(value, budget) / 2 + i64::try_from(budget.precision / 2).unwrap_or(0);
    let half = half.max(0).unsigned_abs();
    let work = exact::bits(value) + half * 2;
    budget.product(work, work.saturating_mul(exact::ROOT_STEPS))?;
    let root = ((value.numer() << (half * 2)) / value.denom()).sqrt();
    Ok((exact::halved(root.clone(), half)?, exact::halved(root + 1, half)?))
}
