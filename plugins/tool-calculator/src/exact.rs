//! Arithmetic on fractions, without rounding and within the bounds.
//!
//! Numbers that are known only roughly are left to `number`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero, pow::Pow};

use crate::bounds::{Budget, NUMBER_BITS, fits, too_long, whole_fits};
use crate::problem::Refusal;

/// Bits above and below the line together.
pub fn bits(value: &BigRational) -> u64 {
    value.numer().bits() + value.denom().bits()
}

/// How two fractions compare, by multiplying across. The fractions' own order walks down their
/// continued fractions, one call deeper for each term, and the stack ends before long ones do.
pub fn compare(one: &BigRational, other: &BigRational) -> Ordering {
    // Denominators are positive.
    (one.numer() * other.denom()).cmp(&(other.numer() * one.denom()))
}

/// The smaller of two fractions.
pub fn smaller<'a>(one: &'a BigRational, other: &'a BigRational) -> &'a BigRational {
    if compare(one, other) == Ordering::Greater { other } else { one }
}

/// The larger of two fractions.
pub fn larger<'a>(one: &'a BigRational, other: &'a BigRational) -> &'a BigRational {
    if compare(one, other) == Ordering::Less { other } else { one }
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
    if one.is_integer() && other.is_integer() {
        budget.product(bits(one) + bits(other), 1)?;
        return Ok(whole(whole_fits(one.numer() + other.numer())?));
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
    if one.is_integer() && other.is_integer() {
        return Ok(whole(whole_fits(one.numer() * other.numer())?));
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
    // Both are in lowest terms already; only the sign may have to go up.
    fits(match (exponent.is_negative(), above.is_negative()) {
        (false, _) => BigRational::new_raw(above, below),
        (true, false) => BigRational::new_raw(below, above),
        (true, true) => BigRational::new_raw(-below, -above),
    })
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
    // Newton's method doubles the right bits with every division.
    for part in [value.numer(), value.denom()] {
        budget.product(part.bits(), part.bits().saturating_mul(4))?;
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
    let Some(last) = u64::try_from(number).ok().filter(|last| *last <= NUMBER_BITS) else {
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
    let Some(few) = u64::try_from(&few).ok().filter(|few| *few <= NUMBER_BITS) else {
        return Err(too_long());
    };
    let mut ways = BigInt::one();
    for chosen in 0..few {
        let left: BigInt = all - chosen;
        budget.product(ways.bits(), left.bits() + 1)?;
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
