//! The value of an expression, exactly: fractions of whole numbers, nothing rounded.

use std::collections::BTreeMap;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

use crate::scan::Token;

/// An exact number.
pub(crate) type Value = Ratio<i128>;

/// What names stand for.
pub(crate) type Names = BTreeMap<char, Value>;

/// Parentheses within each other, at most: deeper ones are not read.
const DEEPEST: usize = 64;

/// The value of these tokens, all of them; `None` if they are no expression, a name stands for
/// nothing, something is divided by zero, or a number is too large.
pub(crate) fn value(tokens: &[Token], names: &Names) -> Option<Value> {
    let mut reader = Reader { tokens, at: 0, depth: 0, names };
    let value = reader.sum()?;
    (reader.at == tokens.len()).then_some(value)
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    names: &'t Names,
}

impl Reader<'_> {
    fn sum(&mut self) -> Option<Value> {
        let mut total = self.product()?;
        while let Some(token) = self.tokens.get(self.at).copied() {
            let (plus, minus) = (token == Token::Plus, token == Token::Minus);
            if !plus && !minus {
                break;
            }
            self.at += 1;
            let next = self.product()?;
            total = if plus { total.checked_add(&next) } else { total.checked_sub(&next) }?;
        }
        Some(total)
    }

    fn product(&mut self) -> Option<Value> {
        let mut total = self.signed()?;
        while let Some(token) = self.tokens.get(self.at).copied() {
            let (times, over) = (token == Token::Times, token == Token::Over);
            if !times && !over {
                break;
            }
            self.at += 1;
            let next = self.signed()?;
            if over && next.is_zero() {
                return None;
            }
            total = if times { total.checked_mul(&next) } else { total.checked_div(&next) }?;
        }
        Some(total)
    }

    fn signed(&mut self) -> Option<Value> {
        let token = *self.tokens.get(self.at)?;
        self.at += 1;
        match token {
            Token::Minus => {
                let value = self.nested(Self::signed)?;
                Value::zero().checked_sub(&value)
            }
            Token::Number(value) => Some(value),
            Token::Name(name) => self.names.get(&name).copied(),
            Token::Open => {
                let value = self.nested(Self::sum)?;
                let closed = self.tokens.get(self.at) == Some(&Token::Close);
                self.at += 1;
                closed.then_some(value)
            }
            Token::Plus | Token::Times | Token::Over | Token::Close | Token::Equals => None,
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
        self.depth += 1;
        let value = if self.depth <= DEEPEST { read(self) } else { None };
        self.depth -= 1;
        value
    }
}

/// A value in words: a whole number, or a fraction.
pub(crate) fn in_words(value: &Value) -> String {
    if value.is_integer() {
        value.numer().to_string()
    } else {
        format!("{}/{}", value.numer(), value.denom())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scan::runs;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let names = Names::from([('A', Value::from_integer(7))]);
        let runs = runs(text);
        let found = runs.first().and_then(|run| value(&run.tokens, &names));
        assert_eq!(found.as_ref().map(in_words).as_deref(), expected, "{text}");
    }

    #[test]
    fn expressions_have_their_exact_values() {
        check("7 - -7 * 4", Some("35"));
        check("(-9 - 5 - 0) - (4 + 3 + -5)", Some("-16"));
        check("1 / 3 + 0.5", Some("5/6"));
        check("1,200 × 2 ÷ 4", Some("600"));
        check("20% * 50", Some("10"));
        check("A * 2", Some("14"));
        check("--3", Some("3"));
    }

    #[test]
    fn what_is_no_expression_has_no_value() {
        for text in ["3 +", "(3", "3)", "* 3", "3 / 0", "B + 1", "()", "3 4"] {
            check(text, None);
        }
        check(&format!("{0}*{0}", "9".repeat(30)), None);
        check(&format!("{}1", "(".repeat(200)), None);
        check(&format!("{}1", "-".repeat(10_000)), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[-+*/()0-9A. =%,x]{0,40}") {
            for run in runs(&text) {
                let _ = value(&run.tokens, &Names::new());
            }
        }

        #[test]
        fn sums_and_products_are_those_of_whole_numbers(a in -99_i64..99, b in -99_i64..99, c in -99_i64..99) {
            let text = format!("({a} + {b}) * {c} - {a}");
            let expected = ((a + b) * c - a).to_string();
            check(&text, Some(&expected));
        }
    }
}
