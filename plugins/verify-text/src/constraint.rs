//! The constraints there are.
//!
//! How they are written is `read`'s business, what they ask of a text `judge`'s.

use crate::{
    bounds::Bounds, ifeval::Instruction, language::Language, measure::Unit, pattern::Pattern,
    phrase::Phrase, schema::Schema,
};

/// One thing a text must be, have or lack.
#[derive(Clone, Debug)]
pub enum Constraint {
    /// So many of a unit.
    Length {
        /// What is counted.
        unit: Unit,
        /// How many.
        bounds: Bounds,
    },
    /// A word or phrase, so many times.
    Contains {
        /// The word.
        phrase: Phrase,
        /// How often.
        bounds: Bounds,
    },
    /// None of these words.
    Forbidden(Vec<Phrase>),
    /// The text starts with this.
    Starts(Phrase),
    /// The text ends with this.
    Ends(Phrase),
    /// The text is one of these.
    OneOf(Vec<Phrase>),
    /// A pattern, so many times.
    Matches {
        /// The pattern.
        pattern: Pattern,
        /// How often.
        bounds: Bounds,
    },
    /// A pattern that must not match.
    MatchesNot(Pattern),
    /// The text is JSON.
    Json {
        /// Whether a Markdown fence around it is allowed.
        fenced: bool,
    },
    /// The text is JSON of this shape.
    JsonSchema {
        /// The shape.
        schema: Schema,
        /// Whether a Markdown fence around it is allowed.
        fenced: bool,
    },
    /// All letters are capital letters.
    Upper,
    /// All letters are small letters.
    Lower,
    /// The text is in this language.
    Language(Language),
    /// The text is a number between these, ends included.
    Number {
        /// The smallest.
        least: f64,
        /// The greatest.
        most: f64,
    },
    /// So many bullets.
    Bullets(Bounds),
    /// So many headings.
    Headings {
        /// Of this level only.
        level: Option<u64>,
        /// How many.
        bounds: Bounds,
    },
    /// No line comes twice.
    NoRepetition,
    /// An instruction of `IFEval`.
    Ifeval(Instruction),
    /// All of these.
    All(Vec<Constraint>),
    /// At least one of these.
    Any(Vec<Constraint>),
    /// The opposite.
    Not(Box<Constraint>),
}

impl Constraint {
    /// Its name, as it is written.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Contains { .. } => "contains",
            Self::Forbidden(_) => "forbidden",
            Self::Starts(_) => "starts-with",
            Self::Ends(_) => "ends-with",
            Self::OneOf(texts) if texts.len() == 1 => "equals",
            Self::OneOf(_) => "one-of",
            Self::Matches { .. } => "matches",
            Self::MatchesNot(_) => "matches-not",
            Self::Json { .. } => "json",
            Self::JsonSchema { .. } => "json-schema",
            Self::Upper | Self::Lower => "case",
            Self::Language(_) => "language",
            Self::Number { .. } => "number",
            Self::Bullets(_) => "bullets",
            Self::Headings { .. } => "headings",
            Self::NoRepetition => "no-repetition",
            Self::Ifeval(instruction) => instruction.id(),
            Self::All(_) => "all",
            Self::Any(_) => "any",
            Self::Not(_) => "not",
        }
    }
}
