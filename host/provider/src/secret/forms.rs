//! All forms in which a text may hold a key, as one pattern that is looked for in one pass.
//!
//! A server can repeat what it was given as it stands, in another case, in base64 (also as part of a longer
//! text), in hexadecimal digits, escaped for a URL, for JSON or for HTML, wrapped over lines or with marks in
//! between that nobody sees. What a key was turned into otherwise, such as a hash, nobody can look for.

use std::fmt::Write as _;

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig},
};
use regex::Regex;

/// What may stand between any two characters: white space and control characters, line breaks in the
/// spellings of JSON and of URLs, and what ends a line within a word in mails. Marks beyond ASCII that nobody
/// sees are taken out before.
const GAP: &str = r"(?:[\x00-\x20\x7f]|\\+[nrt]|%0[ad]|=[\x00-\x20]+)*";

/// Base64 without padding, which depends on what follows.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_encode_padding(false),
);

/// The most characters that one character of a key becomes: an escape of HTML, or of JSON within JSON
/// within JSON.
pub(super) const LONGEST: usize = 12;

/// The pattern for these texts, each of which is kept from whoever reads. They are ASCII.
pub(super) fn pattern(texts: &[&str]) -> Result<Regex, regex::Error> {
    let mut forms = Vec::new();
    for text in texts {
        forms.push(joined(text.bytes().map(spelled)));
        let digits: String = text.bytes().fold(String::new(), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        forms.push(joined(digits.chars().map(|digit| digit.to_string())));
        let shifted = (0..3).map(|offset| joined(base64(text, offset).chars().map(letter)));
        forms.extend(shifted);
    }
    // Of two that begin at the same place the longer one is taken.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    Regex::new(&format!("(?i-u){}", forms.join("|")))
}

fn joined(letters: impl Iterator<Item = String>) -> String {
    letters.collect::<Vec<_>>().join(GAP)
}

/// One character as it stands, and in every way to escape it. JSON within JSON doubles its backslashes.
fn spelled(byte: u8) -> String {
    let plain = regex::escape(&char::from(byte).to_string());
    format!(
        r"(?:\\*{plain}|%{byte:02x}|\\+u00{byte:02x}|\\+x{byte:02x}|&#0?{byte};|&#x{byte:02x};)"
    )
}

/// The characters of base64 that a text has in any longer one in which so many bytes, beside threes of them,
/// stand before it: those that it shares with its neighbors are left out.
fn base64(text: &str, before: usize) -> String {
    let mut bytes = vec![0; before];
    bytes.extend(text.bytes());
    let (first, end) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    BASE64.encode(bytes).chars().take(end).skip(first).collect()
}

/// A character of base64 in both of its alphabets.
fn letter(one: char) -> String {
    match one {
        '+' | '-' => "[+-]".to_owned(),
        '/' | '_' => "[/_]".to_owned(),
        plain => plain.to_string(),
    }
}
