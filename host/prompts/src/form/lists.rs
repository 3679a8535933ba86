//! Forms of recipes that think about a text again: lists of sentences, one text, scores, numbers.

use pentimento_model::{Contract, clean};
use serde_json::json;

use super::{Form, Json, Unusable, contract, cut, says_something};

/// Bytes of one thing that is listed.
const ITEM_BYTES: usize = 1 << 10;
/// Bytes of a text that is no whole answer: a sentence, a question.
const TEXT_BYTES: usize = 16 << 10;
/// The best score of a step or an answer (`MAgICoRe`'s scale).
const BEST: f64 = 10.0;

/// Sentences, at most so many and none twice; an empty list is one.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// The contract's name.
    pub name: &'static str,
    /// More than these are left out.
    pub most: usize,
}

impl Listed {
    fn of<'t>(self, items: impl Iterator<Item = &'t str>) -> Vec<String> {
        let mut known: Vec<String> = Vec::new();
        for item in items.map(|item| line(item, ITEM_BYTES)) {
            if !item.is_empty() && !known.contains(&item) && known.len() < self.most {
                known.push(item);
            }
        }
        known
    }
}

impl Form for Listed {
    type Value = Vec<String>;

    fn contract(&self) -> Contract {
        let texts = json!({ "type": "array", "items": { "type": "string" } });
        contract(self.name, &json!({ "items": texts }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<String>, Unusable> {
        let items = items(value, "items")?;
        Ok(self.of(items.iter().filter_map(Json::as_str)))
    }

    /// One a line, with a bullet or without. What has neither a word nor a number is no list, not even an
    /// empty one.
    fn of_words(&self, text: &str) -> Result<Vec<String>, Unusable> {
        if !says_something(text) {
            return Err(nothing());
        }
        let bullets = ['-', '*', '•', ' '];
        let lines = text.lines().map(|line| line.trim().trim_start_matches(bullets));
        Ok(self.of(lines.filter(|line| says_something(line))))
    }
}

/// As many sentences as there are things they speak of, in order.
#[derive(Clone, Copy, Debug)]
pub struct Each {
    /// The contract's name.
    pub name: &'static str,
    /// How many there are.
    pub count: usize,
}

impl Each {
    fn counted(self, all: Vec<String>) -> Result<Vec<String>, Unusable> {
        let (wanted, got) = (self.count, all.len());
        if wanted == got {
            return Ok(all);
        }
        Err(Unusable::new(format!("{wanted} items are wanted, and there are {got}")))
    }
}

impl Form for Each {
    type Value = Vec<String>;

    fn contract(&self) -> Contract {
        Listed { name: self.name, most: self.count }.contract()
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<String>, Unusable> {
        let texts = items(value, "items")?.iter().map(Json::as_str);
        self.counted(texts.map(|text| line(text.unwrap_or_default(), ITEM_BYTES)).collect())
    }

    fn of_words(&self, text: &str) -> Result<Vec<String>, Unusable> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.counted(lines.map(|text| line(text, ITEM_BYTES)).collect())
    }
}

/// One text that is no whole answer.
#[derive(Clone, Copy, Debug)]
pub struct OneText {
    /// The contract's name.
    pub name: &'static str,
    /// Nothing is an answer too.
    pub may_be_empty: bool,
}

impl OneText {
    fn of(self, text: &str) -> Result<String, Unusable> {
        let lines: Vec<String> =
            cut(text.trim(), TEXT_BYTES).lines().map(|one| clean(one).trim().to_owned()).collect();
        let text = lines.join("\n").trim().to_owned();
        if text.is_empty() && !self.may_be_empty {
            return Err(Unusable::new("the text is empty"));
        }
        Ok(text)
    }
}

impl Form for OneText {
    type Value = String;

    fn contract(&self) -> Contract {
        contract(self.name, &json!({ "text": { "type": "string" } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<String, Unusable> {
        let text = value.get("text").and_then(Json::as_str);
        self.of(text.ok_or_else(|| Unusable::new("there is no `text` in the answer"))?)
    }

    fn of_words(&self, text: &str) -> Result<String, Unusable> {
        if says_something(text) { self.of(text) } else { Err(nothing()) }
    }
}

/// How good steps and answer are, from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// One for each step.
    pub steps: Vec<f64>,
    /// That of the answer.
    pub answer: f64,
}

/// A score of each step, and of the answer.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// How many steps there are.
    pub steps: usize,
}

impl Form for Scored {
    type Value = Scores;

    fn contract(&self) -> Contract {
        let number = json!({ "type": "number" });
        let steps = json!({ "type": "array", "items": number });
        contract("scores", &json!({ "steps": steps, "answer": number }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Scores, Unusable> {
        let wrong = || Unusable::new("a score is no number from 0 to 10");
        let score = |one: &Json<'_>| {
            let score = one.as_f64().filter(|score| (0.0..=BEST).contains(score));
            score.map(|score| score / BEST).ok_or_else(wrong)
        };
        let steps = items(value, "steps")?.iter().map(score).collect::<Result<Vec<f64>, _>>()?;
        if steps.len() != self.steps {
            let (wanted, got) = (self.steps, steps.len());
            return Err(Unusable::new(format!("there are {wanted} steps and {got} scores")));
        }
        let answer = value.get("answer").ok_or_else(|| Unusable::new("there is no `answer`"))?;
        Ok(Scores { steps, answer: score(answer)? })
    }

    fn of_words(&self, _text: &str) -> Result<Scores, Unusable> {
        Err(Unusable::new("the answer is no JSON"))
    }
}

/// How good one thing is, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Grade {
    /// The contract's name.
    pub name: &'static str,
}

impl Grade {
    fn of(score: f64) -> Result<f64, Unusable> {
        if (0.0..=BEST).contains(&score) {
            return Ok(score / BEST);
        }
        Err(Unusable::new("the score is no number from 0 to 10"))
    }
}

impl Form for Grade {
    type Value = f64;

    fn contract(&self) -> Contract {
        contract(self.name, &json!({ "score": { "type": "number" } }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<f64, Unusable> {
        let score = value.get("score").and_then(Json::as_f64);
        Self::of(score.ok_or_else(|| Unusable::new("there is no number `score` in the answer"))?)
    }

    /// A number alone, or of ten: `8/10`.
    fn of_words(&self, text: &str) -> Result<f64, Unusable> {
        let plain = text.trim().trim_end_matches("/10").trim_end_matches('.');
        Self::of(plain.parse().map_err(|_| Unusable::new("the answer is no number"))?)
    }
}

/// Numbers of things that are counted from 1, given as indexes from 0, in order and none twice; an
/// empty list is one. Numbers of nothing are left out.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// The contract's name.
    pub name: &'static str,
    /// How many things there are.
    pub of: usize,
}

impl Numbers {
    fn indexes(self, numbers: impl Iterator<Item = u64>) -> Vec<usize> {
        let index = |number: u64| usize::try_from(number.checked_sub(1)?).ok();
        let mut all: Vec<usize> = numbers.filter_map(index).filter(|at| *at < self.of).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Form for Numbers {
    type Value = Vec<usize>;

    fn contract(&self) -> Contract {
        let numbers = json!({ "type": "array", "items": { "type": "integer" } });
        contract(self.name, &json!({ "numbers": numbers }))
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Vec<usize>, Unusable> {
        Ok(self.indexes(items(value, "numbers")?.iter().filter_map(Json::as_u64)))
    }

    /// Numbers in any brackets, such as `[1] [3]`.
    fn of_words(&self, text: &str) -> Result<Vec<usize>, Unusable> {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
        let numbers: Vec<u64> = numbers.filter_map(|word| word.parse().ok()).collect();
        if numbers.is_empty() {
            return Err(Unusable::new("the answer names no number"));
        }
        Ok(self.indexes(numbers.into_iter()))
    }
}

fn nothing() -> Unusable {
    Unusable::new("there is neither a word nor a number in the answer")
}

fn items<'v, 'j>(value: &'v Json<'j>, key: &str) -> Result<&'v [Json<'j>], Unusable> {
    let list = value.get(key).and_then(Json::as_array);
    list.ok_or_else(|| Unusable::new(format!("there is no list `{key}` in the answer")))
}

/// One clean line within the bound.
fn line(text: &str, most: usize) -> String {
    cut(clean(text).trim(), most).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn lists_are_read_from_json_and_lines_and_hold_nothing_twice() {
        let form = Listed { name: "x", most: 2 };
        for (answer, expected) in [
            ("{\"items\": [\"a\", \" a \", \"b\\nc\", \"d\"]}", vec!["a", "b c"]),
            ("{\"items\": []}", vec![]),
            ("- a\n* b\n\n- c", vec!["a", "b"]),
        ] {
            assert_eq!(read(&form, answer).unwrap(), expected, "{answer}");
        }
        assert!(read(&form, "{\"list\": []}").is_err());
    }

    #[test]
    fn what_has_neither_a_word_nor_a_number_is_no_list_and_no_text() {
        let text = OneText { name: "x", may_be_empty: true };
        for junk in ["%%%", "--\n—", "{", "…"] {
            assert!(read(&Listed { name: "x", most: 2 }, junk).is_err(), "{junk}");
            assert!(read(&text, junk).is_err(), "{junk}");
        }
        assert_eq!(read(&Listed { name: "x", most: 2 }, "a\n---\nb").unwrap(), ["a", "b"]);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let long = "a".repeat(2 * TEXT_BYTES);
        let list = read(&Listed { name: "x", most: 2 }, &format!("{{\"items\": [\"{long}\"]}}"));
        assert_eq!(list.unwrap().concat().len(), ITEM_BYTES);
        let text = read(&OneText { name: "x", may_be_empty: false }, &long).unwrap();
        assert_eq!(text.len(), TEXT_BYTES);
    }

    #[test]
    fn there_is_one_for_each_or_none_counts() {
        let form = Each { name: "x", count: 2 };
        assert_eq!(read(&form, "{\"items\": [\"a\", \"a\"]}").unwrap(), ["a", "a"]);
        assert_eq!(read(&form, "a\n\nb").unwrap(), ["a", "b"]);
        assert!(read(&form, "{\"items\": [\"a\"]}").is_err());
    }

    #[test]
    fn a_text_keeps_its_lines_and_may_be_nothing_only_where_that_is_allowed() {
        let whole = OneText { name: "x", may_be_empty: false };
        assert_eq!(read(&whole, "{\"text\": \" a \\n b\\u0007 \"}").unwrap(), "a\nb");
        assert_eq!(read(&whole, "just words").unwrap(), "just words");
        let nothing = "{\"text\": \"  \"}";
        assert!(read(&whole, nothing).is_err());
        assert_eq!(read(&OneText { may_be_empty: true, ..whole }, nothing).unwrap(), "");
    }

    #[test]
    fn scores_are_for_every_step_and_within_the_scale() {
        let form = Scored { steps: 2 };
        let scores = read(&form, "{\"steps\": [10, 0], \"answer\": 5}").unwrap();
        assert_eq!(scores, Scores { steps: vec![1.0, 0.0], answer: 0.5 });
        for bad in [
            "{\"steps\": [10], \"answer\": 5}",
            "{\"steps\": [10, 11], \"answer\": 5}",
            "{\"steps\": [10, -1], \"answer\": 5}",
            "{\"steps\": [10, \"1\"], \"answer\": 5}",
            "{\"steps\": [10, 1]}",
            "9, 10, 8",
        ] {
            assert!(read(&form, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_grade_is_a_number_of_ten() {
        let form = Grade { name: "x" };
        for (answer, expected) in [
            ("{\"score\": 8}", Some(0.8)),
            ("7.5", Some(0.75)),
            ("8/10.", None),
            ("8/10", Some(0.8)),
            ("{\"score\": 11}", None),
            ("{\"score\": \"8\"}", None),
            ("NaN", None),
            ("good", None),
        ] {
            assert_eq!(read(&form, answer).ok(), expected, "{answer}");
        }
    }

    #[test]
    fn numbers_are_counted_from_one_and_those_of_nothing_left_out() {
        let form = Numbers { name: "x", of: 3 };
        for (answer, expected) in [
            ("{\"numbers\": [3, 1, 3, 9, 0]}", vec![0, 2]),
            ("{\"numbers\": []}", vec![]),
            ("[2] and [1].", vec![0, 1]),
        ] {
            assert_eq!(read(&form, answer).unwrap(), expected, "{answer}");
        }
        assert!(read(&form, "none").is_err());
    }
}
