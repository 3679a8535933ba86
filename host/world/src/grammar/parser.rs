//! Walks over the tokens: the cursor, the lead-in, and the row of clauses.
//!
//! One clause is read in `clause`, one object in `mention`; what they mean together is the
//! builder's business.

use pentimento_model::Constraints;

use super::{
    builder::Builder,
    lexicon::{Lexeme, Token},
};
use crate::ReadError;

/// The most words an error shows.
const MOST_WORDS_SHOWN: usize = 6;

/// The reader's state: where it is, and what it has understood.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    pub(super) builder: Builder,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, next: 0, builder: Builder::default() }
    }

    /// The whole idea.
    pub(super) fn idea(mut self) -> Result<Constraints, ReadError> {
        self.lead_in();
        loop {
            self.separators()?;
            if self.at_end() {
                break;
            }
            self.clause()?;
            if !self.at_end() && !self.at_border() {
                return Err(self.unplaced());
            }
        }
        self.builder.finish()
    }

    /// `please draw a realistic photo of a scene with`
    fn lead_in(&mut self) {
        loop {
            match self.peek() {
                Some(Lexeme::Request | Lexeme::ThereIs | Lexeme::Medium | Lexeme::Of) => {
                    self.skip();
                }
                Some(Lexeme::Article | Lexeme::The) if self.peek_at(1) == Some(Lexeme::Medium) => {
                    self.skip();
                }
                Some(Lexeme::With | Lexeme::Break) if !self.at_last() => self.skip(),
                _ => return,
            }
        }
    }

    /// Commas, `and`, `with`, `there are` between two clauses. Only commas may end the idea.
    fn separators(&mut self) -> Result<(), ReadError> {
        let mut dangling = None;
        while let Some(lexeme) = self.peek() {
            match lexeme {
                Lexeme::Break => {}
                Lexeme::And | Lexeme::With | Lexeme::ThereIs | Lexeme::Request => {
                    dangling = Some(self.next);
                }
                _ => return Ok(()),
            }
            self.skip();
        }
        match dangling {
            None => Ok(()),
            Some(place) => {
                self.next = place;
                Err(self.unplaced())
            }
        }
    }

    /// True where a new clause may begin.
    fn at_border(&self) -> bool {
        let begins_background = || self.background_ahead().is_some();
        match self.peek() {
            Some(
                Lexeme::Break | Lexeme::And | Lexeme::With | Lexeme::ThereIs | Lexeme::Without,
            ) => true,
            Some(Lexeme::On | Lexeme::In) => begins_background(),
            _ => false,
        }
    }

    /// The lexeme at the cursor.
    pub(super) fn peek(&self) -> Option<Lexeme> {
        self.peek_at(0)
    }

    /// The lexeme some places after the cursor.
    pub(super) fn peek_at(&self, offset: usize) -> Option<Lexeme> {
        self.tokens.get(self.next + offset).map(|token| token.lexeme)
    }

    /// Takes the lexeme at the cursor.
    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    /// Takes the lexeme at the cursor if it is this one.
    pub(super) fn take(&mut self, lexeme: Lexeme) -> bool {
        let there = self.peek() == Some(lexeme);
        if there {
            self.skip();
        }
        there
    }

    /// Where the cursor is, to come back with [`Parser::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.next
    }

    /// Puts the cursor back.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.next = mark;
    }

    /// True if nothing is left.
    pub(super) fn at_end(&self) -> bool {
        self.next >= self.tokens.len()
    }

    fn at_last(&self) -> bool {
        self.next + 1 >= self.tokens.len()
    }

    /// The words from a mark to the cursor.
    pub(super) fn words_since(&self, mark: usize) -> String {
        let end = self.next.min(self.tokens.len());
        let tokens = self.tokens.get(mark..end).unwrap_or_default();
        tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The error that the words at the cursor make no sense here; at the end, the last word.
    pub(super) fn unplaced(&self) -> ReadError {
        let start = self.next.min(self.tokens.len().saturating_sub(1));
        let rest = self.tokens.get(start..).unwrap_or_default();
        let words: Vec<&str> = rest
            .iter()
            .take_while(|token| token.lexeme != Lexeme::Break)
            .take(MOST_WORDS_SHOWN)
            .map(|token| token.text.as_str())
            .collect();
        let words = if words.is_empty() { ",".to_owned() } else { words.join(" ") };
        let before = start.checked_sub(1).and_then(|index| self.tokens.get(index));
        ReadError::Unplaced { words, after: before.map(|token| token.text.clone()) }
    }
}
