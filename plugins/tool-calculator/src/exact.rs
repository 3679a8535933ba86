//! Arithmetic on fractions in lowest terms, without rounding and within the bounds.
//!
//! Fractions over powers of two, whole numbers among them, take a short way without a common
//! divisor. Numbers that are known only roughly are left to `number`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero, pow::Pow};

use crate::bounds::{Budget, NUMBER_BITS, fits, too_long, whole_fits};
use crate::problem::Refusal;

/// How many times the steps of a product a square root takes: some divisions, by Newton's method.
pub const ROOT_STEPS: u64 = 8;

/// Bits above and below the line together.
pub fn bits(value: &BigRational) -> u64 {
    value.numer().bits() + value.denom().bits()
}

/// A whole number as a fraction.
pub fn whole(value: BigInt) -> BigRational {
    BigRational::from_integer(value)
}

/// `one + other`
pub fn sum(
    one: &BigRational,
    other: &BigRational,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    if let (Some(twos), Some(others)) = (twos(one), twos(other)) {
        budget.product(bits(one) + bits(other) + twos + others, 1)?;
        let common = twos.max(others);
        let (above, added) = (one.numer() << (common - twos), other.numer() << (common - others));
        return halved(above + added, common);
    }
    // Over the product of the denominators, then to lowest terms.
    budget.lowest_terms(bits(one) + bits(other))?;
    fits(one + other)
}

/// `one * other`
pub fn product(
    one: &BigRational,
    other: &BigRational,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    budget.product(bits(one), bits(other))?;
    if let (Some(twos), Some(others)) = (twos(one), twos(other)) {
        return halved(one.numer() * other.numer(), twos + others);
    }
    budget.lowest_terms(bits(one) + bits(other))?;
    fits(one * other)
}

/// `one / other`
pub fn quotient(
    one: &BigRational,
    other: &BigRational,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    if other.is_zero() {
        return Err(Refusal::because("division by zero"));
    }
    budget.product(bits(one), bits(other))?;
    budget.lowest_terms(bits(one) + bits(other))?;
    fits(one / other)
}

/// `1 / value`, of anything but zero.
pub fn inverse(value: &BigRational) -> BigRational {
    let (above, below) = (value.numer().clone(), value.denom().clone());
    if above.is_negative() {
        BigRational::new_raw(-below, -above)
    } else {
        BigRational::new_raw(below, above)
    }
}

/// How two fractions compare, by multiplying across. The fractions' own order walks down their
/// continued fractions, one call deeper for each term, and the stack ends before long ones do.
pub fn compare(
    one: &BigRational,
    other: &BigRational,
    budget: &mut Budget,
) -> Result<Ordering, Refusal> {
    budget.product(bits(one), bits(other))?;
    // Denominators are positive.
    Ok((one.numer() * other.denom()).cmp(&(other.numer() * one.denom())))
}

/// The smaller of two fractions.
pub fn smaller(
    one: &BigRational,
    other: &BigRational,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    Ok(if compare(one, other, budget)?.is_gt() { other.clone() } else { one.clone() })
}

/// How many twos the denominator is the product of; none if there is another factor.
fn twos(value: &BigRational) -> Option<u64> {
    let twos = value.denom().trailing_zeros()?;
    (twos + 1 == value.denom().bits()).then_some(twos)
}

/// `above` halved so many times.
pub fn halved(above: BigInt, times: u64) -> Result<BigRational, Refusal> {
    let even = above.trailing_zeros().unwrap_or(times).min(times);
    let below = BigInt::one() << (times - even);
    fits(BigRational::new_raw(above >> even, below))
}

/// `base ^ exponent`; anything to the power 0 is 1.
pub fn power(
    base: &BigRational,
    exponent: &BigInt,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    if exponent.is_zero() || base.is_one() {
        return Ok(BigRational::one());
    }
    if base.is_zero() {
        let refusal = || Refusal::because("0 to a negative power is a division by zero");
        return if exponent.is_negative() { Err(refusal()) } else { Ok(base.clone()) };
    }
    if base.is_integer() && base.numer().abs().is_one() {
        return Ok(if exponent.is_even() { base.abs() } else { base.clone() });
    }
    let longest = base.numer().bits().max(base.denom().bits());
    let times = u64::try_from(exponent.abs()).unwrap_or(u64::MAX);
    // A number of b bits to the power n has more than (b - 1) * n bits.
    let Some(times) =
        u32::try_from(times).ok().filter(|_| (longest - 1).saturating_mul(times) <= NUMBER_BITS)
    else {
        return Err(too_long());
    };
    budget.product(longest * u64::from(times), longest * u64::from(times))?;
    let (above, below) = (Pow::pow(base.numer(), times), Pow::pow(base.denom(), times));
    let power = fits(BigRational::new_raw(above, below))?;
    Ok(if exponent.is_negative() { inverse(&power) } else { power })
}

/// The next whole number down.
pub fn floor(value: &BigRational, budget: &mut Budget) -> Result<BigInt, Refusal> {
    budget.product(value.numer().bits(), value.denom().bits())?;
    Ok(value.numer().div_floor(value.denom()))
}

/// The nearest whole number; halves go away from zero.
pub fn round(value: &BigRational, budget: &mut Budget) -> Result<BigInt, Refusal> {
    budget.product(value.numer().bits(), value.denom().bits())?;
    let double: BigInt = value.numer().abs() * 2 + value.denom();
    let size = double.div_floor(&(value.denom() * 2));
    Ok(if value.is_negative() { -size } else { size })
}

/// The square root, if it is a fraction.
pub fn root(value: &BigRational, budget: &mut Budget) -> Result<Option<BigRational>, Refusal> {
    for part in [value.numer(), value.denom()] {
        budget.product(part.bits(), part.bits().saturating_mul(ROOT_STEPS))?;
    }
    let (above, below) = (value.numer().sqrt(), value.denom().sqrt());
    let square = &above * &above == *value.numer() && &below * &below == *value.denom();
    Ok(square.then(|| BigRational::new_raw(above, below)))
}

/// 1 · 2 · … · `number`
pub fn factorial(number: &BigInt, budget: &mut Budget) -> Result<BigInt, Refusal> {
    if number.is_negative() {
        return Err(Refusal::because("a negative number has no factorial"));
    }
    // Of n factors, half are at least n / 2: n bits at least from n = 8 on.
    let Some(last) = u32::try_from(number).ok().filter(|last| u64::from(*last) <= NUMBER_BITS)
    else {
        return Err(too_long());
    };
    let mut product = BigInt::one();
    for factor in 2..=last {
        budget.product(product.bits(), 1)?;
        product = whole_fits(product * factor)?;
    }
    Ok(product)
}

/// In how many ways `few` of `all` can be chosen.
pub fn binomial(all: &BigInt, few: &BigInt, budget: &mut Budget) -> Result<BigInt, Refusal> {
    if all.is_negative() || few.is_negative() {
        return Err(Refusal::because("`binomial` takes no negative numbers"));
    }
    if few > all {
        return Ok(BigInt::zero());
    }
    let few = few.min(&(all - few)).clone();
    // With k at most half of n there are at least 2^k ways.
    let Some(few) = u32::try_from(&few).ok().filter(|few| u64::from(*few) <= NUMBER_BITS) else {
        return Err(too_long());
    };
    let mut ways = BigInt::one();
    for chosen in 0..few {
        let left: BigInt = all - chosen;
        // A product and a division, which takes some times as long.
        budget.product(ways.bits().saturating_mul(5), left.bits() + 1)?;
        ways = whole_fits(ways * left / (chosen + 1))?;
    }
    Ok(ways)
}

/// The greatest common divisor, never negative.
pub fn gcd(one: &BigInt, other: &BigInt, budget: &mut Budget) -> Result<BigInt, Refusal> {
    budget.lowest_terms(one.bits() + other.bits())?;
    Ok(one.gcd(other))
}

/// The least common multiple, never negative.
pub fn lcm(one: &BigInt, other: &BigInt, budget: &mut Budget) -> Result<BigInt, Refusal> {
    if one.is_zero() || other.is_zero() {
        return Ok(BigInt::zero());
    }
    let shared = gcd(one, other, budget)?;
    budget.product(one.bits(), other.bits())?;
    whole_fits((one / shared * other).abs())
}
