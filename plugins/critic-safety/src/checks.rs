//! Personal data with a form of its own: found by rules that no pattern can tell.
//!
//! Each check has a file; all look at a plain text and give the bytes of what they found.

mod card;
mod email;
mod iban;
mod phone;

use std::ops::Range;

/// A check by its name in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a payment card.
    Card,
    /// An international bank account number.
    Iban,
}

impl Check {
    /// All names.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("email", Self::Email),
        ("phone", Self::Phone),
        ("card", Self::Card),
        ("iban", Self::Iban),
    ];

    /// The check of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, check)| *check)
    }

    /// Where a text has such data.
    pub fn places(self, text: &str) -> Vec<Range<usize>> {
        match self {
            Self::Email => email::places(text),
            Self::Phone => phone::places(text),
            Self::Card => card::places(text),
            Self::Iban => iban::places(text),
        }
    }
}

/// Whether a byte is a letter or digit; bytes of longer characters count as letters.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Whether what lies at `place` neither continues a word nor is continued by one.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = place.start.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(place.end);
    before.is_none_or(|byte| !is_word(*byte) && *byte != b'_')
        && after.is_none_or(|byte| !is_word(*byte) && *byte != b'_')
}

/// The stretches of digits in a part of a text.
fn digit_groups(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut groups = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let length = bytes[at..part.end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length > 0 {
            groups.push(at..at + length);
        }
        at += length.max(1);
    }
    groups
}

#[cfg(test)]
mod tests;
