//! The form of a critique with a search tool: a query for more evidence, or else the correction.

use pentimento_model::Contract;
use serde_json::{Value, json};

use super::{Form, InSteps, Json, Solution, Unusable, contract, sentence};

/// What CRITIC's models write before a query.
const QUERY: &str = "search query:";

/// More evidence, or a correction.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry {
    /// More evidence may be asked for.
    pub may_search: bool,
    /// Passages that may be cited, by their numbers, counted from 1.
    pub passages: usize,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inquired {
    /// This is to be searched for.
    Search(String),
    /// The answer, corrected or kept.
    Corrected {
        /// The answer.
        solution: Solution,
        /// The passages that it stands on, counted from 0, each once, in order.
        cited: Vec<usize>,
    },
}

impl Inquiry {
    /// The correction, with the passages that are named by number.
    fn corrected(self, solution: Solution, named: impl Iterator<Item = u64>) -> Inquired {
        let index = |number: u64| usize::try_from(number).ok()?.checked_sub(1);
        let named = named.filter_map(index).filter(|at| *at < self.passages);
        let pieces = solution.steps.iter().chain([&solution.answer]);
        let within = pieces.flat_map(|text| bracketed(text)).filter_map(index);
        let within = within.filter(|at| *at < self.passages);
        let mut cited: Vec<usize> = named.chain(within).collect();
        cited.sort_unstable();
        cited.dedup();
        Inquired::Corrected { solution, cited }
    }
}

impl Form for Inquiry {
    type Value = Inquired;

    fn contract(&self) -> Contract {
        let text = json!({ "type": "string" });
        let list = |of: &Value| json!({ "type": "array", "items": of });
        let mut properties = json!({
            "problems": list(&text),
            "steps": list(&text),
            "answer": text,
            "cited": list(&json!({ "type": "integer" })),
        });
        if let (true, Some(map)) = (self.may_search, properties.as_object_mut()) {
            map.insert("query".to_owned(), text);
        }
        contract("inquiry", &properties)
    }

    /// A query counts more than an answer that is given beside it: it would be one without evidence.
    fn of_json(&self, value: &Json<'_>) -> Result<Inquired, Unusable> {
        let query = value.get("query").and_then(Json::as_str).and_then(sentence);
        if let Some(query) = query.filter(|_| self.may_search) {
            return Ok(Inquired::Search(query));
        }
        let cited = value.get("cited").and_then(Json::as_array);
        let cited = cited.into_iter().flatten().filter_map(Json::as_u64);
        Ok(self.corrected(InSteps.of_json(value)?, cited))
    }

    /// A line such as CRITIC's `> Search Query: …`, or else an answer with numbers in brackets.
    fn of_words(&self, text: &str) -> Result<Inquired, Unusable> {
        match query_in(text).filter(|_| self.may_search) {
            Some(query) => Ok(Inquired::Search(query)),
            None => Ok(self.corrected(InSteps.of_words(text)?, std::iter::empty())),
        }
    }
}

/// The query of the last line that has one.
pub(super) fn query_in(text: &str) -> Option<String> {
    text.lines().rev().find_map(|line| {
        let at = line.to_ascii_lowercase().find(QUERY)?;
        sentence(line.get(at + QUERY.len()..)?)
    })
}

/// Numbers in brackets, as in `… [2]`.
pub(super) fn bracketed(text: &str) -> impl Iterator<Item = u64> {
    text.split('[').skip(1).filter_map(|piece| piece.split_once(']')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    const BOTH: Inquiry = Inquiry { may_search: true, passages: 2 };

    fn corrected(steps: &[&str], answer: &str, cited: &[usize]) -> Inquired {
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        let solution = Solution { steps, answer: answer.to_owned() };
        Inquired::Corrected { solution, cited: cited.to_vec() }
    }

    #[test]
    fn a_query_is_read_from_json_and_from_the_papers_own_words() {
        for answer in [
            r#"{"problems": [], "query": "capital of\nPeru", "steps": [], "answer": "", "cited": []}"#,
            r#"{"query": "capital of Peru", "steps": [], "answer": "Cusco"}"#,
            "1. Plausibility: fine.\n2. Truthfulness:\n> Search Query: capital of Peru",
        ] {
            let read = read(&BOTH, answer).unwrap();
            let Inquired::Search(query) = read else { panic!("{answer}: {read:?}") };
            assert!(query.starts_with("capital of") && query.ends_with("Peru"), "{query:?}");
            assert!(!query.contains('\n'));
        }
    }

    #[test]
    fn a_correction_cites_passages_that_are_there_each_once() {
        for (answer, expected) in [
            (
                r#"{"query": "", "steps": ["It is [1]."], "answer": "Lima", "cited": [2, 1, 9, 0, -1, 2]}"#,
                corrected(&["It is [1]."], "Lima", &[0, 1]),
            ),
            (
                "It is so [2], not [3].\nAnswer: Lima [x]",
                corrected(&["It is so [2], not [3]."], "Lima [x]", &[1]),
            ),
        ] {
            assert_eq!(read(&BOTH, answer), Ok(expected), "{answer}");
        }
    }

    #[test]
    fn when_no_search_is_left_a_query_is_none() {
        let last = Inquiry { may_search: false, ..BOTH };
        assert!(!last.contract().schema.contains("query"));
        let answered = r#"{"query": "more", "steps": [], "answer": "Lima", "cited": []}"#;
        assert_eq!(read(&last, answered), Ok(corrected(&[], "Lima", &[])));
        assert!(read(&last, r#"{"query": "more", "steps": [], "answer": ""}"#).is_err());
    }
}
