//! What any text of a stranger (an author, a plugin, a model) goes through before it is shown,
//! stored or put into a prompt.

use std::borrow::Cow;

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory, PrependedConcatenationMark},
};

/// A stranger's text on one line, without anything that could command a terminal, reorder what a
/// person reads, or hide from them: line breaks, tabs and every kind of space become plain spaces;
/// other control characters, and all that Unicode says to ignore or to use as formatting, go.
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// The same, without a copy of what is clean already.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    // Most texts are of plain characters alone, and this runs over every text of every prompt.
    if text.as_bytes().chunks(CHUNK).all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(visible).collect())
}

/// Bytes that are looked at in one go: without a way out between them, a compiler takes them as
/// vectors.
const CHUNK: usize = 32;

/// True if all bytes are those of characters from the space to `~`.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte))
}

/// What is left of a character: itself, a space, or nothing.
fn visible(character: char) -> Option<char> {
    match character {
        ' '..='~' => return Some(character),
        '\n' | '\r' | '\t' => return Some(' '),
        _ => {}
    }
    // "Default ignorable" is what shows nothing where it is not supported: joiners, fillers,
    // variation selectors, tags (Unicode 16, section 5.21).
    if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character) {
        return None;
    }
    match CodePointMapData::<GeneralCategory>::new().get(character) {
        GeneralCategory::SpaceSeparator
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => Some(' '),
        GeneralCategory::Control => None,
        // Signs such as Arabic's for a number are formatting, too, and are seen.
        GeneralCategory::Format => CodePointSetData::new::<PrependedConcatenationMark>()
            .contains(character)
            .then_some(character),
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in [
            "",
            "a plain sentence",
            "über 3 × 4 Äpfel",
            "🍎 👩🚀",
            "日本語",
            "ελληνικά",
            "\u{601}12",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn what_hides_or_commands_does_not_stay() {
        for (text, cleaned) in [
            ("a\u{1b}[31mb\u{7}", "a[31mb"),
            ("one\r\ntwo\tthree", "one  two three"),
            ("safe\u{202e}cod.exe", "safecod.exe"),
            ("ig\u{ad}nore\u{200b} \u{feff}this", "ignore this"),
            ("a\u{115f}b\u{3164}c\u{ffa0}d", "abcd"),
            ("a\u{34f}b\u{61c}c\u{180e}d\u{e0041}e\u{e01ef}f", "abcdef"),
            ("a\u{a0}b\u{2003}c\u{3000}d\u{2028}e", "a b c d e"),
        ] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    /// Judged by the tables of another crate: every character there is.
    #[test]
    fn no_character_is_overlooked() {
        let goes = Regex::new(
            r"^[\p{Cc}\p{Default_Ignorable_Code_Point}[\p{Cf}--\p{Prepended_Concatenation_Mark}]]$",
        );
        let (goes, space) = (goes.unwrap(), Regex::new(r"^[\p{Z}\t\n\r]$").unwrap());
        let mut utf8 = [0; 4];
        for character in '\0'..=char::MAX {
            let text: &str = character.encode_utf8(&mut utf8);
            let wanted = match () {
                () if space.is_match(text) => Some(' '),
                () if goes.is_match(text) => None,
                () => Some(character),
            };
            assert_eq!(visible(character), wanted, "U+{:04X}", u32::from(character));
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in "(?s).{0,200}") {
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned.clone());
            prop_assert!(cleaned.len() <= text.len());
            let borrowed = matches!(super::cleaned(&text), Cow::Borrowed(_));
            prop_assert_eq!(borrowed, text.chars().all(|character| (' '..='~').contains(&character)));
        }
    }
}
