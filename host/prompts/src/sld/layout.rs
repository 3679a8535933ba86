//! A whole new layout, as a writer plans it, and single items in words.

use std::collections::BTreeSet;

use pentimento_model::{Contract, ItemName, Layout, LayoutItem, Region, Score};
use serde_json::{Value, json};

use super::seen::region;
use crate::{
    Form, Json, Unusable,
    form::{contract, sentence},
    query::{list, object, word},
};

/// Items and problems that are read.
const MOST: usize = 64;
/// Where SLD's own answers begin.
const UPDATED: &str = "Updated Objects:";

/// An item as a model is told of it: `red apple #1 at [0.1, 0.2, 0.3, 0.4]`, and how sure it is if
/// that is not quite.
pub fn item_in_words(item: &LayoutItem) -> String {
    let (name, region) = (&item.name, &item.region);
    let (x, y, width, height) = (region.x(), region.y(), region.width(), region.height());
    let sure = item.confidence.value();
    let sure = if sure < 1.0 { format!(", sure {sure}") } else { String::new() };
    format!("{name} at [{x}, {y}, {width}, {height}]{sure}")
}

/// The same read back.
pub fn item_of_words(text: &str) -> Option<LayoutItem> {
    let (name, rest) = text.split_once(" at [")?;
    let (numbers, rest) = rest.split_once(']')?;
    let numbers: Vec<f32> =
        numbers.split(',').map(|one| one.trim().parse().ok()).collect::<Option<_>>()?;
    let region = Region::read(numbers.try_into().ok()?)?;
    let confidence = match rest.strip_prefix(", sure ") {
        Some(sure) => Score::new(sure.parse().ok()?)?,
        None => Score::ONE,
    };
    Some(LayoutItem { name: ItemName::read(name)?, region, confidence })
}

/// One thing that is wrong with a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In words.
    pub text: String,
    /// What it is about.
    pub item: Option<ItemName>,
}

/// A new layout with what was wrong with the old one.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Every item has its own name.
    pub layout: Layout,
    /// Empty if nobody says, or if nothing is.
    pub problems: Vec<Problem>,
}

/// The form of [`Planned`].
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The layout is that after a change that was asked for, and problems are what cannot be done.
    pub edits: bool,
}

impl Form for Plan {
    type Value = Planned;

    fn contract(&self) -> Contract {
        let (text, number) = (json!({ "type": "string" }), json!({ "type": "number" }));
        let problem = object(&json!({ "problem": text, "item": text }));
        let region = json!({ "type": "array", "items": number });
        let item = object(&json!({ "name": text, "box": region }));
        let list = |items: &Value| json!({ "type": "array", "items": items });
        contract(
            if self.edits { "edited" } else { "plan" },
            &json!({ "reasoning": text, "problems": list(&problem), "objects": list(&item) }),
        )
    }

    fn of_json(&self, value: &Json<'_>) -> Result<Planned, Unusable> {
        let mut names = Names::default();
        let item = |one: &Json<'_>| {
            let name = one.get("name").and_then(Json::as_str).unwrap_or_default();
            let region = region(name, one.get("box"))?;
            names.item(name, region)
        };
        let items: Result<Vec<LayoutItem>, Unusable> =
            list(value, "objects")?.iter().take(MOST).map(item).collect();
        let problems = value.get("problems").and_then(Json::as_array);
        let problem = |one: &Json<'_>| {
            let item = one.get("item").and_then(Json::as_str).and_then(word);
            Some(Problem {
                text: sentence(one.get("problem")?.as_str()?)?,
                item: item.as_deref().and_then(ItemName::read),
            })
        };
        let problems = problems.into_iter().flatten().take(MOST).filter_map(problem).collect();
        Ok(Planned { layout: Layout { items: items? }, problems })
    }

    /// SLD's own form: names in quotation marks, each before its box.
    fn of_words(&self, text: &str) -> Result<Planned, Unusable> {
        let none = || Unusable::new(format!("there is no `{UPDATED}` with a list in the answer"));
        let (_, rest) = text.rsplit_once(UPDATED).ok_or_else(none)?;
        let inner = rest.split_once('[').and_then(|(_, rest)| rest.rsplit_once(']'));
        let (inner, _) = inner.ok_or_else(none)?;
        let mut names = Names::default();
        let mut items = Vec::new();
        for piece in inner.split('(').skip(1).take(MOST) {
            let piece = piece.trim_start();
            let quote = piece.chars().next().filter(|mark| ['"', '\''].contains(mark));
            let (name, rest) =
                quote.and_then(|mark| piece.get(1..)?.split_once(mark)).ok_or_else(none)?;
            let numbers = rest.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
            let (numbers, _) = numbers.ok_or_else(none)?;
            let numbers = format!("[{numbers}]");
            let numbers: Json<'_> = serde_json::from_str(&numbers).map_err(|_| none())?;
            items.push(names.item(name, region(name, Some(&numbers))?)?);
        }
        Ok(Planned { layout: Layout { items }, problems: Vec::new() })
    }
}

/// Gives every item its own name: one that is used twice would stand for a thing in two places.
#[derive(Default)]
struct Names(BTreeSet<(String, u32)>);

impl Names {
    fn item(&mut self, name: &str, region: Region) -> Result<LayoutItem, Unusable> {
        let read = word(&name.to_lowercase()).as_deref().and_then(ItemName::read);
        let mut name = read.ok_or_else(|| Unusable::new("an object has no name"))?;
        while !self.0.insert((name.kind(), name.number)) {
            name.number = name.number.wrapping_add(1);
        }
        Ok(LayoutItem { name, region, confidence: Score::ONE })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read;

    const PLAN: Plan = Plan { edits: false };

    fn told(planned: &Planned) -> Vec<String> {
        planned.layout.items.iter().map(item_in_words).collect()
    }

    #[test]
    fn a_plan_is_read_in_json_and_in_the_papers_own_form() {
        let json = r#"{"reasoning": "…", "problems": [{"problem": "a cat is\nmissing", "item": "cat #2"},
            {"problem": "", "item": ""}, {"problem": "too dark", "item": ""}],
            "objects": [{"name": "Red Apple #1", "box": [0.1, 0.2, 0.3, 0.25]}, {"name": "cat", "box": [0, 0, 0.5, 0.5]},
            {"name": "cat #1", "box": [0.5, 0, 0.5, 0.5]}]}"#;
        let words = "The cats overlap.\nUpdated Objects: [(\"red apple #1\", [0.1, 0.2, 0.3, 0.25]), \
                     ('cat #1', [0, 0, 0.5, 0.5]), ('cat #1', [0.5, 0, 0.5, 0.5])]\n";
        let expected = [
            "red apple #1 at [0.1, 0.2, 0.3, 0.25]",
            "cat #1 at [0, 0, 0.5, 0.5]",
            "cat #2 at [0.5, 0, 0.5, 0.5]",
        ];
        let plan = read(&PLAN, json).unwrap();
        assert_eq!(told(&plan), expected);
        let problems: Vec<_> = plan.problems.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(problems, ["a cat is missing", "too dark"]);
        assert_eq!(plan.problems[0].item, ItemName::read("cat #2"));
        assert_eq!(told(&read(&PLAN, words).unwrap()), expected);
        assert!(read(&PLAN, "Updated Objects: []").unwrap().layout.items.is_empty());
    }

    #[test]
    fn what_is_no_plan_says_why() {
        for (answer, why) in [
            ("nothing is wrong", "there is no `Updated Objects:` with a list in the answer"),
            (
                "Updated Objects: [(cat, [0, 0, 1, 1])]",
                "there is no `Updated Objects:` with a list in the answer",
            ),
            (
                r#"{"objects": [{"name": "cat", "box": [0, 0, 512, 512]}]}"#,
                "the box of `cat` is not in fractions of the picture, from 0 to 1",
            ),
            (r#"{"objects": [{"name": " ", "box": [0, 0, 1, 1]}]}"#, "an object has no name"),
            (r#"{"plan": "none"}"#, "there is no list `objects` in the answer"),
        ] {
            assert_eq!(read(&PLAN, answer).unwrap_err().reason, why, "{answer}");
        }
    }

    proptest! {
        #[test]
        fn an_item_is_told_to_the_last_digit(
            x in 0.0_f32..0.9, y in 0.0_f32..0.9, w in 0.01_f32..1.0, h in 0.01_f32..1.0,
            sure in 0.0_f32..=1.0, number in 1_u32..9,
        ) {
            let item = LayoutItem {
                name: ItemName { number, ..ItemName::read("red wine glass").unwrap() },
                region: Region::new(x, y, w, h).unwrap(),
                confidence: Score::clamped(sure),
            };
            prop_assert_eq!(item_of_words(&item_in_words(&item)), Some(item));
        }
    }
}
