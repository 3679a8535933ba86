//! An expression in, the answer as JSON out: tries again with more precision where roots need it.
//!
//! The shape of the answer is documented in the README and numbered nowhere: it only ever grows.

use num_rational::BigRational;
use num_traits::Signed;

use crate::bounds::{Budget, EXPRESSION_CHARACTERS, MOST_PRECISION};
use crate::decimal;
use crate::evaluate::{Value, evaluate};
use crate::number::Number;
use crate::parse::{Expression, parse};
use crate::problem::{Problem, Refusal, Stop};
use crate::token::tokens;

/// Bits of a decimal digit, rounded up.
const BITS_PER_DIGIT: u64 = 4;

/// Bits kept beyond the digits that were asked for; enough for twenty or so operations.
const SPARE_BITS: u64 = 64;

/// By how much the precision grows from one try to the next.
const GROWTH: u64 = 4;

/// The answer to an expression as JSON, with so many digits after the point at most.
pub fn answer(expression: &str, digits: u32) -> Result<String, Problem> {
    if expression.chars().count() > EXPRESSION_CHARACTERS {
        let cause = format!("an expression may have {EXPRESSION_CHARACTERS} characters");
        return Err(Problem::new(EXPRESSION_CHARACTERS + 1, cause));
    }
    let mut budget = Budget::new();
    let tokens = tokens(expression, &mut budget)?;
    let parsed = parse(&tokens)?;
    budget.precision = u64::from(digits) * BITS_PER_DIGIT + SPARE_BITS;
    loop {
        let last = budget.precision * GROWTH > MOST_PRECISION;
        match attempt(&parsed, digits, last, &mut budget) {
            Ok(text) => return Ok(text),
            Err(Stop { column, refusal: Refusal::Because(cause) }) => {
                return Err(Problem::new(column, cause));
            }
            Err(Stop { column, refusal: Refusal::Undecided(what) }) if last => {
                let known = budget.precision / BITS_PER_DIGIT;
                let cause = format!("{what} cannot be told from {known} digits of its roots");
                return Err(Problem::new(column, cause));
            }
            Err(_) => budget.precision *= GROWTH,
        }
    }
}

/// The answer at the present precision. The `last` try takes a number that may be zero for zero.
fn attempt(
    expression: &Expression,
    digits: u32,
    last: bool,
    budget: &mut Budget,
) -> Result<String, Stop> {
    let value = match evaluate(expression, budget)? {
        Value::Truth(holds) => return Ok(format!("{{\"truth\":{holds}}}")),
        Value::Number(value) => value,
    };
    if let Some(value) = value.exact() {
        return Ok(exact_answer(value, digits));
    }
    match rough_decimal(&value, digits, last) {
        Some(decimal) => Ok(written(None, &decimal, true, digits)),
        None => Err(Refusal::Undecided("the last digit").at(expression.column)),
    }
}

fn exact_answer(value: &BigRational, digits: u32) -> String {
    let exact = decimal::fraction(value);
    if let Some(whole) = decimal::ending(value, digits) {
        return written(Some(&exact), &whole, false, digits);
    }
    let rounded = if decimal::shows(value, digits) {
        decimal::fixed(value, digits)
    } else {
        decimal::scientific(value, digits)
    };
    written(Some(&exact), &rounded, true, digits)
}

/// The decimal that both ends of a number have in common.
fn rough_decimal(value: &Number, digits: u32, last: bool) -> Option<String> {
    let same = |low: String, high: String| (low == high).then_some(low);
    let (low, high) = (&value.low, &value.high);
    if decimal::shows(low, digits) || decimal::shows(high, digits) {
        return same(decimal::fixed(low, digits), decimal::fixed(high, digits));
    }
    if low.is_positive() || high.is_negative() {
        same(decimal::scientific(low, digits), decimal::scientific(high, digits))
    } else {
        last.then(|| decimal::fixed(low, digits))
    }
}

/// The answer that is a number. All of it is digits, signs and letters: nothing to escape.
fn written(exact: Option<&str>, decimal: &str, rounded: bool, digits: u32) -> String {
    let is_exact = exact.is_some();
    let exact = exact.map_or("null".to_owned(), |exact| format!("\"{exact}\""));
    format!(
        "{{\"exact\":{exact},\"decimal\":\"{decimal}\",\"is-exact\":{is_exact},\
         \"rounded\":{rounded},\"digits\":{digits}}}"
    )
}

#[cfg(test)]
mod tests;
