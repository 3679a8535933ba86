//! Turns words into lexemes: the longest known phrase at each place wins.
//!
//! Words that are in no phrase are collected and reported together. How lexemes may follow each
//! other is the parser's business.

use std::{collections::BTreeMap, sync::LazyLock};

use pentimento_model::{Attribute, Color, Material, RelationKind};

use super::{
    phrases,
    words::{Piece, split},
};
use crate::{
    ReadError, background, suggest,
    vocabulary::{self, Noun, Number},
};

/// What a phrase is good for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lexeme {
    /// `cat`, `pairs of scissors`
    Noun(&'static Noun, Number),
    /// `red`, `wooden`
    Attribute(Attribute),
    /// The color or the fruit: only the next lexeme tells.
    Orange,
    /// `two`, `12`, `a pair of`
    Count(u32),
    /// `a`
    Article,
    /// `the`
    The,
    /// `another`
    Another,
    /// `several`
    Vague,
    /// `without`, `and no`
    Without,
    /// `any`
    Any,
    /// `or`
    Or,
    /// `and`, `as well as`
    And,
    /// A comma or full stop.
    Break,
    /// `with`, `showing`
    With,
    /// `of`
    Of,
    /// `left of`, `above`
    Relation(RelationKind),
    /// `on the left`
    Side(RelationKind),
    /// `on`
    On,
    /// `in`, `at`
    In,
    /// `beach`
    Background(&'static str),
    /// `is`, `that are`, `sitting`
    Be,
    /// `there are`
    ThereIs,
    /// `photo`, `scene`
    Medium,
    /// `draw`, `please`
    Request,
    /// `colored`, `painted`
    Colored,
    /// `made of`
    MadeOf,
    /// `of them`
    OfThem,
    /// Known, and without effect.
    Silent,
}

impl Lexeme {
    /// True for words that stand for something to see; only those are worth suggesting.
    fn is_thing(self) -> bool {
        matches!(
            self,
            Self::Noun(..)
                | Self::Attribute(_)
                | Self::Orange
                | Self::Background(_)
                | Self::Count(_)
        )
    }
}

/// A lexeme with the words it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub(super) lexeme: Lexeme,
    /// The words, in lower case.
    pub(super) text: String,
}

/// The most words a phrase of the lexicon has; a test compares it with the tables.
pub(super) const LONGEST_PHRASE: usize = 8;

/// All phrases.
pub(super) static PHRASES: LazyLock<BTreeMap<String, Lexeme>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    for (form, noun, number) in vocabulary::forms() {
        if form.starts_with("pair of ") {
            // Else `a pair of scissors` would be a number and two scissors.
            known.insert(format!("a {form}"), Lexeme::Noun(noun, number));
            known.insert(format!("one {form}"), Lexeme::Noun(noun, number));
        }
        known.insert(form.to_owned(), Lexeme::Noun(noun, number));
    }
    for (phrase, name) in background::phrases() {
        known.insert(phrase.to_owned(), Lexeme::Background(name));
    }
    for attribute in Attribute::all() {
        known.insert(attribute.as_str().to_owned(), Lexeme::Attribute(attribute));
    }
    for (word, color) in phrases::COLORS {
        known.insert((*word).to_owned(), Lexeme::Attribute(Attribute::Color(*color)));
    }
    for (word, material) in phrases::MATERIALS {
        known.insert((*word).to_owned(), Lexeme::Attribute(Attribute::Material(*material)));
    }
    for (lexeme, rows) in phrases::PLAIN {
        known.extend(rows.iter().map(|phrase| ((*phrase).to_owned(), *lexeme)));
    }
    known.extend(phrases::counts());
    known.extend(phrases::directions());
    known.insert(Color::Orange.as_str().to_owned(), Lexeme::Orange);
    known
});

/// Reads an idea into tokens. Lexemes without effect are left out.
pub(super) fn tokens(idea: &str) -> Result<Vec<Token>, ReadError> {
    let pieces = split(idea);
    let mut tokens = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    let mut rest = pieces.as_slice();
    while let Some((piece, after)) = rest.split_first() {
        let Piece::Word(word) = piece else {
            tokens.push(Token { lexeme: Lexeme::Break, text: ",".to_owned() });
            rest = after;
            continue;
        };
        if let Some((n_words, token)) = longest(rest) {
            tokens.push(token);
            rest = rest.get(n_words..).unwrap_or_default();
        } else {
            if !unknown.contains(word) {
                unknown.push(word.clone());
            }
            rest = after;
        }
    }
    if !unknown.is_empty() {
        let things = PHRASES.iter().filter(|(_, lexeme)| lexeme.is_thing());
        let suggestions = suggest::for_words(&unknown, &things.map(|(phrase, _)| phrase.as_str()));
        return Err(ReadError::UnknownWords { words: unknown, suggestions });
    }
    Ok(without_silent(tokens))
}

/// Leaves out what has no effect, with the commas that only part such words from the rest
/// (`a detailed, beautiful picture`).
fn without_silent(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut after_silent = false;
    for token in tokens {
        let opens =
            |last: &Token| matches!(last.lexeme, Lexeme::Article | Lexeme::The | Lexeme::Count(_));
        let parts_nothing = token.lexeme == Lexeme::Break && kept.last().is_some_and(opens);
        if token.lexeme == Lexeme::Silent {
            after_silent = true;
        } else if !(after_silent && parts_nothing) {
            after_silent = false;
            kept.push(token);
        }
    }
    kept
}

/// The longest phrase at the start of `pieces`, with its number of words.
fn longest(pieces: &[Piece]) -> Option<(usize, Token)> {
    let words: Vec<&str> = pieces
        .iter()
        .take(LONGEST_PHRASE)
        .map_while(|piece| match piece {
            Piece::Word(word) => Some(word.as_str()),
            Piece::Break => None,
        })
        .collect();
    (1..=words.len()).rev().find_map(|n_words| {
        let text = words.get(..n_words)?.join(" ");
        let lexeme = PHRASES.get(&text).copied().or_else(|| numeral(&text))?;
        Some((n_words, Token { lexeme, text }))
    })
}

/// A number in digits. Numbers beyond 32 bits are only "very many".
fn numeral(word: &str) -> Option<Lexeme> {
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Lexeme::Count(word.parse().unwrap_or(u32::MAX)))
}

/// The material of a lexeme, if it is one.
pub(super) fn material(lexeme: Lexeme) -> Option<Material> {
    match lexeme {
        Lexeme::Attribute(Attribute::Material(material)) => Some(material),
        _ => None,
    }
}
