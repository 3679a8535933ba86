//! Numbers of payment cards: the issuer's first digits, the right length, and the check digit by
//! Luhn (ISO/IEC 7812-1).

use std::ops::Range;

use super::{digit_groups, stands_alone};

/// First digits from, to, and the lengths an issuer uses. From the issuers' published ranges.
const ISSUERS: &[(u32, u32, &[usize])] = &[
    (4, 4, &[13, 16, 19]),
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    (34, 34, &[15]),
    (37, 37, &[15]),
    (300, 305, &[14]),
    (36, 36, &[14]),
    (38, 39, &[14]),
    (6011, 6011, &[16, 19]),
    (644, 659, &[16, 19]),
    (3528, 3589, &[16, 19]),
    (62, 62, &[16, 17, 18, 19]),
];

/// Digits in one group of a number that is written in groups.
const GROUPED: std::ops::RangeInclusive<usize> = 3..=6;

/// Where a text has card numbers, written in one piece or in groups with spaces or hyphens.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let groups = digit_groups(text, 0..text.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for (index, first) in groups.iter().enumerate() {
        if found.last().is_some_and(|last| last.end > first.start) {
            continue;
        }
        let mut digits = String::new();
        let mut last_end = first.start;
        for (count, group) in groups[index..].iter().enumerate() {
            let joined = count == 0 || matches!(&text[last_end..group.start], " " | "-");
            if !joined || digits.len() + group.len() > 19 {
                break;
            }
            digits.push_str(&text[group.clone()]);
            last_end = group.end;
            let place = first.start..group.end;
            let grouped = count == 0
                || groups[index..=index + count].iter().all(|one| GROUPED.contains(&one.len()));
            if grouped && is_card(&digits) && stands_alone(text, &place) {
                found.push(place);
                break;
            }
        }
    }
    found
}

fn is_card(digits: &str) -> bool {
    let issued = ISSUERS.iter().any(|(from, to, lengths)| {
        let first = digits.get(..from.to_string().len()).and_then(|first| first.parse().ok());
        lengths.contains(&digits.len()) && first.is_some_and(|first| (*from..=*to).contains(&first))
    });
    issued && luhn(digits)
}

/// Whether every second digit from the right, doubled, brings the sum of digits to a multiple of 10.
fn luhn(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let sum: u32 = values
        .enumerate()
        .map(|(place, value)| match (place % 2, 2 * value) {
            (0, _) => value,
            (_, doubled @ 0..=9) => doubled,
            (_, doubled) => doubled - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}
