//! All identifiers, in one list.
//!
//! An identifier is a type, never a bare string or number. How one is made (hashing, drawing a
//! seed) is left to the crate that owns that work.

use std::fmt;

use sha2::{Digest, Sha256};

/// The name of one run: 1 to 64 characters of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(String);

impl RunId {
    /// Returns `None` if `text` is empty, too long or has a character a folder name should not.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((1..=64).contains(&text.len()) && text.bytes().all(plain)).then_some(Self(text))
    }

    /// A name a person recognizes: at most 40 characters of the words, in lower case with dashes,
    /// then the suffix, cleaned alike. Never fails: what has no usable character becomes `run`.
    pub fn from_words(words: &str, suffix: &str) -> Self {
        let head: String = slug(words).chars().take(40).collect();
        let tail: String = slug(suffix).chars().take(16).collect();
        let name = [head.trim_matches('-'), tail.trim_matches('-')].join("-");
        let name = name.trim_matches('-');
        Self(if name.is_empty() { "run".to_owned() } else { name.to_owned() })
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower-case ASCII letters and digits, with one dash for each gap between them.
fn slug(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}

impl fmt::Display for RunId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Defines a SHA-256 based identifier that is written as 64 hexadecimal digits.
macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Wraps a finished SHA-256 digest.
            pub const fn new(digest: [u8; 32]) -> Self {
                Self(digest)
            }

            /// The digest's 32 bytes.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// All 64 hexadecimal digits, lower case.
            pub fn to_hex(self) -> String {
                self.to_string()
            }

            /// The first 12 digits: enough for a person to tell two apart.
            pub fn short(self) -> String {
                self.to_string().chars().take(12).collect()
            }

            /// Reads 64 hexadecimal digits; `None` for anything else.
            pub fn from_hex(text: &str) -> Option<Self> {
                let digits = text.as_bytes();
                if digits.len() != 64 {
                    return None;
                }
                let mut digest = [0; 32];
                for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
                    let pair = std::str::from_utf8(pair).ok()?;
                    if pair.starts_with('+') {
                        return None;
                    }
                    *byte = u8::from_str_radix(pair, 16).ok()?;
                }
                Some(Self(digest))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut digits = [0; 64];
                for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
                    pair.copy_from_slice(&hexadecimal(byte));
                }
                formatter.write_str(std::str::from_utf8(&digits).unwrap_or_default())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({})", stringify!($name), self.short())
            }
        }
    };
}

/// The two digits of a byte, lower case.
const fn hexadecimal(byte: u8) -> [u8; 2] {
    const fn digit(value: u8) -> u8 {
        if value < 10 { b'0' + value } else { b'a' + value - 10 }
    }
    [digit(byte >> 4), digit(byte & 0xf)]
}

hash_id! {
    /// The SHA-256 of an artifact's media type and bytes.
    ArtifactId
}
hash_id! {
    /// The SHA-256 of everything a primitive depends on: same key, same result.
    StepKey
}

hash_id! {
    /// The SHA-256 of the powers a plugin asks for: what a grant answers.
    RequestHash
}

hash_id! {
    /// The SHA-256 of how a plugin answered questions that every plugin is asked.
    ConformanceHash
}

impl StepKey {
    /// Hashes what a primitive depends on.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self::new(hash_of(parts))
    }

    /// The same of parts that were hashed one by one.
    pub(crate) fn of_parts(parts: Parts) -> Self {
        Self::new(parts.0.finalize().into())
    }
}

impl ConformanceHash {
    /// Hashes one answer, or all of them with their questions.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self::new(hash_of(parts))
    }
}

/// What a key stands on, hashed part by part. Every part is preceded by its length, so that no two
/// different lists of parts hash alike.
#[derive(Default)]
pub(crate) struct Parts(Sha256);

impl Parts {
    /// The same with one more part.
    pub(crate) fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// The same with a number, as its decimal digits.
    pub(crate) fn with_number(self, number: u64) -> Self {
        let (mut digits, mut rest, mut start) = ([b'0'; MOST_DIGITS], number, MOST_DIGITS);
        for place in digits.iter_mut().rev() {
            if rest == 0 && start < MOST_DIGITS {
                break;
            }
            *place += u8::try_from(rest % 10).unwrap_or_default();
            (rest, start) = (rest / 10, start - 1);
        }
        self.with(digits.get(start..).unwrap_or_default())
    }
}

/// Digits of the greatest number that 64 bits hold.
const MOST_DIGITS: usize = 20;

fn hash_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    parts.into_iter().fold(Parts::default(), Parts::with).0.finalize().into()
}

/// A plugin: its name and the SHA-256 of its component.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PluginId {
    /// The name its author gave it, such as `critic-detector`.
    pub name: String,
    /// The SHA-256 of the component's bytes, as 64 hexadecimal digits.
    pub digest: String,
}

impl PluginId {
    /// Names a component by its author's word and its bytes.
    pub fn of(name: impl Into<String>, component: &[u8]) -> Self {
        let digest = ArtifactId::new(Sha256::digest(component).into()).to_hex();
        Self { name: name.into(), digest }
    }
}

impl fmt::Display for PluginId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// A candidate's place in its run's pool, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateId(pub u32);

impl fmt::Display for CandidateId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "c{}", self.0)
    }
}

/// One generate–assess–correct turn. Round 0 is the first candidate, before any correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoundNumber(pub u32);

impl fmt::Display for RoundNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

/// Where all of a run's randomness comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl Seed {
    /// A seed for one part of a run: the same `purpose` and `index` always give the same seed, and
    /// different ones unrelated seeds (the finalizer of `SplitMix64` over an FNV-1a hash).
    #[must_use]
    pub fn derive(self, purpose: &str, index: u64) -> Self {
        let mut state = 0xcbf2_9ce4_8422_2325_u64 ^ self.0;
        for byte in purpose.bytes().chain(index.to_le_bytes()) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(state ^ (state >> 31))
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

#[cfg(test)]
mod tests;
