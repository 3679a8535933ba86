//! A text as a reader sees it: compatibility forms unfolded, invisible characters gone.
//!
//! Every byte of it knows where it came from, so that findings point into the text as it was
//! written. Which letters merely look like others is for `letters` to say.

use std::ops::Range;

use unicode_normalization::char::{compose, decompose_compatible};

/// A text in Unicode's form NFKC without default ignorable characters.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    text: String,
    sources: Vec<Source>,
}

/// One character: where it starts here, and the bytes it was in the text as written.
#[derive(Clone, Copy, Debug)]
struct Source {
    at: u32,
    start: u32,
    end: u32,
}

impl Plain {
    /// Reads a text. Texts are far shorter than 4 GiB; what lies beyond is left out.
    pub fn of(written: &str) -> Self {
        let mut plain = Self::default();
        for (start, letter) in written.char_indices() {
            let end = start + letter.len_utf8();
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { break };
            if letter.is_ascii() {
                plain.push(letter, start, end);
            } else if !is_ignorable(letter) {
                decompose_compatible(letter, |part| plain.join(part, start, end));
            }
        }
        plain
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes, in the text as written, that a part of this one came from.
    pub fn written(&self, part: &Range<usize>) -> Range<usize> {
        let source = |at: usize| {
            let after = self.sources.partition_point(|source| source.at as usize <= at);
            self.sources.get(after.saturating_sub(1))
        };
        let start = source(part.start).map_or(0, |source| source.start as usize);
        let end = source(part.end.saturating_sub(1)).map_or(start, |source| source.end as usize);
        start..end.max(start)
    }

    fn push(&mut self, letter: char, start: u32, end: u32) {
        let Ok(at) = u32::try_from(self.text.len()) else { return };
        self.text.push(letter);
        self.sources.push(Source { at, start, end });
    }

    /// Adds a character, as one with the last if Unicode has the two composed.
    fn join(&mut self, letter: char, start: u32, end: u32) {
        let composed = self.text.chars().next_back().and_then(|last| compose(last, letter));
        match (composed, self.sources.last().copied()) {
            (Some(composed), Some(last)) => {
                self.text.pop();
                self.sources.pop();
                self.push(composed, last.start, end);
            }
            _ => self.push(letter, start, end),
        }
    }
}

/// Unicode's property `Default_Ignorable_Code_Point`: joiners, direction marks, variation selectors,
/// fillers, tags.
const fn is_ignorable(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests;
