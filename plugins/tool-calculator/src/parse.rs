//! Tokens → a tree of operations, each with the character it is written at.
//!
//! Says what binds how tightly. Nothing is worked out here; `evaluate` does that.

use num_rational::BigRational;

use crate::bounds::DEPTH;
use crate::function::Function;
use crate::problem::Problem;
use crate::token::{Comparison, Placed, Token};

/// An operation between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `a + b`
    Plus,
    /// `a - b`
    Minus,
    /// `a * b`
    Times,
    /// `a / b`
    Over,
    /// `a // b`: the quotient rounded down
    FloorOver,
    /// `a % b` or `a mod b`: what `//` leaves
    Remainder,
}

/// What an expression is made of. Operations of one rank are kept in one row, so that the tree is
/// no deeper than the parentheses.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A literal.
    Number(BigRational),
    /// `-a`
    Negated(Box<Expression>),
    /// `a + b - c`: from left to right, each operator with its column.
    Row(Box<Expression>, Vec<(Operator, usize, Expression)>),
    /// `a ^ b`, with the column of `^`.
    Power(Box<Expression>, usize, Box<Expression>),
    /// `a!`, with the column of `!`.
    Factorial(Box<Expression>, usize),
    /// `a%`
    Percent(Box<Expression>),
    /// `max(a, b)`
    Call(Function, Vec<Expression>),
    /// `a < b = c`: true if every neighbors are as told.
    Compared(Box<Expression>, Vec<(Comparison, usize, Expression)>),
}

/// A number or comparison that is still to be worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The character it starts at, counted from 1.
    pub column: usize,
    /// What is to be done.
    pub kind: Kind,
}

/// Understands all tokens as one expression.
pub fn parse(tokens: &[Placed]) -> Result<Expression, Problem> {
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let whole = parser.comparison()?;
    match parser.token() {
        Token::End => Ok(whole),
        Token::Close => Err(parser.problem("there is no `(` for this `)`")),
        Token::Comma => Err(parser.problem("a comma only separates the arguments of a function")),
        _ => Err(parser.problem("an operator such as `*` is missing here")),
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn token_at(&self, at: usize) -> &Token {
        self.tokens.get(at).map_or(&Token::End, |placed| &placed.token)
    }

    fn token(&self) -> &Token {
        self.token_at(self.at)
    }

    fn column(&self) -> usize {
        let placed = self.tokens.get(self.at).or(self.tokens.last());
        placed.map_or(1, |placed| placed.column)
    }

    fn problem(&self, cause: impl Into<String>) -> Problem {
        Problem::new(self.column(), cause)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        matches!(self.token_at(at), Token::Name(name) if name == word)
    }

    /// One level further in, if there may be one.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth == DEPTH {
            return Err(self.problem(format!("nested more than {DEPTH} levels deep")));
        }
        self.depth += 1;
        let found = read(self)?;
        self.depth -= 1;
        Ok(found)
    }

    /// The loosest rank: numbers compared with one another.
    fn comparison(&mut self) -> Result<Expression, Problem> {
        let column = self.column();
        let first = self.sum()?;
        let mut rest = Vec::new();
        while let Token::Compare(comparison) = *self.token() {
            let sign = self.column();
            self.at += 1;
            rest.push((comparison, sign, self.sum()?));
        }
        let kind = Kind::Compared(Box::new(first), rest);
        Ok(flat(Expression { column, kind }))
    }

    fn sum(&mut self) -> Result<Expression, Problem> {
        self.row(Self::product, |parser| match parser.token() {
            Token::Plus => Some(Operator::Plus),
            Token::Minus => Some(Operator::Minus),
            _ => None,
        })
    }

    fn product(&mut self) -> Result<Expression, Problem> {
        self.row(Self::signed, |parser| match parser.token() {
            Token::Times => Some(Operator::Times),
            Token::Over => Some(Operator::Over),
            Token::FloorOver => Some(Operator::FloorOver),
            Token::Percent => Some(Operator::Remainder),
            Token::Name(name) if name == "mod" => Some(Operator::Remainder),
            _ => None,
        })
    }

    /// Parts with operators of one rank between them.
    fn row(
        &mut self,
        part: fn(&mut Self) -> Result<Expression, Problem>,
        operator: fn(&Self) -> Option<Operator>,
    ) -> Result<Expression, Problem> {
        let column = self.column();
        let first = part(self)?;
        let mut rest = Vec::new();
        while let Some(operator) = operator(self) {
            let sign = self.column();
            self.at += 1;
            rest.push((operator, sign, part(self)?));
        }
        let kind = Kind::Row(Box::new(first), rest);
        Ok(flat(Expression { column, kind }))
    }

    /// A sign before a power: `-2^2` is `-(2^2)`.
    fn signed(&mut self) -> Result<Expression, Problem> {
        let column = self.column();
        match self.token() {
            Token::Minus => {
                self.at += 1;
                let inner = self.deeper(Self::signed)?;
                Ok(Expression { column, kind: Kind::Negated(Box::new(inner)) })
            }
            Token::Plus => {
                self.at += 1;
                self.deeper(Self::signed)
            }
            _ => self.power(),
        }
    }

    /// `a ^ b ^ c` is `a ^ (b ^ c)`.
    fn power(&mut self) -> Result<Expression, Problem> {
        let column = self.column();
        let base = self.marked()?;
        if *self.token() != Token::Power {
            return Ok(base);
        }
        let sign = self.column();
        self.at += 1;
        let exponent = self.deeper(Self::signed)?;
        Ok(Expression { column, kind: Kind::Power(Box::new(base), sign, Box::new(exponent)) })
    }

    /// A number with what is written after it: `!`, `%`, `% of`.
    fn marked(&mut self) -> Result<Expression, Problem> {
        let column = self.column();
        let mut inner = self.primary()?;
        let mut marks = 0;
        loop {
            let mark = self.column();
            let kind = match self.token() {
                Token::Bang => Kind::Factorial(Box::new(inner), mark),
                Token::Percent if self.is_percent()? => Kind::Percent(Box::new(inner)),
                _ => return Ok(inner),
            };
            marks += 1;
            if self.depth + marks > DEPTH {
                return Err(self.problem(format!("nested more than {DEPTH} levels deep")));
            }
            self.at += 1;
            inner = Expression { column, kind };
            if matches!(inner.kind, Kind::Percent(_)) && self.is_word(self.at, "of") {
                let sign = self.column();
                self.at += 1;
                let whole = self.deeper(Self::signed)?;
                let kind = Kind::Row(Box::new(inner), vec![(Operator::Times, sign, whole)]);
                return Ok(Expression { column, kind });
            }
        }
    }

    /// Whether the `%` at hand is a percent sign. What follows tells: a number makes it the
    /// remainder of a division, a sign could be either.
    fn is_percent(&self) -> Result<bool, Problem> {
        match self.token_at(self.at + 1) {
            Token::Number(_) | Token::Open => Ok(false),
            Token::Name(name) => Ok(name == "of" || name == "mod"),
            Token::Plus | Token::Minus => Err(self.problem(
                "`%` before a sign can mean percent or remainder: write `(10%) - 3` or `10 % (-3)`",
            )),
            _ => Ok(true),
        }
    }

    /// A literal, a call, or anything in parentheses.
    fn primary(&mut self) -> Result<Expression, Problem> {
        let column = self.column();
        match self.token().clone() {
            Token::Number(value) => {
                self.at += 1;
                Ok(Expression { column, kind: Kind::Number(value) })
            }
            Token::Open => {
                self.at += 1;
                let inner = self.deeper(Self::comparison)?;
                self.close(column)?;
                Ok(Expression { column, ..inner })
            }
            Token::Name(name) => self.call(&name),
            Token::End => Err(self.problem("a number is missing at the end")),
            _ => Err(self.problem("a number is missing before this")),
        }
    }

    fn close(&mut self, opened: usize) -> Result<(), Problem> {
        match self.token() {
            Token::Close => {
                self.at += 1;
                Ok(())
            }
            Token::End => Err(Problem::new(opened, "this `(` is never closed")),
            Token::Comma => Err(self.problem("a comma only separates the arguments of a function")),
            _ => Err(self.problem("an operator such as `*` is missing here")),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expression, Problem> {
        let column = self.column();
        if name == "of" {
            return Err(self.problem("`of` stands only after a percent sign, as in `15% of 80`"));
        }
        let Some(function) = Function::named(name) else {
            let all = Function::names();
            return Err(self.problem(format!("there is no function `{name}`; there are {all}")));
        };
        self.at += 1;
        let opened = self.column();
        if *self.token() != Token::Open {
            return Err(self.problem(format!("`{name}` needs its arguments in parentheses")));
        }
        self.at += 1;
        let mut arguments = Vec::new();
        if *self.token() != Token::Close {
            arguments.push(self.deeper(Self::comparison)?);
            while *self.token() == Token::Comma {
                self.at += 1;
                arguments.push(self.deeper(Self::comparison)?);
            }
        }
        self.close(opened)?;
        if let Some(wanted) = function.wrong_number_of_arguments(arguments.len()) {
            return Err(Problem::new(column, format!("`{name}` takes {wanted}")));
        }
        Ok(Expression { column, kind: Kind::Call(function, arguments) })
    }
}

/// A row or comparison of one part is that part.
fn flat(expression: Expression) -> Expression {
    let Expression { column, kind } = expression;
    match kind {
        Kind::Row(first, rest) if rest.is_empty() => *first,
        Kind::Compared(first, rest) if rest.is_empty() => *first,
        kind => Expression { column, kind },
    }
}
