//! GenEval's prompts and rules (arXiv:2310.11513; code djghosh13/geneval,
//! `evaluation/evaluate_images.py`).
//!
//! All include clauses must hold and no exclude clause may. The published metric reads a
//! detector's boxes; here the same rules read the truth, where every object is certain: a clause
//! takes all objects of its class instead of the most confident ones.

use pentimento_easel::{Truth, scene::SceneItem};
use pentimento_model::{Color, Region};
use serde::Deserialize;

use crate::{
    BenchError, lmd,
    task::{self, Prompt},
};

const FILE: &str = include_str!("../../../assets/benchmarks/geneval/evaluation_metadata.jsonl");

pub(crate) const CATEGORIES: [&str; 6] =
    ["single_object", "two_object", "counting", "colors", "position", "color_attr"];

/// Share of the two boxes' summed size within which two centers count as level.
const POSITION_THRESHOLD: f32 = 0.1;
/// A direction holds from this component of the normalized offset on.
const DIRECTION_THRESHOLD: f32 = 0.5;
/// Offsets below this are none at all.
const NO_OFFSET: f32 = 1e-3;

#[derive(Deserialize)]
struct Row {
    tag: String,
    include: Vec<Clause>,
    #[serde(default)]
    exclude: Vec<Clause>,
    prompt: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
struct Clause {
    class: String,
    count: usize,
    color: Option<String>,
    position: Option<(String, usize)>,
}

/// What a right picture holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gold {
    include: Vec<Clause>,
    exclude: Vec<Clause>,
}

pub(crate) fn prompts() -> Result<Vec<Prompt>, BenchError> {
    let mut prompts = Vec::new();
    for (number, line) in FILE.lines().enumerate() {
        let broken = |source| BenchError::Task { task: "geneval", line: number + 1, source };
        let row: Row = serde_json::from_str(line).map_err(broken)?;
        let category = CATEGORIES.into_iter().find(|name| *name == row.tag);
        let unknown = || serde::de::Error::custom(format!("unknown tag `{}`", row.tag));
        let category = category.ok_or_else(unknown).map_err(broken)?;
        let gold = task::Gold::GenEval(Gold { include: row.include, exclude: row.exclude });
        prompts.push(Prompt { number, category, idea: row.prompt, gold });
    }
    Ok(prompts)
}

impl Gold {
    /// At least so many of each kind are there; the first ones lie so to the second ones, if that is said.
    pub(crate) fn of(kinds: &[(&str, usize)], relation: Option<&str>) -> Self {
        let clause = |(at, (class, count)): (usize, &(&str, usize))| Clause {
            class: (*class).to_owned(),
            count: *count,
            color: None,
            position: relation.filter(|_| at == 0).map(|relation| (relation.to_owned(), 1)),
        };
        Self { include: kinds.iter().enumerate().map(clause).collect(), exclude: Vec::new() }
    }

    /// So many of a kind are there and not one more.
    pub(crate) fn exactly(kind: &str, count: usize) -> Self {
        let exclude = Self::of(&[(kind, count + 1)], None).include;
        Self { exclude, ..Self::of(&[(kind, count)], None) }
    }

    pub(crate) fn passes(&self, truth: &Truth) -> bool {
        let of = |class: &str| -> Vec<&SceneItem> {
            truth.items.iter().filter(|item| item.noun == class).collect()
        };
        let included = self.include.iter().all(|clause| {
            let found = of(&clause.class);
            found.len() >= clause.count
                && has_color(&found, clause)
                && clause.position.as_ref().is_none_or(|(relation, target)| {
                    let target = self.include.get(*target).map(|target| of(&target.class));
                    target.is_some_and(|targets| all_pairs(&found, &targets, relation))
                })
        });
        included && !self.exclude.iter().any(|clause| of(&clause.class).len() >= clause.count)
    }
}

fn has_color(found: &[&SceneItem], clause: &Clause) -> bool {
    let Some(word) = &clause.color else { return true };
    let Some(color) = Color::from_word(word) else { return false };
    found.iter().filter(|item| lmd::looks(item, color)).count() >= clause.count
}

fn all_pairs(objects: &[&SceneItem], targets: &[&SceneItem], relation: &str) -> bool {
    objects
        .iter()
        .all(|object| targets.iter().all(|target| holds(&object.region, &target.region, relation)))
}

/// GenEval's relative position: the offset between centers, shrunk by a tenth of both boxes' size
/// on each axis; a direction holds if its component of the normalized offset is over one half.
fn holds(object: &Region, target: &Region, relation: &str) -> bool {
    let (a, b) = (object.center(), target.center());
    let offset = (a.0 - b.0, a.1 - b.1);
    let shrunk = (
        shrink(offset.0, object.width() + target.width()),
        shrink(offset.1, object.height() + target.height()),
    );
    if shrunk.0.abs() < NO_OFFSET && shrunk.1.abs() < NO_OFFSET {
        return false;
    }
    let norm = offset.0.hypot(offset.1);
    let (x, y) = (shrunk.0 / norm, shrunk.1 / norm);
    match relation {
        "left of" => x < -DIRECTION_THRESHOLD,
        "right of" => x > DIRECTION_THRESHOLD,
        "above" => y < -DIRECTION_THRESHOLD,
        "below" => y > DIRECTION_THRESHOLD,
        _ => false,
    }
}

fn shrink(offset: f32, sizes: f32) -> f32 {
    (offset.abs() - POSITION_THRESHOLD * sizes).max(0.0) * offset.signum()
}

#[cfg(test)]
mod tests;
