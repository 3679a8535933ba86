//! Counts what the runs of a benchmark came to. Pure: scored prompts in, result out.

use pentimento_measure::statistics::{Interval, interval, mean};
use serde::Serialize;

use crate::{
    Sight,
    task::Task,
    words::tally::{Comparison, truth},
};

/// One prompt's run, scored against the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Index in [`Task::categories`].
    pub category: &'static str,
    /// The first picture passes.
    pub before: bool,
    /// The draft after round 1, 2, … passes; the last draft stands in for rounds not needed.
    pub after: Vec<bool>,
    /// The picture that was handed out passes.
    pub last: bool,
    /// Pictures made or edited.
    pub images: u32,
    /// What the eye saw of this run's pictures, against the truth.
    pub sight: Sight,
    /// The same for the first picture alone, which no edit has touched.
    pub first_sight: Sight,
    /// A plugin broke at least once.
    pub faults: u32,
}

/// One line of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CategoryResult {
    /// The category, or `overall`.
    pub name: String,
    /// Prompts, each of which was painted with every seed.
    pub prompts: usize,
    /// Percent right before any correction.
    pub before: f64,
    /// Percent right after round 1, 2, …; every picture goes through the loop.
    pub after: Vec<f64>,
    /// Percent right after the last round if pictures that pass before are left alone. The gate
    /// knows the truth, so this is an upper bound, not an achievement.
    pub gated: f64,
    /// Percent of prompts that were right before and wrong after.
    pub flips: f64,
    /// Percent right in the end, over prompts.
    pub right: Interval,
    /// The same of the recipe it is compared with.
    pub against: Option<Interval>,
}

/// What one way of spending pictures cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Cost {
    /// Pictures it was allowed for one prompt, at most.
    pub images_per_prompt: u32,
    /// Pictures it used in all.
    pub images: u64,
    /// Wall-clock seconds for all prompts.
    pub seconds: f64,
}

/// A whole benchmark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BenchResult {
    /// Version of this form.
    pub format: u32,
    /// The benchmark.
    pub task: &'static str,
    /// The recipe measured.
    pub recipe: String,
    /// Who painted: a preset of the easel here, or `PROVIDER/MODEL`.
    pub painter: String,
    /// The painter's preset.
    pub preset: &'static str,
    /// The seeds, each of which every prompt was painted with.
    pub seeds: Vec<u64>,
    /// Rounds of correction.
    pub rounds: u32,
    /// One line a category, then `overall`.
    pub categories: Vec<CategoryResult>,
    /// What the recipe cost.
    pub cost: Cost,
    /// The recipe it is compared with.
    pub against: Option<String>,
    /// What that may spend: `pictures`, as many for each prompt and seed as the recipe made there, or
    /// `allowed`, as many as the recipe might make.
    pub equal: &'static str,
    /// What that cost.
    pub against_cost: Option<Cost>,
    /// The two compared, over all prompts.
    pub comparison: Option<Comparison>,
    /// How well the eye saw the first pictures, which no edit has touched.
    pub sight: SightResult,
    /// How well the eye saw all pictures, edited ones included.
    pub sight_all: SightResult,
    /// Assessors that broke.
    pub faults: u32,
}

/// The eye's accuracy, as rates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SightResult {
    /// Pictures looked at.
    pub pictures: usize,
    /// Objects really there.
    pub objects: usize,
    /// Share of what was reported that is there.
    pub precision: f64,
    /// Share of what is there that was reported.
    pub recall: f64,
    /// Share of found objects with the right color or material.
    pub attribute_accuracy: f64,
    /// Mean box overlap of found objects.
    pub mean_iou: f64,
}

impl From<Sight> for SightResult {
    fn from(sight: Sight) -> Self {
        Self {
            pictures: sight.pictures,
            objects: sight.objects,
            precision: sight.precision(),
            recall: sight.recall(),
            attribute_accuracy: sight.attribute_accuracy(),
            mean_iou: sight.mean_iou(),
        }
    }
}

/// One prompt with one seed under both recipes.
type Row<'s> = (&'s Scored, Option<&'s Scored>);

/// The lines of the table: one a category, then `overall`. Prompts stand one after the other, each
/// with all its seeds; `against` tells of the same ones, in the same order.
pub fn categories(
    task: Task,
    seeds: usize,
    scored: &[Scored],
    against: Option<&[Scored]>,
) -> Vec<CategoryResult> {
    let other = |index: usize| against.and_then(|others| others.get(index));
    let rows: Vec<Row<'_>> =
        scored.iter().enumerate().map(|(index, scored)| (scored, other(index))).collect();
    let mut lines = Vec::new();
    for name in task.categories() {
        let own = rows.iter().filter(|(scored, _)| scored.category == *name);
        lines.push(line(name, seeds, &own.copied().collect::<Vec<_>>()));
    }
    let mut overall = line("overall", seeds, &rows);
    if task.averages_categories() {
        average(&mut overall, &lines, seeds, &rows);
    }
    lines.push(overall);
    lines
}

/// Two recipes over all prompts.
pub fn compared(seeds: usize, scored: &[Scored], against: &[Scored]) -> Comparison {
    let rights = |all: &[Scored]| -> Vec<Vec<bool>> {
        all.chunks(seeds.max(1)).map(|seeds| seeds.iter().map(|one| one.last).collect()).collect()
    };
    Comparison::of(&rights(scored), &rights(against))
}

fn line(name: &str, seeds: usize, rows: &[Row<'_>]) -> CategoryResult {
    let rounds = rows.iter().map(|(scored, _)| scored.after.len()).max().unwrap_or_default();
    let share = |test: &dyn Fn(&Scored) -> bool| {
        percent(rows.iter().filter(|(scored, _)| test(scored)).count(), rows.len())
    };
    let after = (0..rounds)
        .map(|round| share(&|scored| scored.after.get(round).copied().unwrap_or(scored.last)))
        .collect();
    CategoryResult {
        name: name.to_owned(),
        prompts: rows.len() / seeds.max(1),
        before: share(&|scored| scored.before),
        after,
        gated: share(&|scored| scored.before || scored.last),
        flips: share(&|scored| scored.before && !scored.last),
        right: over(seeds, rows, &|(one, _)| Some(100.0 * truth(one.last))).unwrap_or_default(),
        against: over(seeds, rows, &|(_, other)| other.map(|one| 100.0 * truth(one.last))),
    }
}

/// A mean over prompts, each with the mean of its seeds; `None` where nothing is told.
fn over(seeds: usize, rows: &[Row<'_>], of: &dyn Fn(&Row<'_>) -> Option<f64>) -> Option<Interval> {
    let told = |prompt: &[Row<'_>]| prompt.iter().map(of).collect::<Option<Vec<f64>>>();
    let prompts: Option<Vec<_>> = rows.chunks(seeds.max(1)).map(told).collect();
    Some(interval(&prompts?.iter().map(|one| mean(one.iter().copied())).collect::<Vec<_>>()))
}

/// GenEval's overall score: the unweighted mean of its categories. Each prompt weighs as much as makes
/// the mean over prompts that mean, so that its interval can be drawn over them.
fn average(overall: &mut CategoryResult, lines: &[CategoryResult], seeds: usize, rows: &[Row<'_>]) {
    let lines: Vec<_> = lines.iter().filter(|line| line.prompts > 0).collect();
    let mean = |value: &dyn Fn(&CategoryResult) -> f64| mean(lines.iter().map(|line| value(line)));
    overall.before = mean(&|line| line.before);
    for round in 0..overall.after.len() {
        let value = mean(&|line| line.after.get(round).copied().unwrap_or_default());
        if let Some(after) = overall.after.get_mut(round) {
            *after = value;
        }
    }
    overall.gated = mean(&|line| line.gated);
    overall.flips = mean(&|line| line.flips);
    let weight = |scored: &Scored| {
        let own = lines.iter().find(|line| line.name == scored.category);
        let own = own.map_or(1, |line| line.prompts * lines.len());
        percent(overall.prompts, own)
    };
    let weighed = |one: &Scored| weight(one) * truth(one.last);
    overall.right = over(seeds, rows, &|(one, _)| Some(weighed(one))).unwrap_or_default();
    overall.against = over(seeds, rows, &|(_, other)| other.map(weighed));
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests;
