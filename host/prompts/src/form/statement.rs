//! The forms of an answer that is written statement by statement, each on evidence of its own: what to
//! search for next, whether that was the right thing, and the statement with what it stands on.

use pentimento_model::Contract;
use serde_json::json;

use super::{
    Form, InSteps, Json, Unusable, contract,
    inquiry::{bracketed, query_in},
    sentence,
};

/// What comes next: a search, or the answer that the statements lead to.
#[derive(Clone, Copy, Debug)]
pub struct Onward {
    /// A further statement is possible.
    pub may_search: bool,
}

/// What was said to come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This is to be searched for.
    Search(String),
    /// Nothing more: this is the answer.
    Answer(String),
}

impl Form for Onward {
    type Value = Next;

    fn contract(&self) -> Contract {
        let text = json!({ "type": "string" });
        let mut properties = json!({ "answer": text });
        if let (true, Some(map)) = (self.may_search, properties.as_object_mut()) {
            map.insert("query".to_owned(), text);
        }
        contract("onward", &properties)
    }

    /// A query counts more than an answer that is given beside it: that would be one without evidence.
    fn of_json(&self, value: &Json<'_>) -> Result<Next, Unusable> {
        let query = value.get("query").and_then(Json::as_str).and_then(sentence);
        match query.filter(|_| self.may_search) {
            Some(query) => Ok(Next::Search(query)),
            None => Ok(Next::Answer(InSteps.of_json(value)?.answer)),
        }
    }

    fn of_words(&self, text: &str) -> Result<Next, Unusable> {
        match query_in(text).filter(|_| self.may_search) {
            Some(query) => Ok(Next::Search(query)),
            None => Ok(Next::Answer(InSteps.of_words(text)?.answer)),
        }
    }
}

/// A query that was thought of again; empty if nothing is better than the one before.
#[derive(Clone, Copy, Debug)]
pub struct Rethought;

impl Form for Rethought {
    type Value = String;

    fn contract(&self) -> Contract {
        contract("rethought", &json!({ "query": { "type": "string" } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<String, Unusable> {
        let query = value.get("query").and_then(Json::as_str);
        let query = query.ok_or_else(|| Unusable::new("there is no text `query` in the answer"))?;
        Ok(sentence(query).unwrap_or_default())
    }

    fn of_words(&self, text: &str) -> Result<String, Unusable> {
        query_in(text)
            .ok_or_else(|| Unusable::new("there is no line `Search Query:` in the answer"))
    }
}

/// A statement with the passages that it stands on.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'p> {
    /// The passages that may be cited, by their numbers less 1.
    pub passages: &'p [usize],
    /// More are left out.
    pub most: usize,
}

/// A statement, and what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    /// The statement, without numbers; empty if none can be made.
    pub statement: String,
    /// The passages, by their numbers less 1, each once, in order.
    pub cited: Vec<usize>,
}

impl Stated<'_> {
    fn of(&self, statement: &str, named: impl Iterator<Item = u64>) -> Cited {
        let index = |number: u64| usize::try_from(number).ok()?.checked_sub(1);
        let all = named.chain(bracketed(statement)).filter_map(index);
        let mut cited: Vec<usize> = all.filter(|at| self.passages.contains(at)).collect();
        cited.sort_unstable();
        cited.dedup();
        cited.truncate(self.most);
        let statement = sentence(&without_marks(statement)).unwrap_or_default();
        Cited { statement, cited }
    }
}

impl Form for Stated<'_> {
    type Value = Cited;

    fn contract(&self) -> Contract {
        let numbers = json!({ "type": "array", "items": { "type": "integer" } });
        contract("stated", &json!({ "statement": { "type": "string" }, "cited": numbers }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Cited, Unusable> {
        let statement = value.get("statement").and_then(Json::as_str);
        let statement =
            statement.ok_or_else(|| Unusable::new("there is no text `statement` in the answer"))?;
        let cited = value.get("cited").and_then(Json::as_array);
        Ok(self.of(statement, cited.into_iter().flatten().filter_map(Json::as_u64)))
    }

    /// A sentence with numbers in brackets.
    fn of_words(&self, text: &str) -> Result<Cited, Unusable> {
        Ok(self.of(text, std::iter::empty()))
    }
}

/// A text without numbers in brackets, such as `[2]`, and the space before them.
fn without_marks(text: &str) -> String {
    let mut pieces = text.split('[');
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((number, rest)) if number.parse::<u64>().is_ok() => {
                kept.truncate(kept.trim_end().len());
                kept.push_str(rest);
            }
            _ => {
                kept.push('[');
                kept.push_str(piece);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn a_search_goes_before_an_answer_while_one_is_possible() {
        let (search, answer) = (
            |text: &str| Next::Search(text.to_owned()),
            |text: &str| Next::Answer(text.to_owned()),
        );
        for (said, while_possible, at_last) in [
            (
                r#"{"query": "capital\nof Peru", "answer": "Cusco"}"#,
                Some(search("capital of Peru")),
                Some(answer("Cusco")),
            ),
            (r#"{"query": " ", "answer": "Lima"}"#, Some(answer("Lima")), Some(answer("Lima"))),
            (r#"{"answer": 7}"#, Some(answer("7")), Some(answer("7"))),
            ("> Search Query: capital of Peru", Some(search("capital of Peru")), None),
            ("I know.\nAnswer: Lima", Some(answer("Lima")), Some(answer("Lima"))),
            (r#"{"query": ""}"#, None, None),
        ] {
            let next = |may_search| read(&Onward { may_search }, said).ok();
            assert_eq!(next(true), while_possible, "{said}");
            if at_last.is_some() {
                assert_eq!(next(false), at_last, "{said}");
            }
        }
        assert!(!Onward { may_search: false }.contract().schema.contains("query"));
    }

    #[test]
    fn a_query_is_thought_of_again_or_left_as_it_is() {
        for (said, expected) in [
            (r#"{"query": "rivers of Peru"}"#, Some("rivers of Peru")),
            (r#"{"query": ""}"#, Some("")),
            ("Better so.\nSearch Query: rivers", Some("rivers")),
            (r#"{"text": "rivers"}"#, None),
            ("rivers", None),
        ] {
            assert_eq!(read(&Rethought, said).ok().as_deref(), expected, "{said}");
        }
    }

    #[test]
    fn a_statement_cites_what_was_shown_each_once_and_says_so_beside_it() {
        let form = Stated { passages: &[0, 3, 4], most: 2 };
        for (said, statement, cited) in [
            (
                r#"{"statement": "Lima is it [4].", "cited": [1, 9, 0, -1, 4]}"#,
                "Lima is it.",
                vec![0, 3],
            ),
            (r#"{"statement": "It is [so] [2].", "cited": []}"#, "It is [so].", vec![]),
            (r#"{"statement": "", "cited": [1]}"#, "", vec![0]),
            ("Lima is it [1] [5][4].", "Lima is it.", vec![0, 3]),
        ] {
            let expected = Cited { statement: statement.to_owned(), cited };
            assert_eq!(read(&form, said), Ok(expected), "{said}");
        }
        assert!(read(&form, r#"{"text": "Lima"}"#).is_err());
    }
}
