//! A text as sentences, and back. Pure.

use pentimento_prompts::Solution;

/// What ends a sentence if a space or the end follows.
const ENDS: [char; 6] = ['.', '!', '?', '。', '！', '？'];

/// The sentences of a text, without the spaces between them. A line break ends one; so does a full
/// stop before a space, unless a small letter or a digit follows, as after `e.g.` or `No.`.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut from = 0;
        for (at, end) in line.char_indices().filter(|(_, c)| ENDS.contains(c)) {
            let next = at + end.len_utf8();
            let rest = line.get(next..).unwrap_or_default();
            let begins = rest.trim_start().chars().next();
            let goes_on = begins.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
            let spaced = end.len_utf8() > 1 || rest.starts_with(char::is_whitespace);
            if spaced && !goes_on {
                sentences.push(line.get(from..next).unwrap_or_default());
                from = next;
            }
        }
        sentences.push(line.get(from..).unwrap_or_default());
    }
    let trimmed = sentences.into_iter().map(str::trim);
    trimmed.filter(|sentence| !sentence.is_empty()).map(ToOwned::to_owned).collect()
}

/// What a text says: its steps, or the sentences of an answer without steps.
pub(crate) fn statements(text: &Solution) -> Vec<String> {
    if text.steps.is_empty() { split(&text.answer) } else { text.steps.clone() }
}

/// The same text with other statements; `None` if nothing would be left of it.
pub(crate) fn with_statements(text: &Solution, statements: Vec<String>) -> Option<Solution> {
    if statements.is_empty() {
        return None;
    }
    Some(if text.steps.is_empty() {
        Solution { steps: Vec::new(), answer: statements.join(" ") }
    } else {
        Solution { steps: statements, answer: text.answer.clone() }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_split_where_a_sentence_ends_and_nowhere_else() {
        for (text, expected) in [
            ("", vec![]),
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            (
                "It costs 3.50 e.g. in Rome.\nNo. 4 is next",
                vec!["It costs 3.50 e.g. in Rome.", "No. 4 is next"],
            ),
            ("一。二。", vec!["一。", "二。"]),
            (" \n a \n\n", vec!["a"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn statements_are_steps_or_else_sentences_and_go_back_where_they_came_from() {
        let prose = Solution { steps: vec![], answer: "One. Two.".to_owned() };
        let steps =
            Solution { steps: vec!["a".to_owned(), "b".to_owned()], answer: "1".to_owned() };
        assert_eq!(statements(&prose), ["One.", "Two."]);
        assert_eq!(statements(&steps), ["a", "b"]);
        let one = |text: &Solution| with_statements(text, vec!["x".to_owned()]).unwrap().text();
        assert_eq!((one(&prose).as_str(), one(&steps).as_str()), ("x", "x\nAnswer: 1"));
        assert_eq!(with_statements(&prose, vec![]), None);
    }

    proptest! {
        #[test]
        fn nothing_but_space_is_lost(text in "[a-zA-Z0-9.!? \n。é]{0,80}") {
            let plain = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(plain(&split(&text).concat()), plain(&text));
        }
    }
}
