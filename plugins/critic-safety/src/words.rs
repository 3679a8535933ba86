//! Entries of a word list, and where they occur in a text.
//!
//! An entry matches whole words only, so that Scunthorpe and "assessment" are safe; with `*` at its
//! end it matches words that start with it. Letters may be replaced by digits and signs that look
//! like them, as long as half of the word is letters, and may be drawn out to three or more.

use std::ops::Range;

use crate::letters::{bare, stands_for};
use crate::tokens::{Token, Tokens};

/// From so many on, a repeated letter is drawn out. Two are a matter of spelling (god, good).
const DRAWN_OUT: usize = 3;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    words: Vec<Vec<Repeat>>,
    open: bool,
}

/// A letter and how often it follows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Repeat {
    letter: char,
    count: usize,
}

impl Entry {
    /// Reads an entry such as `damn`, `bloody hell` or `crap*`.
    pub fn parse(written: &str) -> Result<Self, String> {
        let (stem, open) = match written.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (written, false),
        };
        if stem.contains('*') {
            return Err(format!("`{written}`: a `*` stands at the end of an entry only"));
        }
        if open && stem.ends_with(|letter: char| !letter.is_alphanumeric()) {
            return Err(format!("`{written}`: a `*` follows a letter"));
        }
        let words: Vec<Vec<Repeat>> =
            stem.split(|letter: char| !letter.is_alphanumeric()).map(repeats).collect();
        let words: Vec<Vec<Repeat>> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Err(format!("`{written}` has no letter"));
        }
        Ok(Self { words, open })
    }

    /// Where the entry occurs in the plain text.
    pub fn places(&self, tokens: &Tokens) -> Vec<Range<usize>> {
        let last = self.words.len() - 1;
        let fits = |place: usize, token: &Token| {
            matches(&self.words[place], &token.letters, self.open && place == last)
        };
        let rows = tokens.words.windows(self.words.len());
        let rows = rows.filter(|row| row.iter().enumerate().all(|(place, one)| fits(place, one)));
        let mut places: Vec<Range<usize>> =
            rows.filter_map(|row| Some(row.first()?.place.start..row.last()?.place.end)).collect();
        if last == 0 {
            let disguised = tokens.disguised.iter().filter(|token| fits(0, token));
            places.extend(disguised.map(|token| token.place.clone()));
        }
        places
    }
}

fn repeats(word: &str) -> Vec<Repeat> {
    let mut repeats: Vec<Repeat> = Vec::new();
    for letter in word.chars() {
        bare(letter, |letter| match repeats.last_mut() {
            Some(last) if last.letter == letter => last.count += 1,
            _ => repeats.push(Repeat { letter, count: 1 }),
        });
    }
    repeats
}

/// Whether the letters of a token spell a word. Follows all places in the token that may be reached
/// with the word so far, because a `1` may be an i or an l.
fn matches(word: &[Repeat], seen: &[char], open: bool) -> bool {
    let first = word.first().zip(seen.first());
    if first.is_none_or(|(repeat, seen)| !stands_for(*seen, repeat.letter)) {
        return false;
    }
    let mut reached = vec![false; seen.len() + 1];
    reached[0] = true;
    for repeat in word {
        let mut next = vec![false; seen.len() + 1];
        for start in (0..seen.len()).filter(|start| reached[*start]) {
            let fitting = seen[start..].iter().take_while(|one| stands_for(**one, repeat.letter));
            for length in 1..=fitting.count() {
                let right = length == repeat.count || length >= repeat.count.max(DRAWN_OUT);
                next[start + length] |= right;
            }
        }
        reached = next;
    }
    let ends = (1..=seen.len()).filter(|end| reached[*end] && (open || *end == seen.len()));
    ends.into_iter().any(|end| mostly_letters(word, &seen[..end]))
}

/// Digits of the word itself count as letters: in a rule for `mp3`, the 3 is no disguise.
fn mostly_letters(word: &[Repeat], seen: &[char]) -> bool {
    let own = |letter: &&char| {
        letter.is_alphabetic() || word.iter().any(|repeat| repeat.letter == **letter)
    };
    2 * seen.iter().filter(own).count() >= seen.len()
}

#[cfg(test)]
mod tests;
