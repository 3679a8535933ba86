//! A text as steps and an answer: one step a line, the answer last, after `Answer:`.

/// What comes before the answer.
const ANSWER: &str = "answer:";
/// What some traces say instead, within their last step.
const SO: &str = "the answer is ";

/// A text in steps. Steps are counted from 0; lines that say nothing are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace<'t> {
    /// The steps.
    pub steps: Vec<&'t str>,
    /// The answer; empty if there is none.
    pub answer: &'t str,
}

impl<'t> Trace<'t> {
    /// Reads a text.
    pub fn read(text: &'t str) -> Self {
        let mut steps: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let said = steps.last().and_then(|last| after(last, ANSWER, 0));
        if let Some(answer) = said {
            steps.pop();
            return Self { steps, answer };
        }
        let answer = steps.last().and_then(|last| {
            let at = last.to_ascii_lowercase().rfind(SO)?;
            after(last, SO, at)
        });
        Self { steps, answer: answer.unwrap_or_default() }
    }
}

/// What follows a word that begins at this place, whatever its case.
fn after<'t>(line: &'t str, word: &str, at: usize) -> Option<&'t str> {
    let found = line.get(at..at + word.len())?;
    let rest = line.get(at + word.len()..)?;
    found.eq_ignore_ascii_case(word).then(|| rest.trim().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_the_last_line_or_the_last_words_of_the_last_step() {
        for (text, steps, answer) in [
            ("a\n\n b \nAnswer: 12.", &["a", "b"][..], "12"),
            ("a\nANSWER:12", &["a"], "12"),
            ("a\nso 12. So the answer is 12", &["a", "so 12. So the answer is 12"], "12"),
            ("a\nb", &["a", "b"], ""),
            ("", &[], ""),
            ("Answer: é", &[], "é"),
        ] {
            assert_eq!(Trace::read(text), Trace { steps: steps.to_vec(), answer }, "{text}");
        }
    }
}
