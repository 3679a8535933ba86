//! Cuts an expression into numbers, names and signs, each with the character it starts at.
//!
//! Numbers are taken exactly as written. What the signs mean together is left to `parse`.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::pow::Pow;

use crate::bounds::{Budget, LITERAL_EXPONENT, fits};
use crate::problem::{Problem, Refusal};

/// A comparison of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// The smallest part of an expression that means something.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A literal, exactly.
    Number(BigRational),
    /// A function, or the word `of` or `mod`.
    Name(String),
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `//`
    FloorOver,
    /// `%`
    Percent,
    /// `^`
    Power,
    /// `!`
    Bang,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,` between arguments
    Comma,
    /// `=`, `<` and so on
    Compare(Comparison),
    /// After the last character.
    End,
}

/// A token and the character it starts at, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The token.
    pub token: Token,
    /// Where it starts.
    pub column: usize,
}

/// The tokens of an expression; the last one is [`Token::End`].
pub fn tokens(expression: &str, budget: &mut Budget) -> Result<Vec<Placed>, Problem> {
    let text = expression.chars().collect();
    let mut reader = Reader { text, at: 0, calls: Vec::new(), budget };
    let mut found: Vec<Placed> = Vec::new();
    loop {
        while reader.peek(0).is_some_and(char::is_whitespace) {
            reader.at += 1;
        }
        let column = reader.at + 1;
        let token = reader.token()?;
        match token {
            Token::Open => {
                let call = matches!(found.last(), Some(Placed { token: Token::Name(_), .. }));
                reader.calls.push(call);
            }
            Token::Close => {
                reader.calls.pop();
            }
            _ => {}
        }
        let end = token == Token::End;
        found.push(Placed { token, column });
        if end {
            return Ok(found);
        }
    }
}

struct Reader<'a> {
    text: Vec<char>,
    at: usize,
    /// For each open parenthesis, whether it holds the arguments of a function.
    calls: Vec<bool>,
    budget: &'a mut Budget,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    fn digit(&self, ahead: usize) -> Option<char> {
        self.peek(ahead).filter(char::is_ascii_digit)
    }

    fn token(&mut self) -> Result<Token, Problem> {
        let Some(first) = self.peek(0) else { return Ok(Token::End) };
        if first.is_ascii_digit() || (first == '.' && self.digit(1).is_some()) {
            return self.number();
        }
        if first.is_alphabetic() {
            return Ok(self.name());
        }
        let (token, length) = self.sign(first)?;
        self.at += length;
        Ok(token)
    }

    fn name(&mut self) -> Token {
        let mut name = String::new();
        while let Some(next) = self.peek(0).filter(|next| next.is_alphanumeric() || *next == '_') {
            name.push(next);
            self.at += 1;
        }
        Token::Name(name)
    }

    /// A sign and how many characters it has.
    fn sign(&self, first: char) -> Result<(Token, usize), Problem> {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less};
        let found = match (first, self.peek(1)) {
            ('*', Some('*')) => (Token::Power, 2),
            ('/', Some('/')) => (Token::FloorOver, 2),
            ('=', Some('=')) => (Token::Compare(Equal), 2),
            ('!', Some('=')) if self.peek(2) != Some('=') => (self.unequal()?, 2),
            ('<', Some('=')) => (Token::Compare(AtMost), 2),
            ('>', Some('=')) => (Token::Compare(AtLeast), 2),
            ('+', _) => (Token::Plus, 1),
            ('-' | '−', _) => (Token::Minus, 1),
            ('*' | '×' | '·', _) => (Token::Times, 1),
            ('/' | '÷', _) => (Token::Over, 1),
            ('%', _) => (Token::Percent, 1),
            ('^', _) => (Token::Power, 1),
            ('!', _) => (Token::Bang, 1),
            ('(', _) => (Token::Open, 1),
            (')', _) => (Token::Close, 1),
            (',', _) => (Token::Comma, 1),
            ('=', _) => (Token::Compare(Equal), 1),
            ('≠', _) => (Token::Compare(Comparison::Unequal), 1),
            ('<', _) => (Token::Compare(Less), 1),
            ('≤', _) => (Token::Compare(AtMost), 1),
            ('>', _) => (Token::Compare(Greater), 1),
            ('≥', _) => (Token::Compare(AtLeast), 1),
            _ => {
                let cause = format!("`{}` means nothing here", first.escape_default());
                return Err(Problem::new(self.at + 1, cause));
            }
        };
        Ok(found)
    }

    /// `!=`, unless it may as well be a factorial and `=`.
    fn unequal(&self) -> Result<Token, Problem> {
        let apart = self.at.checked_sub(1).is_none_or(|before| self.text[before].is_whitespace());
        if apart {
            return Ok(Token::Compare(Comparison::Unequal));
        }
        let cause = "`!=` can mean two things: write ` != ` for unequal or `! =` for a factorial";
        Err(Problem::new(self.at + 1, cause))
    }

    /// A literal: digits, a point and digits, an exponent.
    fn number(&mut self) -> Result<Token, Problem> {
        let start = self.at + 1;
        let mut digits = self.whole_part()?;
        let mut places = 0;
        if self.peek(0) == Some('.') {
            self.at += 1;
            let fraction = if self.digit(0).is_some() { self.digits()? } else { String::new() };
            places = fraction.len();
            digits.push_str(&fraction);
            if self.peek(0) == Some('.') {
                return Err(Problem::new(self.at + 1, "a second point in one number"));
            }
        }
        let exponent = self.exponent()?;
        exactly(&digits, places, exponent, self.budget)
            .map(Token::Number)
            .map_err(|refusal| Problem::new(start, cause(refusal)))
    }

    /// The digits before the point, with thousands in groups where a comma cannot be anything else.
    fn whole_part(&mut self) -> Result<String, Problem> {
        let start = self.at;
        if self.digit(0).is_none() {
            return Ok(String::new());
        }
        let mut digits = self.digits()?;
        let grouped = self.calls.last() != Some(&true) && self.peek(0) == Some(',');
        if !grouped {
            return Ok(digits);
        }
        let plain = self.at - start == digits.len();
        if !plain || digits.len() > 3 || digits.starts_with('0') {
            return Err(Problem::new(self.at + 1, NOT_THOUSANDS));
        }
        while self.peek(0) == Some(',') {
            let comma = self.at + 1;
            self.at += 1;
            let group: String = (0..3).map_while(|ahead| self.digit(ahead)).collect();
            if group.len() < 3 || self.digit(3).is_some() {
                return Err(Problem::new(comma, NOT_THOUSANDS));
            }
            digits.push_str(&group);
            self.at += 3;
        }
        Ok(digits)
    }

    /// Digits, with single `_` between them.
    fn digits(&mut self) -> Result<String, Problem> {
        let mut digits = String::new();
        loop {
            while let Some(digit) = self.digit(0) {
                digits.push(digit);
                self.at += 1;
            }
            if self.peek(0) != Some('_') {
                return Ok(digits);
            }
            if self.digit(1).is_none() {
                return Err(Problem::new(self.at + 1, "`_` stands only between two digits"));
            }
            self.at += 1;
        }
    }

    /// `e`, a sign and digits, if they follow.
    fn exponent(&mut self) -> Result<i64, Problem> {
        let sign = usize::from(matches!(self.peek(1), Some('+' | '-' | '−')));
        if !matches!(self.peek(0), Some('e' | 'E')) || self.digit(1 + sign).is_none() {
            return Ok(0);
        }
        let column = self.at + 1;
        let negative = sign == 1 && self.peek(1) != Some('+');
        self.at += 1 + sign;
        let digits = self.digits()?;
        let size = digits.parse().ok().filter(|size: &i64| *size <= i64::from(LITERAL_EXPONENT));
        match size {
            Some(size) => Ok(if negative { -size } else { size }),
            None => Err(Problem::new(
                column,
                format!("the exponent of a number may be {LITERAL_EXPONENT} at most"),
            )),
        }
    }
}

const NOT_THOUSANDS: &str = "a comma separates thousands (1,234) or the arguments of a function; \
     decimals have a point";

fn cause(refusal: Refusal) -> String {
    match refusal {
        Refusal::Because(cause) => cause,
        Refusal::Undecided(what) => what.to_owned(),
    }
}

/// The number that digits, with so many of them after the point, and a power of ten make.
fn exactly(
    digits: &str,
    places: usize,
    exponent: i64,
    budget: &mut Budget,
) -> Result<BigRational, Refusal> {
    let digits = BigInt::parse_bytes(digits.as_bytes(), 10)
        .ok_or_else(|| Refusal::because("a number without digits"))?;
    let shift = i64::try_from(places).map_or(0, |places| exponent - places);
    let power: BigInt = Pow::pow(BigInt::from(10), shift.unsigned_abs());
    budget.product(digits.bits() + power.bits(), power.bits())?;
    if shift >= 0 {
        fits(BigRational::from_integer(digits * power))
    } else {
        budget.lowest_terms(digits.bits() + power.bits())?;
        fits(BigRational::new(digits, power))
    }
}

#[cfg(test)]
mod tests;
