//! Cuts an idea into words and breaks.
//!
//! A word is a run of letters and digits, in lower case. Commas, full stops and their kin are
//! breaks. Quotes, hyphens and other punctuation only separate. Every other character (an emoji,
//! say) is a word of its own, so that it is reported and never silently dropped. What words mean is
//! the lexicon's business.

/// One word or break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// In lower case.
    Word(String),
    /// A comma, a full stop, a new line, …
    Break,
}

/// Characters that part two clauses.
const BREAKS: &str = ",;:.!?()[]{}\n\u{2013}\u{2014}\u{2026}\u{3001}\u{3002}";

/// Characters that may stand in for "and".
const ANDS: &str = "&+";

/// Cuts a text into pieces.
pub(super) fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let starts_negative = character == '-'
            && word.is_empty()
            && characters.peek().is_some_and(char::is_ascii_digit);
        if character.is_alphanumeric() || starts_negative {
            word.extend(character.to_lowercase());
        } else if is_apostrophe(character) && !word.is_empty() {
            word.push('\'');
        } else {
            finish(&mut word, &mut pieces);
            pieces.extend(lone(character));
        }
    }
    finish(&mut word, &mut pieces);
    pieces
}

/// Moves a finished word to the pieces, without the apostrophes that were quotation marks.
fn finish(word: &mut String, pieces: &mut Vec<Piece>) {
    let finished = std::mem::take(word);
    let bare = finished.trim_end_matches('\'');
    if !bare.is_empty() {
        pieces.push(Piece::Word(bare.to_owned()));
    }
}

/// What a character outside words is.
fn lone(character: char) -> Option<Piece> {
    if BREAKS.contains(character) {
        return Some(Piece::Break);
    }
    if ANDS.contains(character) {
        return Some(Piece::Word("and".to_owned()));
    }
    let silent = character.is_whitespace()
        || character.is_control()
        || character.is_ascii_punctuation()
        || is_apostrophe(character)
        // General punctuation and the joiners and selectors that belong to no word of their own.
        || matches!(character, '\u{2000}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(character, '\u{ab}' | '\u{bb}' | '\u{a0}' | '\u{ad}' | '\u{b7}');
    (!silent).then(|| Piece::Word(character.to_string()))
}

/// The typed and the typeset apostrophe.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2018}' | '\u{2019}')
}
