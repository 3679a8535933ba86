//! Markdown and lines: bullets, headings, lines that come twice.
//!
//! `IFEval` counts bullets in its own way; see `ifeval`.

use std::{collections::BTreeSet, ops::Range};

/// The lines of a text with their bytes, without line breaks.
pub fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut end = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (start..start + line.len(), line)
    })
}

/// The lines that start a bullet: `-`, `*` or `+`, then white space and a text. A rule (`* * *`)
/// is none.
pub fn bullets(text: &str) -> Vec<Range<usize>> {
    let is_bullet = |line: &str| {
        let line = line.trim_start();
        let rest = line.strip_prefix(['-', '*', '+']);
        let has_text = |rest: &str| {
            rest.starts_with(char::is_whitespace)
                && !rest
                    .trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '*')
                    .is_empty()
        };
        rest.is_some_and(has_text)
    };
    outside_code(text).filter(|(_, line)| is_bullet(line)).map(|(place, _)| place).collect()
}

/// The lines that are headings: one to six `#`, white space, a text. With a level only those of it.
pub fn headings(text: &str, level: Option<u64>) -> Vec<Range<usize>> {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        let depth = (line.len() - rest.len()) as u64;
        (1..=6).contains(&depth)
            && level.is_none_or(|level| level == depth)
            && rest.starts_with(char::is_whitespace)
            && !rest.trim().is_empty()
    };
    outside_code(text).filter(|(_, line)| is_heading(line)).map(|(place, _)| place).collect()
}

/// The lines, without those between fences of three backticks.
fn outside_code(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut inside = false;
    lines(text).filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

/// The lines that were there before. White space at their ends does not count, blank lines may
/// come again.
pub fn repeated_lines(text: &str) -> Vec<Range<usize>> {
    let mut seen = BTreeSet::new();
    let again = |(_, line): &(Range<usize>, &str)| {
        let line = line.trim();
        !line.is_empty() && !seen.insert(line.to_owned())
    };
    lines(text).filter(again).map(|(place, _)| place).collect()
}
