//! The program in a text: all of it, or the code between its fences.
//!
//! Lines keep their numbers, so that a line of the program is a place in the text.

use pentimento_sdk::TextSpan;

/// A text with a program in it.
#[derive(Clone, Debug)]
pub struct Program {
    text: String,
    /// What is run: lines that are no code are empty.
    pub code: String,
}

impl Program {
    /// The program in a text. Where there are fences that say one of these names of its language, what
    /// is between them is the program; else what is between fences that say nothing; else the whole text.
    #[must_use]
    pub fn of(text: String, languages: &[&str]) -> Self {
        let named = fenced(&text, languages);
        let code = named.or_else(|| fenced(&text, &[""])).unwrap_or_else(|| text.clone());
        Self { text, code }
    }

    /// Where a line is, counted from 1, without the space around it.
    #[must_use]
    pub fn span(&self, line: u64) -> Option<TextSpan> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let whole = self.text.split_inclusive('\n').nth(index)?;
        let before: usize = self.text.split_inclusive('\n').take(index).map(str::len).sum();
        let start = before + (whole.len() - whole.trim_start().len());
        let end = before + whole.trim_end().len();
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        (start < end).then_some(TextSpan { start, end })
    }
}

/// The lines between fences with one of these words, each in its place; none if there are none.
fn fenced(text: &str, words: &[&str]) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let (mut found, mut inside) = (false, None);
    for line in text.lines() {
        let fence = line.trim().strip_prefix("```").map(str::trim);
        match (inside, fence) {
            (Some(_), Some("")) => inside = None,
            (None, Some(word)) => inside = Some(words.contains(&word.to_lowercase().as_str())),
            (Some(true), _) => {
                found = true;
                kept.push_str(line);
            }
            _ => {}
        }
        kept.push('\n');
    }
    found.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_taken_from_its_fences_and_keeps_its_lines() {
        for (text, code) in [
            ("x = 1\n", "x = 1\n"),
            ("Here:\n```python\nx = 1\n```\nDone.", "\n\nx = 1\n\n\n"),
            ("```\nls\n```\n```py\nx = 1\n```", "\n\n\n\nx = 1\n\n"),
            ("```\nx = 1\n```", "\nx = 1\n\n"),
            ("```Python\nx = 1", "\nx = 1\n"),
            ("```json\n{}\n```\n", "```json\n{}\n```\n"),
        ] {
            assert_eq!(Program::of(text.to_owned(), &["python", "py"]).code, code, "{text}");
        }
    }

    #[test]
    fn a_line_of_the_program_is_a_place_in_the_text() {
        let program = Program::of("Sö:\n```js\n  x = 1 \n\n```".to_owned(), &["js"]);
        let of = |line| program.span(line).map(|span| (span.start, span.end));
        assert_eq!(of(3), Some((13, 18)));
        assert_eq!([of(0), of(4), of(9)], [None; 3]);
    }
}
