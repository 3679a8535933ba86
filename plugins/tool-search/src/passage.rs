//! Passages: what is found and cited. A paragraph, or a part of one that ends with a sentence.

use unicode_segmentation::UnicodeSegmentation;

/// Words of a passage. CRITIC's evidence is 400 characters, some seventy words; paragraphs up to this
/// length are left whole.
pub const MOST_WORDS: usize = 120;

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document's place in the corpus.
    pub document: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The line of the document in which it begins, counted from 1.
    pub line: usize,
}

/// Cuts a document's text. No passage is empty, none overlaps another, and together they hold every
/// word.
pub fn passages(document: usize, text: &str) -> Vec<Passage> {
    let mut all = Vec::new();
    let (mut start, mut first_line) = (0, 1);
    let mut at = 0;
    for (line, piece) in (1..).zip(text.split_inclusive('\n')) {
        if piece.trim().is_empty() {
            cut(&mut all, document, text, (start, at), first_line);
            (start, first_line) = (at + piece.len(), line + 1);
        }
        at += piece.len();
    }
    cut(&mut all, document, text, (start, at), first_line);
    all
}

/// Cuts one paragraph, which begins in this line.
fn cut(
    all: &mut Vec<Passage>,
    document: usize,
    text: &str,
    (start, end): (usize, usize),
    mut line: usize,
) {
    let Some(paragraph) = text.get(start..end) else { return };
    let (mut from, mut words, mut to) = (start, 0, start);
    let mut push = |from: usize, to: usize, line: &mut usize| {
        let Some(part) = text.get(from..to) else { return };
        let inside = part.trim();
        let begin = from + (part.len() - part.trim_start().len());
        let before = text.get(from..begin).unwrap_or_default();
        if !inside.is_empty() {
            let line = *line + before.matches('\n').count();
            all.push(Passage { document, start: begin, end: begin + inside.len(), line });
        }
        *line += part.matches('\n').count();
    };
    for sentence in parts(paragraph) {
        let more = sentence.unicode_words().count();
        if words > 0 && words + more > MOST_WORDS {
            push(from, to, &mut line);
            (from, words) = (to, 0);
        }
        (to, words) = (to + sentence.len(), words + more);
    }
    push(from, to, &mut line);
}

/// Sentences; one without end in pieces of words.
fn parts(paragraph: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for sentence in paragraph.split_sentence_bounds() {
        let (mut words, mut from) = (0, 0);
        for (at, word) in sentence.split_word_bound_indices() {
            words += usize::from(word.chars().any(char::is_alphanumeric));
            if words > MOST_WORDS {
                parts.extend(sentence.get(from..at));
                (words, from) = (1, at);
            }
        }
        parts.extend(sentence.get(from..));
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<(&str, usize)> {
        let cut = passages(0, text);
        cut.iter().map(|one| (&text[one.start..one.end], one.line)).collect()
    }

    #[test]
    fn paragraphs_are_passages_with_their_lines() {
        let text = "\n# Tea\n\nBoil water.\nPour it.\n \n\n  Wait. ";
        assert_eq!(texts(text), [("# Tea", 2), ("Boil water.\nPour it.", 4), ("Wait.", 8)]);
        assert_eq!(texts(" \n\n"), []);
        assert_eq!(texts("one\r\n\r\ntwo\r\n"), [("one", 1), ("two", 3)]);
    }

    #[test]
    fn long_paragraphs_are_cut_after_sentences_and_endless_ones_after_words() {
        let sentence = "One two three four five six seven eight nine ten.\n";
        let long = sentence.repeat(30);
        let cut = texts(&long);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|(text, _)| text.ends_with("ten.") && text.starts_with("One")));
        assert_eq!(cut.iter().map(|(_, line)| *line).collect::<Vec<_>>(), [1, 13, 25]);
        let endless = "word ".repeat(1_000);
        assert_eq!(texts(&endless).len(), 1_000_usize.div_ceil(MOST_WORDS));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_doubled_or_cut_within_a_word(text in "(?s)[a-zäß日. \n\t-]{0,400}") {
            let cut = passages(3, &text);
            let mut last = 0;
            for one in &cut {
                prop_assert!(one.document == 3 && one.start >= last && one.end > one.start);
                let lines = text[..one.start].matches('\n').count() + 1;
                prop_assert_eq!(one.line, lines);
                last = one.end;
            }
            let words: Vec<_> = cut.iter().flat_map(|one| text[one.start..one.end].unicode_words()).collect();
            prop_assert_eq!(words, text.unicode_words().collect::<Vec<_>>());
        }
    }
}
