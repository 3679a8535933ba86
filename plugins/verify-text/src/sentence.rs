//! Where sentences end, by rules and a list of abbreviations.
//!
//! No model of a language: what the rules get wrong is told in the README.

use std::ops::Range;

use crate::{measure::pieces, phrase::lower};

/// Abbreviations of English that do not end a sentence though a capital letter may follow.
const ABBREVIATIONS: [&str; 51] = [
    "adj", "adm", "apr", "approx", "assn", "aug", "ave", "bros", "capt", "cf", "col", "corp",
    "dec", "dept", "dr", "eg", "est", "etc", "feb", "fig", "gen", "gov", "hon", "ie", "inc", "jan",
    "jr", "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "mt", "no", "nov", "oct", "ph.d", "pp",
    "prof", "rep", "rev", "sen", "sept", "sgt", "sr", "st", "univ", "viz", "vs",
];

/// Marks that end a sentence wherever they stand, in scripts that put no space after them.
const FULL_STOPS: [char; 6] = ['。', '！', '？', '｡', '।', '॥'];

/// What may close a sentence after its mark.
const CLOSERS: [char; 13] = ['"', '\'', ')', ']', '}', '”', '’', '»', '」', '』', '）', '*', '_'];

/// The sentences of a text: runs up to a mark that ends one, or to the end of the text. A run
/// without a letter or digit is no sentence but belongs to the one before; line breaks alone end
/// none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let all: Vec<Range<usize>> = pieces(text).flat_map(|piece| parts(text, piece)).collect();
    for (at, piece) in all.iter().enumerate() {
        let from = *start.get_or_insert(piece.start);
        let next = all.get(at + 1).and_then(|next| text.get(next.clone()));
        let this = text.get(piece.clone()).unwrap_or_default();
        if next.is_none_or(|next| ends(this, next)) {
            start = None;
            let says = text.get(from..piece.end).unwrap_or_default();
            let run = from..piece.end;
            match found.last_mut() {
                Some(last) if !says.contains(char::is_alphanumeric) => last.end = run.end,
                _ if says.contains(char::is_alphanumeric) => found.push(run),
                _ => {}
            }
        }
    }
    found
}

/// A piece between white space, cut after each mark of a script that puts no space there.
fn parts(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = piece.start;
    let inside = text.get(piece.clone()).unwrap_or_default();
    let mut characters = inside.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if !FULL_STOPS.contains(&character) {
            continue;
        }
        let mut end = piece.start + at + character.len_utf8();
        while let Some((at, closer)) = characters.peek().copied() {
            if !CLOSERS.contains(&closer) && !FULL_STOPS.contains(&closer) {
                break;
            }
            end = piece.start + at + closer.len_utf8();
            characters.next();
        }
        parts.push(start..end);
        start = end;
    }
    if start < piece.end {
        parts.push(start..piece.end);
    }
    parts
}

/// Whether a sentence ends with this piece, given the next one.
fn ends(piece: &str, next: &str) -> bool {
    let core = piece.trim_end_matches(CLOSERS);
    let Some(mark) = core.chars().next_back() else { return false };
    if FULL_STOPS.contains(&mark) || matches!(mark, '?' | '!' | '؟') {
        return true;
    }
    if mark == '…' || core.ends_with("..") {
        return !starts_small(next);
    }
    if mark != '.' && mark != '۔' {
        return false;
    }
    let word =
        core.trim_end_matches(['.', '۔']).trim_start_matches(['"', '\'', '(', '[', '“', '*']);
    let known = lower(word);
    !(starts_small(next) || is_initial(word) || ABBREVIATIONS.contains(&known.as_str()))
}

/// `J` in `J. Smith`; `A.B` and the like are taken for abbreviations as well.
fn is_initial(word: &str) -> bool {
    let mut letters = word.split('.').map(|part| {
        let mut characters = part.chars();
        (characters.next().is_some_and(char::is_alphabetic), characters.next().is_none())
    });
    word != "I" && letters.all(|(letter, alone)| letter && alone)
}

/// Whether a piece goes on with a sentence: its first letter or digit is a small letter.
fn starts_small(piece: &str) -> bool {
    piece.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// The sentences as `IFEval` counts them.
pub fn as_in_ifeval(text: &str) -> Vec<Range<usize>> {
    sentences(text)
}
