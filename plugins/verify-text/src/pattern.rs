//! Regular expressions with bounds on what they may cost.
//!
//! The crate `regex` searches in time linear in the text; it has no look-around and no back
//! references.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// Bytes of the largest compiled pattern. `\w{10}` fits.
const COMPILED_BYTES: usize = 256 << 10;

/// Bytes of a compiled pattern times bytes of a text: what one search may cost at the worst. At
/// 0.7 ns for each (measured with `(a?){700}a{700}b`) this is one second. A pattern of 32 KiB, such
/// as `\w+`, may search 45 kB of text.
const MOST_WORK: usize = 1_500_000_000;

/// How deep groups may be nested.
const NESTING: u32 = 50;

/// Matches are counted up to here: far more than anyone bounds.
const COUNTED: usize = 10_000;

/// A pattern that can be searched for.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    /// An upper bound of its bytes.
    size: usize,
}

/// A pattern is too large for a text so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooCostly;

impl Pattern {
    /// Compiles a pattern; the error says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let mut size = COMPILED_BYTES >> 7;
        loop {
            let built = RegexBuilder::new(pattern).size_limit(size).nest_limit(NESTING).build();
            match built {
                Ok(regex) => return Ok(Self { regex, size }),
                Err(regex::Error::CompiledTooBig(_)) if size < COMPILED_BYTES => size *= 2,
                Err(regex::Error::CompiledTooBig(_)) => {
                    let most = COMPILED_BYTES;
                    return Err(format!("the pattern is too large: over {most} bytes compiled"));
                }
                Err(other) => return Err(other.to_string()),
            }
        }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether it is anywhere in the text.
    pub fn is_in(&self, text: &str) -> Result<bool, TooCostly> {
        self.allow(text)?;
        Ok(self.regex.is_match(text))
    }

    /// Where it is first.
    pub fn first(&self, text: &str) -> Result<Option<Range<usize>>, TooCostly> {
        self.allow(text)?;
        Ok(self.regex.find(text).map(|found| found.range()))
    }

    /// Where it is, none overlapping another, up to 10,000 times.
    pub fn places(&self, text: &str) -> Result<Vec<Range<usize>>, TooCostly> {
        self.allow(text)?;
        Ok(self.regex.find_iter(text).take(COUNTED).map(|found| found.range()).collect())
    }

    fn allow(&self, text: &str) -> Result<(), TooCostly> {
        if text.len().saturating_mul(self.size) > MOST_WORK { Err(TooCostly) } else { Ok(()) }
    }
}
