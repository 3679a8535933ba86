//! Finding words and phrases in a text, letter by letter: no patterns.
//!
//! Case is ignored by lower-casing each character of text and phrase; places are always those in
//! the text as it is.

use std::{borrow::Cow, ops::Range};

/// A text to look for, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    ignore_case: bool,
    whole_words: bool,
}

/// A text to look into, lower-cased or as it is.
struct Haystack<'a> {
    text: Cow<'a, str>,
    /// For each byte of a lower-cased text: where its character starts and ends in the original.
    origins: Vec<(u32, u32)>,
}

impl Phrase {
    /// Looks for `text`; with `whole_words` only where no letter, digit or `_` goes on at its ends.
    pub fn new(text: impl Into<String>, ignore_case: bool, whole_words: bool) -> Self {
        Self { text: text.into(), ignore_case, whole_words }
    }

    /// What is looked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The places where it is, from front to back, none overlapping another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let haystack = Haystack::new(text, self.ignore_case);
        let needle = self.cased(&self.text);
        let found = haystack.text.match_indices(&*needle);
        let found = found.map(|(start, _)| haystack.origin(start, start + needle.len()));
        found.filter(|place| !self.whole_words || stands_alone(text, place)).collect()
    }

    /// Whether `text` starts with it.
    pub fn starts(&self, text: &str) -> bool {
        self.cased(text).starts_with(&*self.cased(&self.text))
    }

    /// Whether `text` ends with it.
    pub fn ends(&self, text: &str) -> bool {
        self.cased(text).ends_with(&*self.cased(&self.text))
    }

    /// Whether `text` is it.
    pub fn equals(&self, text: &str) -> bool {
        self.cased(text) == self.cased(&self.text)
    }

    fn cased<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.ignore_case { Cow::Owned(lower(text)) } else { Cow::Borrowed(text) }
    }
}

impl<'a> Haystack<'a> {
    fn new(text: &'a str, ignore_case: bool) -> Self {
        if !ignore_case {
            return Self { text: Cow::Borrowed(text), origins: Vec::new() };
        }
        let mut lowered = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len());
        for (start, character) in text.char_indices() {
            lowered.extend(character.to_lowercase());
            let end = start + character.len_utf8();
            let origin = (u32::try_from(start), u32::try_from(end));
            let origin = (origin.0.unwrap_or(u32::MAX), origin.1.unwrap_or(u32::MAX));
            origins.resize(lowered.len(), origin);
        }
        Self { text: Cow::Owned(lowered), origins }
    }

    /// The place in the original of a place in the lower-cased text.
    fn origin(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.origins.get(start).map(|(from, _)| *from as usize);
        let last = self.origins.get(end.saturating_sub(1)).map(|(_, to)| *to as usize);
        match (first, last) {
            (Some(first), Some(last)) => first..last,
            _ => start..end,
        }
    }
}

/// Each character in lower case, without regard to its neighbours.
pub fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A letter, a digit or `_`.
pub fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether no word goes on beyond the ends of a place.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let (Some(before), Some(inside), Some(after)) =
        (text.get(..place.start), text.get(place.clone()), text.get(place.end..))
    else {
        return false;
    };
    let goes_on = |near: Option<char>, far: Option<char>| {
        near.is_some_and(is_word_character) && far.is_some_and(is_word_character)
    };
    !goes_on(inside.chars().next(), before.chars().next_back())
        && !goes_on(inside.chars().next_back(), after.chars().next())
}
