//! What a text is counted in: characters, words, sentences, paragraphs, lines, bytes.
//!
//! Where a sentence ends is `sentence`'s business.

use std::ops::Range;

use crate::sentence::sentences;

/// A unit of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode characters (code points), white space included.
    Characters,
    /// Pieces between white space that have a letter or digit.
    Words,
    /// See [`sentences`].
    Sentences,
    /// Blocks of lines between blank lines.
    Paragraphs,
    /// Lines, blank ones included; a line break at the very end starts none.
    Lines,
    /// UTF-8 bytes.
    Bytes,
}

impl Unit {
    /// All units, by name.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("characters", Self::Characters),
        ("words", Self::Words),
        ("sentences", Self::Sentences),
        ("paragraphs", Self::Paragraphs),
        ("lines", Self::Lines),
        ("bytes", Self::Bytes),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, unit)| *unit == self).map_or("", |(name, _)| name)
    }

    /// How many the text has.
    pub fn count(self, text: &str) -> u64 {
        let count = match self {
            Self::Characters => text.chars().count(),
            Self::Words => words(text).count(),
            Self::Sentences => sentences(text).len(),
            Self::Paragraphs => paragraphs(text),
            Self::Lines => text.lines().count(),
            Self::Bytes => text.len(),
        };
        count as u64
    }

    /// Where number `at` (from 0) starts and the text ends: what is too much. Only for units whose
    /// surplus can be pointed at.
    pub fn surplus(self, text: &str, at: usize) -> Option<Range<usize>> {
        let start = match self {
            Self::Characters => text.char_indices().nth(at)?.0,
            Self::Words => words(text).nth(at)?.start,
            Self::Sentences => sentences(text).get(at)?.start,
            Self::Lines => text.split_inclusive('\n').take(at).map(str::len).sum(),
            Self::Paragraphs | Self::Bytes => return None,
        };
        (start < text.len()).then_some(start..text.len())
    }
}

/// The pieces between white space that have a letter or digit.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    pieces(text).filter(|piece| {
        text.get(piece.clone()).is_some_and(|piece| piece.chars().any(char::is_alphanumeric))
    })
}

/// The pieces between white space.
pub fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    text.split(char::is_whitespace).filter_map(move |piece| {
        let start = text.len().min(from);
        let end = start + piece.len();
        // The white space after the piece is one character of one to three bytes.
        let gap = text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        from = end + gap;
        (!piece.is_empty()).then_some(start..end)
    })
}

/// Blocks of lines that are not blank.
fn paragraphs(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for line in text.lines() {
        let blank = line.trim().is_empty();
        if !blank && !inside {
            count += 1;
        }
        inside = !blank;
    }
    count
}
