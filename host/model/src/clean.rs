//! What any text of a stranger (an author, a plugin, a model) goes through before it is shown,
//! stored or put into a prompt.

/// A stranger's text on one line, without anything that could command a terminal or reorder what
/// a person reads: line breaks and tabs become spaces, other control characters and the invisible
/// marks of bidirectional and zero-width text go.
pub fn clean(text: &str) -> String {
    let visible = text.chars().filter_map(|character| match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        character if character.is_control() || is_invisible_mark(character) => None,
        character => Some(character),
    });
    visible.collect()
}

/// Bidirectional controls, zero-width characters, the byte order mark and tag characters, after
/// Unicode's list of default ignorable code points that reorder or hide text.
const fn is_invisible_mark(character: char) -> bool {
    matches!(character,
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "a plain sentence", "über 3 × 4 Äpfel", "🍎 👩‍🚀", "日本語", "ελληνικά"]
        {
            let without_joiner = text.replace('\u{200D}', "");
            assert_eq!(clean(text), without_joiner);
        }
    }

    proptest! {
        #[test]
        fn no_text_can_command_a_terminal_or_hide(text in ".{0,200}") {
            let cleaned = clean(&text);
            let bad = |character: char| character.is_control() || is_invisible_mark(character);
            prop_assert!(!cleaned.contains(bad));
            prop_assert_eq!(clean(&cleaned), cleaned.clone());
            prop_assert!(cleaned.len() <= text.len());
        }
    }
}
