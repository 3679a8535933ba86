//! Bank account numbers: the country's length, and 1 as the remainder by 97 (ISO 13616).

use std::ops::Range;

use super::stands_alone;

/// Lengths by country, from the SWIFT registry of IBAN formats.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SC", 31),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

/// Where a text has account numbers, in one piece or with single spaces between groups.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in 0..bytes.len().saturating_sub(4) {
        if found.last().is_some_and(|last| last.end > start) {
            continue;
        }
        let [first, second, third, fourth, ..] = bytes[start..] else { break };
        let head = first.is_ascii_alphabetic() && second.is_ascii_alphabetic();
        if head && third.is_ascii_digit() && fourth.is_ascii_digit() {
            found.extend(account(text, start));
        }
    }
    found
}

fn account(text: &str, start: usize) -> Option<Range<usize>> {
    let country = text.get(start..start + 2)?.to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(known, _)| *known == country).map(|(_, length)| *length)?;
    let mut letters = Vec::with_capacity(length);
    let mut end = start;
    let mut spaced = false;
    for byte in text.as_bytes().get(start..)? {
        match byte {
            b' ' if !spaced => spaced = true,
            byte if byte.is_ascii_alphanumeric() => {
                letters.push(byte.to_ascii_uppercase());
                spaced = false;
            }
            _ => return None,
        }
        end += 1;
        if letters.len() == length {
            break;
        }
    }
    let place = start..end;
    (letters.len() == length && remainder(&letters) == 1 && stands_alone(text, &place))
        .then_some(place)
}

/// The remainder by 97 of the number with its first four characters moved to the end and letters
/// counted on from 10.
fn remainder(letters: &[u8]) -> u32 {
    let moved = letters.iter().skip(4).chain(letters.iter().take(4));
    moved.fold(0, |rest, letter| match letter {
        b'0'..=b'9' => (rest * 10 + u32::from(letter - b'0')) % 97,
        _ => (rest * 100 + u32::from(letter.saturating_sub(b'A')) + 10) % 97,
    })
}
