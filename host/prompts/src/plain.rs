//! How a question asks for its answer: with JSON first and words instead, or with words alone.
//!
//! Every text that asks for JSON says so in its last sentences, and most say what to write without it.
//! Small models reason worse when they have to keep to JSON (arXiv:2408.02442).

/// What comes before the form that is asked for.
const JSON: &str = "Answer with JSON only: ";
/// What comes before the way without it.
const INSTEAD: &str = "If you cannot write JSON, ";

/// The same question without a word of JSON; `None` if it can be answered in no other way.
pub fn in_words_alone(question: &str) -> Option<String> {
    // Whatever it quotes stands before.
    let (rest, how) = question.rsplit_once(JSON)?;
    let (_, words) = how.split_once(INSTEAD)?;
    let mut letters = words.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(format!("{rest}{first}{}", letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TextFields, TextPrompt};

    #[test]
    fn a_question_loses_json_and_nothing_else() {
        let question = "Answer with JSON only: {}. If you cannot write JSON, say 3.";
        let fields = TextFields { question, ..TextFields::default() };
        let whole = TextPrompt::Solve.render(&fields).unwrap();
        let words = in_words_alone(&whole).unwrap();
        let end = "\nWrite one step a line and the answer last, after \"Answer:\".";
        assert!(words.trim_end().ends_with(end), "{words}");
        assert!(words.contains(question), "what the user asks stays: {words}");
        assert!(!words.contains("\"steps\""), "{words}");
    }

    #[test]
    fn a_question_that_knows_no_words_stays_as_it_is() {
        let draft = crate::Solution { steps: vec!["1 + 1 = 2".to_owned()], answer: "2".to_owned() };
        let fields =
            TextFields { question: "1 + 1?", draft: Some(&draft), ..TextFields::default() };
        let judge = TextPrompt::Judge.render(&fields).unwrap();
        assert_eq!((judge.contains("JSON"), in_words_alone(&judge)), (true, None));
    }
}
