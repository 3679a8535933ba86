//! Telephone numbers in the forms that people write: international (E.164) with `+` or `00`, North
//! American 3-3-4, and national with a leading 0.
//!
//! Bare digits without any sign of grouping are left alone: they may count anything.

use std::ops::Range;

use super::{digit_groups, is_word};

/// Digits of an international number: at most 15 (E.164); fewer than 8 are short codes.
const INTERNATIONAL: std::ops::RangeInclusive<usize> = 8..=15;

/// Digits of a national number with its leading 0.
const NATIONAL: std::ops::RangeInclusive<usize> = 9..=11;

/// Where a text has telephone numbers.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_digit() || matches!(bytes[at], b'+' | b'(')) {
            at += 1;
            continue;
        }
        let end = stretch(bytes, at);
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let free = before.is_none_or(|byte| !is_word(byte) && !b"._-/#=+:$".contains(&byte));
        if end > at && free && bytes.get(end).is_none_or(|byte| !is_word(*byte) && *byte != b'_') {
            let place = at..end;
            found.extend(is_phone(text, &place).then_some(place));
        }
        at = end.max(at + 1);
    }
    found
}

/// Where the digits, separators and brackets from `start` end; a separator is a single character
/// or a bracket with a space.
fn stretch(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    let mut between = 0;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' => (end, between) = (at + 1, 0),
            b'+' if at == start => {}
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if between < 2 => between += 1,
            _ => break,
        }
    }
    end
}

fn is_phone(text: &str, place: &Range<usize>) -> bool {
    let groups = digit_groups(text, place.clone());
    let lengths: Vec<usize> = groups.iter().map(Range::len).collect();
    let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
    let written = &text[place.clone()];
    if let Some(number) = digits.strip_prefix("00").filter(|_| groups.len() > 1) {
        return INTERNATIONAL.contains(&number.len()) && !number.starts_with('0');
    }
    if written.starts_with('+') {
        return INTERNATIONAL.contains(&digits.len()) && !digits.starts_with('0');
    }
    if written.contains('/') {
        return false;
    }
    let (lengths, digits) = match (lengths.as_slice(), digits.strip_prefix('1')) {
        ([1, rest @ ..], Some(digits)) if rest.len() == 3 => (rest, digits),
        _ => (lengths.as_slice(), digits.as_str()),
    };
    let starts_high = |at: usize| digits.as_bytes().get(at).is_some_and(|digit| *digit >= b'2');
    let american = lengths == [3, 3, 4] && starts_high(0) && starts_high(3);
    let dated = matches!(lengths, [2, 2, 4, ..]);
    let national = lengths.len() > 1
        && lengths.first().is_some_and(|length| *length >= 2)
        && digits.starts_with('0')
        && !digits.starts_with("00")
        && NATIONAL.contains(&digits.len())
        && !dated;
    american || national
}
