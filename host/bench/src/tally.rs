//! Counts what the runs of a benchmark came to. Pure: scored prompts in, result out.

use serde::Serialize;

use crate::{Sight, task::Task};

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
    /// Prompts run.
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
    /// Percent right when the same number of pictures is drawn blindly and the best one is chosen.
    pub best_of_n: Option<f64>,
}

/// What one way of spending pictures cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Cost {
    /// Pictures it was allowed for each prompt.
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
    /// The seed all runs derive theirs from.
    pub seed: u64,
    /// Rounds of correction.
    pub rounds: u32,
    /// One line a category, then `overall`.
    pub categories: Vec<CategoryResult>,
    /// What the recipe cost.
    pub cost: Cost,
    /// What blind resampling cost, if it was run.
    pub best_of_n_cost: Option<Cost>,
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

/// The lines of the table: one a category, then `overall`. `baseline` tells for each prompt, in
/// the same order, whether blind resampling got it right.
pub fn categories(task: Task, scored: &[Scored], baseline: Option<&[bool]>) -> Vec<CategoryResult> {
    let numbered = || scored.iter().enumerate();
    let baseline_of = |index: usize| baseline.and_then(|passes| passes.get(index).copied());
    let mut lines = Vec::new();
    for name in task.categories() {
        let rows: Vec<_> = numbered()
            .filter(|(_, scored)| scored.category == *name)
            .map(|(index, scored)| (scored, baseline_of(index)))
            .collect();
        lines.push(line(name, &rows));
    }
    let all: Vec<_> = numbered().map(|(index, scored)| (scored, baseline_of(index))).collect();
    let mut overall = line("overall", &all);
    if task.averages_categories() {
        average(&mut overall, &lines);
    }
    lines.push(overall);
    lines
}

fn line(name: &str, rows: &[(&Scored, Option<bool>)]) -> CategoryResult {
    let rounds = rows.iter().map(|(scored, _)| scored.after.len()).max().unwrap_or_default();
    let share = |test: &dyn Fn(&Scored) -> bool| {
        percent(rows.iter().filter(|(scored, _)| test(scored)).count(), rows.len())
    };
    let after = (0..rounds)
        .map(|round| share(&|scored| scored.after.get(round).copied().unwrap_or(scored.last)))
        .collect();
    let has_baseline = rows.iter().any(|(_, passes)| passes.is_some());
    let baseline = rows.iter().filter(|(_, passes)| *passes == Some(true)).count();
    CategoryResult {
        name: name.to_owned(),
        prompts: rows.len(),
        before: share(&|scored| scored.before),
        after,
        gated: share(&|scored| scored.before || scored.last),
        flips: share(&|scored| scored.before && !scored.last),
        best_of_n: has_baseline.then(|| percent(baseline, rows.len())),
    }
}

/// GenEval's overall score: the unweighted mean of its categories.
fn average(overall: &mut CategoryResult, lines: &[CategoryResult]) {
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
    overall.best_of_n = overall.best_of_n.map(|_| mean(&|line| line.best_of_n.unwrap_or_default()));
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests;
