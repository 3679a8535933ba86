//! Regular expressions with bounds on what they may cost.
//!
//! The crate `regex` searches in time linear in the text; it has no look-around and no back
//! references.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// Bytes of a compiled pattern, and so what one step of a search can cost.
const COMPILED_BYTES: usize = 256 << 10;

/// How deep groups may be nested.
const NESTING: u32 = 50;

/// Matches are counted up to here: far more than anyone bounds.
const COUNTED: usize = 10_000;

/// A pattern that can be searched for.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern; the error says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let built =
            RegexBuilder::new(pattern).size_limit(COMPILED_BYTES).nest_limit(NESTING).build();
        built.map(Self).map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => {
                format!("the pattern is too large: over {COMPILED_BYTES} bytes when compiled")
            }
            other => other.to_string(),
        })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is anywhere in the text.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Where it is first.
    pub fn first(&self, text: &str) -> Option<Range<usize>> {
        self.0.find(text).map(|found| found.range())
    }

    /// How often it is there, and where first. Counting stops at 10,000.
    pub fn count(&self, text: &str) -> (u64, Option<Range<usize>>) {
        let mut first = None;
        let mut count = 0;
        for found in self.0.find_iter(text).take(COUNTED) {
            first.get_or_insert(found.range());
            count += 1;
        }
        (count, first)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
