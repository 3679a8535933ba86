//! E-mail addresses: a local part, an at sign, a domain with a dot (the usual part of RFC 5322).

use std::ops::Range;

use super::is_word;

/// Longest local part (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// Longest domain (RFC 5321, 4.5.3.1.2).
const LONGEST_DOMAIN: usize = 255;

/// Where a text has e-mail addresses.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let signs = (0..bytes.len()).filter(|at| bytes[*at] == b'@');
    signs.filter_map(|at| Some(local(bytes, at)?..domain(bytes, at + 1)?)).collect()
}

/// Where the local part before `end` starts.
fn local(bytes: &[u8], end: usize) -> Option<usize> {
    let belongs = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let length = bytes[..end].iter().rev().take(LONGEST_LOCAL + 1).take_while(belongs).count();
    let part = &bytes[end - length..end];
    let dots = part.iter().take_while(|byte| **byte == b'.').count();
    let part = &part[dots..];
    let sound = !part.is_empty()
        && part.len() <= LONGEST_LOCAL
        && !part.ends_with(b".")
        && !part.windows(2).any(|pair| pair == b"..");
    sound.then_some(end - part.len())
}

/// Where the domain from `start` ends.
fn domain(bytes: &[u8], start: usize) -> Option<usize> {
    let belongs = |byte: &&u8| is_word(**byte) || b".-".contains(byte);
    let length = bytes[start..].iter().take(LONGEST_DOMAIN).take_while(belongs).count();
    let mut part = &bytes[start..start + length];
    while let [rest @ .., b'.' | b'-'] = part {
        part = rest;
    }
    let labels: Vec<&[u8]> = part.split(|byte| *byte == b'.').collect();
    let sound = |label: &&[u8]| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with(b"-") && !label.ends_with(b"-")
    };
    let top = labels.last()?;
    let named =
        top.len() >= 2 && top.iter().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    (labels.len() >= 2 && named && labels.iter().all(sound)).then_some(start + part.len())
}
