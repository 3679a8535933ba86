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
/// without a letter or digit is no sentence but belongs to the one before, and the number of a list
/// item belongs to the item. Line breaks alone end none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let all: Vec<Range<usize>> = pieces(text).flat_map(|piece| parts(text, piece)).collect();
    for run in runs(text, &all, false) {
        let says = text.get(run.clone()).is_some_and(|run| run.contains(char::is_alphanumeric));
        match found.last_mut() {
            Some(last) if !says => last.end = run.end,
            _ if says => found.push(run),
            _ => {}
        }
    }
    found
}

/// The sentences as `IFEval` counts them: `1.` is one, `P.S.` is one, and so is `]}` at the end;
/// marks of other scripts than the Latin end none.
pub fn as_in_ifeval(text: &str) -> Vec<Range<usize>> {
    let all: Vec<Range<usize>> = pieces(text).collect();
    runs(text, &all, true)
}

/// Pieces joined into runs up to a mark that ends a sentence.
fn runs(text: &str, all: &[Range<usize>], as_in_ifeval: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, piece) in all.iter().enumerate() {
        let from = *start.get_or_insert(piece.start);
        let next = all.get(at + 1).and_then(|next| text.get(next.clone()));
        let this = text.get(piece.clone()).unwrap_or_default();
        let ends = next.is_none_or(|next| {
            if as_in_ifeval && matches!(this, "P.S." | "P.P.S.") {
                return true;
            }
            let is_item = from == piece.start && this.ends_with('.') && is_number(this);
            (as_in_ifeval || !is_item) && ends(this, next)
        });
        if ends {
            found.push(from..piece.end);
            start = None;
        }
    }
    found
}

/// `1.` and `2.3.`.
fn is_number(piece: &str) -> bool {
    piece.chars().all(|character| character.is_numeric() || character == '.')
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
    let word = core.trim_end_matches(['.', '۔']);
    let word = word.trim_start_matches(['"', '\'', '(', '[', '“', '*']);
    !(is_initial(word) || ABBREVIATIONS.contains(&lower(word).as_str()))
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
