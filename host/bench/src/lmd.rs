//! The LMD benchmark's prompts and predicates (LLM-grounded Diffusion, arXiv:2305.13655; code
//! TonyLianLong/LLM-groundedDiffusion, `utils/eval/lmd.py`).
//!
//! The published metric reads a detector's boxes; here the same predicates read the truth.

use pentimento_easel::{Truth, scene::SceneItem};
use pentimento_model::{Attribute, Color};
use serde::Deserialize;

use crate::{
    BenchError,
    task::{self, Prompt},
};

const FILE: &str = include_str!("../../../assets/benchmarks/lmd/lmd_prompts.jsonl");

pub(crate) const CATEGORIES: [&str; 4] = ["negation", "numeracy", "attribution", "spatial"];

#[derive(Deserialize)]
struct Row {
    task: String,
    prompt: String,
    objects: Vec<String>,
    #[serde(default)]
    count: usize,
    #[serde(default)]
    colors: Vec<String>,
    #[serde(default)]
    locations: Vec<String>,
}

/// What a right picture holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Gold {
    /// Exactly this many of the noun (0 for negation).
    Count { noun: String, count: usize },
    /// At least one of each noun in its color.
    Colors(Vec<(String, Color)>),
    /// Both nouns, the first one's center on this side of the second one's.
    Side { first: String, second: String, side: Side },
}

/// Where the first object's center lies, seen from the second one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

pub(crate) fn prompts() -> Result<Vec<Prompt>, BenchError> {
    let mut prompts = Vec::new();
    for (number, line) in FILE.lines().enumerate() {
        let broken = |source| BenchError::Task { task: "lmd", line: number + 1, source };
        let row: Row = serde_json::from_str(line).map_err(broken)?;
        let category = CATEGORIES.into_iter().find(|name| *name == row.task);
        let gold = gold(&row).zip(category);
        let unknown = || serde::de::Error::custom("the row has an unknown task, color or location");
        let (gold, category) = gold.ok_or_else(unknown).map_err(broken)?;
        prompts.push(Prompt { number, category, idea: row.prompt, gold: task::Gold::Lmd(gold) });
    }
    Ok(prompts)
}

fn gold(row: &Row) -> Option<Gold> {
    let mut objects = row.objects.iter().cloned();
    match row.task.as_str() {
        "negation" | "numeracy" => Some(Gold::Count { noun: objects.next()?, count: row.count }),
        "attribution" => {
            let colors = row.colors.iter().map(|word| Color::from_word(word));
            let pairs = objects.zip(colors);
            pairs.map(|(noun, color)| Some((noun, color?))).collect::<Option<_>>().map(Gold::Colors)
        }
        "spatial" => {
            let side = match row.locations.first()?.as_str() {
                "left" => Side::Left,
                "right" => Side::Right,
                "top" => Side::Top,
                "bottom" => Side::Bottom,
                _ => return None,
            };
            Some(Gold::Side { first: objects.next()?, second: objects.next()?, side })
        }
        _ => None,
    }
}

impl Gold {
    pub(crate) fn passes(&self, truth: &Truth) -> bool {
        match self {
            Self::Count { noun, count } => of(truth, noun).count() == *count,
            Self::Colors(wanted) => {
                wanted.iter().all(|(noun, color)| of(truth, noun).any(|item| looks(item, *color)))
            }
            Self::Side { first, second, side } => of(truth, first)
                .any(|first| of(truth, second).any(|second| lies(first, second, *side))),
        }
    }
}

/// The items of one class.
fn of<'a>(truth: &'a Truth, noun: &'a str) -> impl Iterator<Item = &'a SceneItem> {
    truth.items.iter().filter(move |item| item.noun == noun)
}

/// True if the item may be called by this color: tinted so, or natural and usually so.
pub(crate) fn looks(item: &SceneItem, color: Color) -> bool {
    match item.attribute {
        Some(attribute) => attribute == Attribute::Color(color),
        None => pentimento_world::noun(&item.noun).is_some_and(|noun| noun.usual.contains(&color)),
    }
}

fn lies(first: &SceneItem, second: &SceneItem, side: Side) -> bool {
    let ((x, y), (other_x, other_y)) = (first.region.center(), second.region.center());
    match side {
        Side::Left => x < other_x,
        Side::Right => x > other_x,
        Side::Top => y < other_y,
        Side::Bottom => y > other_y,
    }
}

#[cfg(test)]
mod tests;
