//! Markup as `IFEval` finds it: placeholders, bullets, highlights, sections, titles, postscripts.
//!
//! Its ways differ from Markdown's in small things, and are kept: `layout` is for the others.

use std::ops::Range;

use crate::layout::lines;

/// `[…]` within one line.
pub fn placeholders(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (place, line) in lines(text) {
        let mut from = 0;
        while let Some(rest) = line.get(from..)
            && let Some(open) = rest.find('[')
            && let Some(length) = rest.get(open..).and_then(|inside| inside.find(']'))
        {
            let start = from + open;
            from = start + length + 1;
            found.push(place.start + start..place.start + from);
        }
    }
    found
}

/// Lines whose first character is `-`, or `*` with another character than `*` after it. A star
/// alone on its line takes the next line with it.
pub fn bullets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut taken = false;
    for (place, line) in lines(text) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('-') {
            found.push(place);
            taken = false;
            continue;
        }
        let star = trimmed.strip_prefix('*').filter(|_| !taken);
        taken = star == Some("");
        let ends_the_text = taken && place.end == text.len();
        if star.is_some_and(|rest| !rest.starts_with('*')) && !ends_the_text {
            found.push(place);
        }
    }
    found
}

/// `*…*` and `**…**` within one line with something between. What stands between double stars
/// counts once: `**x**` is an empty single highlight and a double one.
pub fn highlights(text: &str) -> u64 {
    let single = starred(text, "*").into_iter().filter(|inside| !inside.trim().is_empty());
    let double = starred(text, "**").into_iter().filter(|inside| !inside.trim().is_empty());
    (single.count() + double.count()) as u64
}

/// What stands between two marks with no star or line break in it, front to back.
fn starred<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find(mark)) {
        let start = from + open + mark.len();
        let Some(rest) = text.get(start..) else { break };
        let end = rest.find(['*', '\n']).unwrap_or(rest.len());
        let (inside, after) = rest.split_at(end);
        if after.starts_with(mark) {
            found.push(inside);
            from = start + end + mark.len();
        } else {
            // The search goes on one star further: `***x**` holds `**x**`.
            from += open + 1;
        }
    }
    found
}

/// The splitter, white space or none, and a number: `Section 1`.
pub fn sections(text: &str, splitter: &str) -> Vec<Range<usize>> {
    let found = text.match_indices(splitter).map(|(at, found)| at..at + found.len());
    found
        .filter(|place| {
            let mut rest = text.get(place.end..).unwrap_or_default().chars();
            let next = rest.next();
            let digit = if next.is_some_and(char::is_whitespace) { rest.next() } else { next };
            digit.is_some_and(char::is_numeric)
        })
        .collect()
}

/// The first `<<…>>` within one line with something between.
pub fn title(text: &str) -> Option<&str> {
    lines(text).find_map(|(_, line)| {
        let (start, end) = (line.find("<<")?, line.rfind(">>")?);
        let inside = line.get(start + 2..end)?;
        let words = inside.trim_matches(['<', '>']);
        (!words.trim().is_empty()).then_some(words.trim())
    })
}

/// Whether the parts are there in a row, with one white space or none between two.
pub fn has_spaced(text: &str, parts: &[&str]) -> bool {
    let Some((first, others)) = parts.split_first() else { return true };
    text.match_indices(first).any(|(at, found)| {
        let mut rest = text.get(at + found.len()..).unwrap_or_default();
        others.iter().all(|part| {
            let next = rest.chars().next().filter(|next| next.is_whitespace());
            let spaced = next.and_then(|next| rest.get(next.len_utf8()..)?.strip_prefix(part));
            match rest.strip_prefix(part).or(spaced) {
                Some(after) => {
                    rest = after;
                    true
                }
                None => false,
            }
        })
    })
}
