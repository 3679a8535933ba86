//! Works out an expression: a number, or whether a comparison holds.
//!
//! The arithmetic itself is `number`'s and `exact`'s; here is what each part of the tree asks for.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::pow::Pow;

use crate::bounds::{Budget, MOST_DIGITS};
use crate::exact;
use crate::function::Function;
use crate::number::Number;
use crate::parse::{Expression, Kind, Operator};
use crate::problem::{Refusal, Stop};
use crate::token::Comparison;

/// What an expression comes to.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number.
    Number(Number),
    /// Whether a comparison holds.
    Truth(bool),
}

/// Works out an expression.
pub fn evaluate(expression: &Expression, budget: &mut Budget) -> Result<Value, Stop> {
    match &expression.kind {
        Kind::Compared(first, rest) => {
            compared(number(first, budget)?, rest, budget).map(Value::Truth)
        }
        _ => number(expression, budget).map(Value::Number),
    }
}

fn number(expression: &Expression, budget: &mut Budget) -> Result<Number, Stop> {
    let column = expression.column;
    match &expression.kind {
        Kind::Number(value) => Ok(Number::exactly(value.clone())),
        Kind::Negated(inner) => Ok(number(inner, budget)?.negated()),
        Kind::Row(first, rest) => row(number(first, budget)?, rest, budget),
        Kind::Power(base, sign, exponent) => {
            let base = number(base, budget)?;
            let wanted = whole(exponent, budget, "an exponent; for a square root there is `sqrt`")?;
            base.power(&wanted, budget).map_err(|refusal| refusal.at(*sign))
        }
        Kind::Factorial(inner, mark) => {
            let inner = whole(inner, budget, "a factorial")?;
            let result = exact::factorial(&inner, budget);
            result.map(Number::whole).map_err(|refusal| refusal.at(*mark))
        }
        Kind::Percent(inner) => {
            let hundredth = BigRational::new(BigInt::from(1), BigInt::from(100));
            let inner = number(inner, budget)?;
            inner.times(&Number::exactly(hundredth), budget).map_err(|refusal| refusal.at(column))
        }
        Kind::Call(function, arguments) => call(*function, column, arguments, budget),
        Kind::Compared(..) => {
            Err(Refusal::because("a comparison is no number to go on with").at(column))
        }
    }
}

/// A number that must be whole and exact, for what is named.
fn whole(expression: &Expression, budget: &mut Budget, purpose: &str) -> Result<BigInt, Stop> {
    let value = number(expression, budget)?;
    value.exact_whole().cloned().ok_or_else(|| {
        Refusal::because(format!("a whole number is needed for {purpose}")).at(expression.column)
    })
}

fn row(
    first: Number,
    rest: &[(Operator, usize, Expression)],
    budget: &mut Budget,
) -> Result<Number, Stop> {
    let mut so_far = first;
    for (operator, sign, next) in rest {
        let next = number(next, budget)?;
        so_far = operation(&so_far, *operator, &next, budget).map_err(|why| why.at(*sign))?;
    }
    Ok(so_far)
}

fn operation(
    one: &Number,
    operator: Operator,
    other: &Number,
    budget: &mut Budget,
) -> Result<Number, Refusal> {
    match operator {
        Operator::Plus => one.plus(other, budget),
        Operator::Minus => one.minus(other, budget),
        Operator::Times => one.times(other, budget),
        Operator::Over => one.over(other, budget),
        Operator::FloorOver => one.over(other, budget)?.floor(budget).map(Number::whole),
        Operator::Remainder => {
            let quotient = one.over(other, budget)?.floor(budget)?;
            one.minus(&other.times(&Number::whole(quotient), budget)?, budget)
        }
    }
}

fn compared(
    first: Number,
    rest: &[(Comparison, usize, Expression)],
    budget: &mut Budget,
) -> Result<bool, Stop> {
    let (mut left, mut all) = (first, true);
    for (comparison, sign, right) in rest {
        let right = number(right, budget)?;
        let order = left.compare(&right, budget).map_err(|refusal| refusal.at(*sign))?;
        all &= match comparison {
            Comparison::Equal => order == Ordering::Equal,
            Comparison::Unequal => order != Ordering::Equal,
            Comparison::Less => order == Ordering::Less,
            Comparison::AtMost => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            Comparison::AtLeast => order != Ordering::Less,
        };
        left = right;
    }
    Ok(all)
}

fn call(
    function: Function,
    column: usize,
    arguments: &[Expression],
    budget: &mut Budget,
) -> Result<Number, Stop> {
    match function {
        Function::Gcd | Function::Lcm => divisors(function, column, arguments, budget),
        Function::Factorial | Function::Binomial => counted(function, column, arguments, budget),
        Function::Round => rounded(column, arguments, budget),
        Function::Min => joined(Number::smaller, column, arguments, budget),
        Function::Max => joined(Number::larger, column, arguments, budget),
        Function::Sum => joined(Number::plus, column, arguments, budget),
        Function::Abs | Function::Floor | Function::Ceil | Function::Sqrt => {
            let [argument] = arguments else { return Err(missing(column)) };
            let value = number(argument, budget)?;
            let result = match function {
                Function::Abs => Ok(value.size()),
                Function::Floor => value.floor(budget).map(Number::whole),
                Function::Ceil => value.negated().floor(budget).map(|down| Number::whole(-down)),
                _ => value.root(budget),
            };
            result.map_err(|refusal| refusal.at(column))
        }
    }
}

/// All arguments made one, from left to right.
fn joined(
    join: fn(&Number, &Number, &mut Budget) -> Result<Number, Refusal>,
    column: usize,
    arguments: &[Expression],
    budget: &mut Budget,
) -> Result<Number, Stop> {
    let [first, rest @ ..] = arguments else { return Err(missing(column)) };
    let mut so_far = number(first, budget)?;
    for next in rest {
        let next = number(next, budget)?;
        so_far = join(&so_far, &next, budget).map_err(|refusal| refusal.at(column))?;
    }
    Ok(so_far)
}

/// The parser has counted the arguments, so that this is never seen.
fn missing(column: usize) -> Stop {
    Refusal::because("an argument is missing").at(column)
}

fn divisors(
    function: Function,
    column: usize,
    arguments: &[Expression],
    budget: &mut Budget,
) -> Result<Number, Stop> {
    let (join, name): (fn(&_, &_, &mut _) -> _, _) =
        if function == Function::Gcd { (exact::gcd, "`gcd`") } else { (exact::lcm, "`lcm`") };
    let mut so_far = None;
    for argument in arguments {
        let next = whole(argument, budget, name)?;
        let last = so_far.unwrap_or_else(|| next.clone());
        so_far = Some(join(&last, &next, budget).map_err(|refusal| refusal.at(column))?);
    }
    so_far.map(Number::whole).ok_or_else(|| missing(column))
}

fn counted(
    function: Function,
    column: usize,
    arguments: &[Expression],
    budget: &mut Budget,
) -> Result<Number, Stop> {
    let mut numbers = Vec::with_capacity(arguments.len());
    for argument in arguments {
        numbers.push(whole(argument, budget, "this function")?);
    }
    let result = match (function, numbers.as_slice()) {
        (Function::Factorial, [number]) => exact::factorial(number, budget),
        (_, [all, few]) => exact::binomial(all, few, budget),
        _ => return Err(missing(column)),
    };
    result.map(Number::whole).map_err(|refusal| refusal.at(column))
}

/// To the nearest whole number, or to so many places.
fn rounded(column: usize, arguments: &[Expression], budget: &mut Budget) -> Result<Number, Stop> {
    let [value, rest @ ..] = arguments else { return Err(missing(column)) };
    let value = number(value, budget)?;
    let Some(second) = rest.first() else {
        let nearest = value.round(budget);
        return nearest.map(Number::whole).map_err(|refusal| refusal.at(column));
    };
    let places = whole(second, budget, "the places to round to")?;
    let most = i64::from(MOST_DIGITS);
    let Some(places) = i64::try_from(places).ok().filter(|places| places.abs() <= most) else {
        let cause = format!("numbers are rounded to {MOST_DIGITS} places at most, either way");
        return Err(Refusal::because(cause).at(second.column));
    };
    let power = exact::whole(Pow::pow(BigInt::from(10), places.unsigned_abs()));
    let unit = Number::exactly(if places < 0 { power } else { power.recip() });
    let nearest = |budget: &mut Budget| {
        let units = value.over(&unit, budget)?.round(budget)?;
        Number::whole(units).times(&unit, budget)
    };
    nearest(budget).map_err(|refusal| refusal.at(column))
}
