//! A text's words, in the forms in which they may be hidden.
//!
//! Whether a word is on a list is for `words` to say.

use std::ops::Range;

use crate::letters::{bare, is_latin, is_sign, latin};
use crate::plain::Plain;

/// A letter that is repeated more often counts this often: enough to see that it is drawn out.
const LONGEST_REPEAT: usize = 4;

/// Longer tokens are no words (after repeated letters are shortened).
const LONGEST: usize = 64;

/// Single letters in a row that are read as one word ("s p a c e d").
const FEWEST_SPACED: usize = 3;

/// One word: its letters, and where it is in the plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Lower case, bare, repeated letters shortened.
    pub letters: Vec<char>,
    /// The bytes in the plain text.
    pub place: Range<usize>,
}

/// The words of a text.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Runs of letters and digits, in order. Phrases are looked for here.
    pub words: Vec<Token>,
    /// Further readings, for single words only: with signs for letters, or letter by letter.
    pub disguised: Vec<Token>,
}

/// A bare letter and the bytes of the plain text it came from.
#[derive(Clone, Copy)]
struct Letter {
    bare: char,
    start: usize,
    end: usize,
}

impl Tokens {
    /// Cuts a text into words.
    pub fn of(plain: &Plain) -> Self {
        let letters = letters(plain.text());
        let native = |letter: &&Letter| is_latin(letter.bare);
        let alphabetic = letters.iter().filter(|letter| letter.bare.is_alphabetic());
        let (all, latins) = (alphabetic.clone().count(), alphabetic.filter(native).count());
        // In a text of another script only words that mix scripts are taken for disguises.
        let mostly_latin = 2 * latins >= all;
        let words = runs(&letters, char::is_alphanumeric);
        let signed = runs(&letters, |letter| letter.is_alphanumeric() || is_sign(letter));
        let with_sign = |run: &&[Letter]| run.iter().any(|letter| is_sign(letter.bare));
        let mut disguised: Vec<&[Letter]> = Vec::new();
        for run in signed.iter().copied().filter(with_sign) {
            disguised.extend(readings(run));
        }
        let mut disguised: Vec<Token> =
            disguised.into_iter().filter_map(|run| token(run, mostly_latin)).collect();
        disguised.extend(
            spaced(&letters).into_iter().filter_map(|spelled| token(&spelled, mostly_latin)),
        );
        let words = words.into_iter().filter_map(|run| token(run, mostly_latin)).collect();
        Self { words, disguised }
    }
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        bare(letter, |bare| letters.push(Letter { bare, start, end }));
    }
    letters
}

/// The longest stretches of letters that `belong`.
fn runs(letters: &[Letter], belong: impl Fn(char) -> bool) -> Vec<&[Letter]> {
    let parts = letters.split(|letter| !belong(letter.bare));
    parts.filter(|run| !run.is_empty()).collect()
}

/// A run as it is, and without the signs at its start, its end and both: `!` may be a letter or
/// may end the sentence.
fn readings(run: &[Letter]) -> Vec<&[Letter]> {
    let first = run.iter().position(|letter| !is_sign(letter.bare)).unwrap_or(run.len());
    let last = run.iter().rposition(|letter| !is_sign(letter.bare)).map_or(first, |at| at + 1);
    let mut parts = vec![(0, run.len()), (first, run.len()), (0, last), (first, last)];
    parts.sort_unstable();
    parts.dedup();
    let readings = parts.into_iter().map(|(from, to)| &run[from..to.max(from)]);
    readings.filter(|reading| reading.iter().any(|letter| is_sign(letter.bare))).collect()
}

/// Rows of single letters with one and the same character between each two.
fn spaced(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let is_single = |at: usize| {
        let outside = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_none_or(|letter| !letter.bare.is_alphanumeric())
        };
        letters.get(at).is_some_and(|letter| letter.bare.is_alphanumeric() || is_sign(letter.bare))
            && outside(at.checked_sub(1))
            && outside(Some(at + 1))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_single(at) {
            at += 1;
            continue;
        }
        let mut row = vec![letters[at]];
        let between = letters.get(at + 1).map(|letter| letter.bare);
        let mut next = at + 2;
        while is_single(next) && letters.get(next - 1).map(|letter| letter.bare) == between {
            row.push(letters[next]);
            next += 2;
        }
        if row.len() >= FEWEST_SPACED {
            found.push(row);
        }
        at = next;
    }
    found
}

/// A run of letters as a token; none if it is too long for a word.
fn token(run: &[Letter], mostly_latin: bool) -> Option<Token> {
    let place = run.first()?.start..run.last()?.end;
    let unmask = mostly_latin || run.iter().any(|letter| letter.bare.is_ascii_alphabetic());
    let mut letters: Vec<char> = Vec::new();
    let mut repeats = 0;
    for letter in run {
        let seen = if unmask { latin(letter.bare) } else { letter.bare };
        repeats = if letters.last() == Some(&seen) { repeats + 1 } else { 1 };
        if repeats > LONGEST_REPEAT {
            continue;
        }
        if letters.len() == LONGEST {
            return None;
        }
        letters.push(seen);
    }
    Some(Token { letters, place })
}

#[cfg(test)]
mod tests;
