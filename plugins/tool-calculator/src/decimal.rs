//! Writes fractions as decimals, exactly or rounded to so many places.
//!
//! Halves are rounded away from zero. No binary fraction is involved.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero, pow::Pow};

/// A fraction in lowest terms: `22/7`, or `3` for a whole number.
pub fn fraction(value: &BigRational) -> String {
    if value.is_integer() {
        value.numer().to_string()
    } else {
        format!("{}/{}", value.numer(), value.denom())
    }
}

/// The whole decimal of a fraction, if it ends within `most` places.
pub fn ending(value: &BigRational, most: u32) -> Option<String> {
    let below = value.denom();
    let twos = u32::try_from(below.trailing_zeros().unwrap_or(0)).ok()?;
    let (mut rest, mut fives): (BigInt, u32) = (below >> twos, 0);
    while !rest.is_one() {
        let (quotient, left) = rest.div_rem(&BigInt::from(5));
        if !left.is_zero() || fives == most {
            return None;
        }
        (rest, fives) = (quotient, fives + 1);
    }
    let places = twos.max(fives);
    (places <= most).then(|| fixed(value, places))
}

/// Rounded to so many places after the point.
pub fn fixed(value: &BigRational, places: u32) -> String {
    let units = scaled(value, i64::from(places));
    let sign = if units.is_negative() { "-" } else { "" };
    let places = places as usize;
    // Zeros are put before, so that there is at least one digit before the point.
    let digits = format!("{:0>width$}", units.abs().to_string(), width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let point = if places == 0 { "" } else { "." };
    format!("{sign}{before}{point}{after}")
}

/// Whether so many places after the point show anything but zeros.
pub fn shows(value: &BigRational, places: u32) -> bool {
    !scaled(value, i64::from(places)).is_zero()
}

/// A number that is not zero, with one digit before the point, so many after it, and a power of
/// ten: `1.41e-60`.
pub fn scientific(value: &BigRational, places: u32) -> String {
    let length = |part: &BigInt| i64::try_from(part.abs().to_string().len()).unwrap_or(0);
    let mut exponent = length(value.numer()) - length(value.denom());
    let ahead = shifted(&value.abs(), -exponent);
    if ahead.numer() < ahead.denom() {
        exponent -= 1;
    }
    let mut units = scaled(value, i64::from(places) - exponent);
    if length(&units) > i64::from(places) + 1 {
        exponent += 1;
        units = scaled(value, i64::from(places) - exponent);
    }
    let mantissa = fixed(&BigRational::new(units, ten_to(places.into())), places);
    format!("{mantissa}e{exponent}")
}

/// `value * 10^places` to the nearest whole number.
fn scaled(value: &BigRational, places: i64) -> BigInt {
    let (mut above, mut below) = (value.numer().abs(), value.denom().clone());
    if places < 0 {
        below *= ten_to(places.unsigned_abs());
    } else {
        above *= ten_to(places.unsigned_abs());
    }
    let double: BigInt = above * 2 + &below;
    let size = double.div_floor(&(below * 2));
    if value.is_negative() { -size } else { size }
}

/// `value * 10^places`
fn shifted(value: &BigRational, places: i64) -> BigRational {
    let power = ten_to(places.unsigned_abs());
    let (above, below) = (value.numer().clone(), value.denom().clone());
    // Only compared with 1: lowest terms do not matter.
    if places < 0 {
        BigRational::new_raw(above, below * power)
    } else {
        BigRational::new_raw(above * power, below)
    }
}

fn ten_to(places: u64) -> BigInt {
    Pow::pow(BigInt::from(10), places)
}

#[cfg(test)]
mod tests;
