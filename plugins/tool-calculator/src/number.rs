//! A number between two fractions: both the same if it is exact, close together if a root is in it.
//!
//! Every operation keeps the truth between the two. What cannot be decided at the present precision
//! is refused as undecided; trying again with more is left to `answer`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::bounds::{Budget, fits, too_long};
use crate::exact;
use crate::problem::Refusal;

/// A number known from both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        (exact::compare(&self.low, &self.high) == Ordering::Equal).then_some(&self.low)
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
            low = exact::smaller(&low, &corner).clone();
            high = exact::larger(&high, &corner).clone();
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
        let one = BigRational::one();
        let high = exact::quotient(&one, &self.low, budget)?;
        let low = exact::quotient(&one, &self.high, budget)?;
        Ok(Self { low, high })
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
            Self { low: BigRational::zero(), high: exact::larger(&self.high, &-&self.low).clone() }
        }
    }

    /// The smaller of two.
    pub fn smaller(&self, other: &Self) -> Self {
        let low = exact::smaller(&self.low, &other.low).clone();
        Self { low, high: exact::smaller(&self.high, &other.high).clone() }
    }

    /// The larger of two.
    pub fn larger(&self, other: &Self) -> Self {
        self.negated().smaller(&other.negated()).negated()
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
    pub fn compare(&self, other: &Self) -> Result<Ordering, Refusal> {
        if let (Some(one), Some(other)) = (self.exact(), other.exact()) {
            Ok(exact::compare(one, other))
        } else if exact::compare(&self.high, &other.low) == Ordering::Less {
            Ok(Ordering::Less)
        } else if exact::compare(&self.low, &other.high) == Ordering::Greater {
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
    let shift = shift(value, budget);
    budget.product(exact::bits(value) + shift.unsigned_abs(), value.denom().bits())?;
    if shift >= 0 {
        dyadic((value.numer() << shift).div_floor(value.denom()), shift)
    } else {
        let below: BigInt = value.denom() << -shift;
        dyadic(value.numer().div_floor(&below), shift)
    }
}

/// `above` divided `shift` times by two, or multiplied for a negative `shift`.
fn dyadic(above: BigInt, shift: i64) -> Result<BigRational, Refusal> {
    if shift <= 0 {
        return fits(exact::whole(above << shift.unsigned_abs()));
    }
    let even = above.trailing_zeros().unwrap_or(u64::MAX).min(shift.unsigned_abs());
    let below = BigInt::one() << (shift.unsigned_abs() - even);
    fits(BigRational::new_raw(above >> even, below))
}

/// Two fractions with the square root of a positive one between them.
fn rough_root(
    value: &BigRational,
    budget: &mut Budget,
) -> Result<(BigRational, BigRational), Refusal> {
    // Halved, because a root has half the bits; doubled again, because the shift must be even.
    let half = (shift(value, budget) / 2 + i64::try_from(budget.precision / 2).unwrap_or(0)).max(0);
    let work = exact::bits(value) + half.unsigned_abs() * 2;
    budget.product(work, work.saturating_mul(4))?;
    let root = ((value.numer() << (half * 2)) / value.denom()).sqrt();
    Ok((dyadic(root.clone(), half)?, dyadic(root + 1, half)?))
}
