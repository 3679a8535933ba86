//! Why an expression has no answer, and where.

use std::fmt;

/// What is wrong with an expression, for a person, and the character it starts at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The character, counted from 1.
    pub column: usize,
    /// What is wrong, in words.
    pub cause: String,
}

impl Problem {
    /// A problem at this character, counted from 1.
    pub fn new(column: usize, cause: impl Into<String>) -> Self {
        Self { column, cause: cause.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "column {}: {}", self.column, self.cause)
    }
}

/// Why one operation was not done; where it stands is known to whoever asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be done at all.
    Because(String),
    /// Roots are known too roughly to decide it; more precision may help. Says what it is about.
    Undecided(&'static str),
}

impl Refusal {
    /// A refusal for good.
    pub fn because(cause: impl Into<String>) -> Self {
        Self::Because(cause.into())
    }

    /// The refusal of an operation at this character.
    pub fn at(self, column: usize) -> Stop {
        Stop { column, refusal: self }
    }
}

/// A refusal and the character it starts at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The character, counted from 1.
    pub column: usize,
    /// Why.
    pub refusal: Refusal,
}
