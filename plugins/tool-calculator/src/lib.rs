//! A calculator: exact arithmetic on fractions, and decimals to as many digits as asked for.
//!
//! This file reads the tool's arguments. An expression goes through `token`, `parse` and
//! `evaluate`; [`answer()`] is the whole way.

mod answer;
mod bounds;
mod decimal;
mod evaluate;
mod exact;
mod function;
mod number;
mod parse;
mod problem;
mod token;

use pentimento_sdk::{Argument, Artifact, Failure, Tool};

pub use answer::answer;
pub use bounds::{MOST_DIGITS, USUAL_DIGITS};
pub use problem::Problem;

/// Works out the argument `expression`.
#[derive(Debug)]
pub struct Calculator;

impl Tool for Calculator {
    fn perform(arguments: &[Argument], inputs: &[Artifact]) -> Result<String, Failure> {
        if !inputs.is_empty() {
            return Err(bad("the calculator works on its arguments and takes no inputs"));
        }
        let pairs = arguments.iter().map(|one| (one.name.as_str(), one.value.as_str()));
        perform(pairs).map_err(bad)
    }
}

// Native linkers do not take the names of WebAssembly exports; tests call `perform`.
#[cfg(target_family = "wasm")]
pentimento_sdk::export_tool!(Calculator);

/// The answer to the named arguments as JSON, or which one is wrong, and how.
pub fn perform<'a>(
    arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<String, String> {
    let (mut expression, mut digits) = (None, None);
    for (name, value) in arguments {
        let slot = match name {
            "expression" => &mut expression,
            "digits" => &mut digits,
            _ => {
                let name = name.escape_debug();
                return Err(format!("there is no argument `{name}`: `expression`, `digits`"));
            }
        };
        if slot.replace(value).is_some() {
            return Err(format!("`{name}` is given twice"));
        }
    }
    let digits = digits.map_or(Some(USUAL_DIGITS), |digits| digits.trim().parse().ok());
    let Some(digits) = digits.filter(|digits| *digits <= MOST_DIGITS) else {
        return Err(format!("`digits`: a whole number from 0 to {MOST_DIGITS} is needed"));
    };
    let expression = expression.ok_or("the argument `expression` is missing")?;
    answer(expression, digits).map_err(|problem| format!("`expression`, {problem}"))
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::new("bad-argument", message)
}
