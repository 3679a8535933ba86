//! Forms of recipes that correct step by step: where a text goes wrong, and how it goes on.

use std::sync::LazyLock;

use pentimento_model::{Contract, clean};
use serde_json::{Value, json};

use super::{Form, InSteps, Json, Solution, Unusable, contract, cut};

/// Bytes of a reason.
const WHY_BYTES: usize = 1 << 10;

pub(super) fn solution_with(name: &str, key: &str, schema: &Value) -> Contract {
    let steps = json!({ "type": "array", "items": { "type": "string" } });
    contract(name, &json!({ key: schema, "steps": steps, "answer": { "type": "string" } }))
}

/// A text corrected in the same breath in which it is criticized.
#[derive(Clone, Copy, Debug)]
pub struct Corrected;

impl Form for Corrected {
    type Value = Solution;

    fn contract(&self) -> Contract {
        static MADE: LazyLock<Contract> = LazyLock::new(|| {
            let problems = json!({ "type": "array", "items": { "type": "string" } });
            solution_with("correction", "problems", &problems)
        });
        MADE.lasting()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Solution, Unusable> {
        InSteps.of_json(value)
    }

    fn of_words(&self, text: &str) -> Result<Solution, Unusable> {
        InSteps.of_words(text)
    }
}

/// The steps after those that are kept, and the answer.
#[derive(Clone, Copy, Debug)]
pub struct Continuation;

impl Form for Continuation {
    type Value = Solution;

    fn contract(&self) -> Contract {
        Contract { name: "continuation".into(), ..InSteps.contract() }
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Solution, Unusable> {
        InSteps.of_json(value)
    }

    fn of_words(&self, text: &str) -> Result<Solution, Unusable> {
        InSteps.of_words(text)
    }
}

/// How many of the steps so far are kept, and all steps and the answer after those.
#[derive(Clone, Copy, Debug)]
pub struct Deepened {
    /// How many steps there are so far.
    pub steps: usize,
}

impl Form for Deepened {
    type Value = (usize, Solution);

    fn contract(&self) -> Contract {
        solution_with("deepened", "keep", &json!({ "type": "integer" }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<(usize, Solution), Unusable> {
        let keep = value.get("keep").and_then(Json::as_u64);
        let keep = keep.and_then(|keep| usize::try_from(keep).ok());
        let keep = keep.filter(|keep| *keep <= self.steps);
        let most = self.steps;
        let wrong = || Unusable::new(format!("`keep` is no number from 0 to {most}"));
        Ok((keep.ok_or_else(wrong)?, InSteps.of_json(value)?))
    }

    /// Without a number nobody knows what is kept.
    fn of_words(&self, _text: &str) -> Result<(usize, Solution), Unusable> {
        Err(Unusable::new("the answer is no JSON"))
    }
}

/// A text looked at again: kept by whoever is confident, updated otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Reconsidered;

impl Form for Reconsidered {
    type Value = Solution;

    fn contract(&self) -> Contract {
        solution_with("reconsidered", "confident", &json!({ "type": "boolean" }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Solution, Unusable> {
        InSteps.of_json(value)
    }

    fn of_words(&self, text: &str) -> Result<Solution, Unusable> {
        InSteps.of_words(text)
    }
}

/// The first step that is wrong, counted from 0; `None` if none is.
#[derive(Clone, Copy, Debug)]
pub struct FirstWrong {
    /// How many steps there are.
    pub steps: usize,
}

impl FirstWrong {
    fn checked(self, number: u64) -> Result<Option<usize>, Unusable> {
        let number = usize::try_from(number).ok().filter(|number| *number < self.steps);
        let last = self.steps.saturating_sub(1);
        let wrong = || Unusable::new(format!("the steps are numbered from 0 to {last}"));
        number.map(Some).ok_or_else(wrong)
    }
}

impl Form for FirstWrong {
    type Value = Option<usize>;

    fn contract(&self) -> Contract {
        contract("location", &json!({ "first_wrong": { "type": ["integer", "null"] } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Option<usize>, Unusable> {
        match value.get("first_wrong") {
            Some(Json::Null) => Ok(None),
            Some(Json::Number(number)) => match number.as_u64() {
                Some(number) => self.checked(number),
                None => Err(Unusable::new("`first_wrong` is no number of a step")),
            },
            _ => Err(Unusable::new("there is no `first_wrong` in the answer")),
        }
    }

    /// A number alone, or the paper's "No".
    fn of_words(&self, text: &str) -> Result<Option<usize>, Unusable> {
        let plain = text.trim().trim_end_matches('.');
        if plain.eq_ignore_ascii_case("no") || plain.eq_ignore_ascii_case("null") {
            return Ok(None);
        }
        let number =
            plain.parse().map_err(|_| Unusable::new("the answer is no number of a step"))?;
        self.checked(number)
    }
}

/// What was said of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// It follows, and is right.
    pub correct: bool,
    /// Why not.
    pub why: String,
}

/// A judgement of each step.
#[derive(Clone, Copy, Debug)]
pub struct StepByStep {
    /// How many steps there are.
    pub steps: usize,
}

impl Form for StepByStep {
    type Value = Vec<Judged>;

    fn contract(&self) -> Contract {
        let one = json!({
            "type": "object",
            "properties": { "correct": { "type": "boolean" }, "why": { "type": "string" } },
            "required": ["correct", "why"],
            "additionalProperties": false,
        });
        contract("judgements", &json!({ "steps": { "type": "array", "items": one } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Judged>, Unusable> {
        let all = AnySteps.of_json(value)?;
        if all.len() == self.steps {
            return Ok(all);
        }
        let (wanted, got) = (self.steps, all.len());
        Err(Unusable::new(format!("there are {wanted} steps and {got} judgements")))
    }

    fn of_words(&self, _text: &str) -> Result<Vec<Judged>, Unusable> {
        Err(Unusable::new("the answer is no JSON"))
    }
}

/// The same of however many steps.
struct AnySteps;

impl Form for AnySteps {
    type Value = Vec<Judged>;

    fn contract(&self) -> Contract {
        StepByStep { steps: 0 }.contract()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<Judged>, Unusable> {
        let list = value.get("steps").and_then(Json::as_array);
        let list = list.ok_or_else(|| Unusable::new("there is no list `steps` in the answer"))?;
        let judged = |one: &Json<'_>| {
            let correct = one.get("correct").or(Some(one)).and_then(Json::as_bool);
            let why = one.get("why").and_then(Json::as_str).unwrap_or_default();
            let why = cut(clean(why).trim(), WHY_BYTES).to_owned();
            let correct = correct.ok_or_else(|| Unusable::new("a judgement has no `correct`"))?;
            Ok(Judged { correct, why })
        };
        list.iter().map(judged).collect()
    }

    fn of_words(&self, _text: &str) -> Result<Vec<Judged>, Unusable> {
        Err(Unusable::new("the answer is no JSON"))
    }
}

/// What an answer judges of the steps it was shown, if it judges any.
pub(crate) fn judged(answer: &str) -> Option<Vec<Judged>> {
    super::read(&AnySteps, answer).ok().filter(|judged| !judged.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn the_first_wrong_step_is_a_number_or_none() {
        let form = FirstWrong { steps: 3 };
        for (answer, expected) in [
            ("{\"first_wrong\": 2}", Some(Some(2))),
            ("{\"first_wrong\": null}", Some(None)),
            ("1", Some(Some(1))),
            ("No.", Some(None)),
            ("{\"first_wrong\": 3}", None),
            ("{\"first_wrong\": -1}", None),
            ("{\"first_wrong\": \"2\"}", None),
            ("the second", None),
            ("7", None),
        ] {
            assert_eq!(read(&form, answer).ok(), expected, "{answer}");
        }
    }

    #[test]
    fn there_is_a_judgement_for_each_step_or_none_counts() {
        let form = StepByStep { steps: 2 };
        let good = "{\"steps\": [{\"correct\": true, \"why\": \"\"}, {\"correct\": false, \"why\": \"3\\n4\"}]}";
        let judged = read(&form, good).unwrap();
        assert_eq!(judged[1], Judged { correct: false, why: "3 4".to_owned() });
        assert!(read(&form, "{\"steps\": [true, false]}").is_ok());
        for bad in ["{\"steps\": [true]}", "{\"steps\": [1, 2]}", "{}", "fine"] {
            assert!(read(&form, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_more_steps_are_kept_than_there_are() {
        let form = Deepened { steps: 2 };
        let answer = |keep: &str| format!("{{\"keep\": {keep}, \"steps\": [], \"answer\": \"1\"}}");
        for (keep, expected) in [("0", Some(0)), ("2", Some(2)), ("3", None), ("-1", None)] {
            assert_eq!(read(&form, &answer(keep)).ok().map(|(keep, _)| keep), expected, "{keep}");
        }
        assert!(read(&form, "Answer: 1").is_err());
    }

    #[test]
    fn a_corrected_a_continued_and_a_reconsidered_text_are_texts() {
        let answer =
            "{\"problems\": [], \"confident\": true, \"steps\": [\"a\"], \"answer\": \"1\"}";
        let solution = Solution { steps: vec!["a".to_owned()], answer: "1".to_owned() };
        assert_eq!(read(&Corrected, answer), Ok(solution.clone()));
        assert_eq!(read(&Continuation, answer), Ok(solution.clone()));
        assert_eq!(read(&Reconsidered, answer), Ok(solution.clone()));
        assert_eq!(read(&Reconsidered, "a\nAnswer: 1"), Ok(solution));
    }
}
