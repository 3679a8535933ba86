//! The page of figures of a benchmark of questions: what the terminal tells, and how it came about.

use pentimento_measure::{Apart, statistics::Interval};
use pentimento_report::{
    Axis, Chart, Dot, Part, Series, Sheet, Table, Unit, gap_chart, gap_in_words,
};

use super::{
    WordsResult, chance,
    judge::JudgeResult,
    tally::{AtBudget, Comparison, RecipeResult},
};

/// Lays a result out; `command` is what measures it again.
pub fn sheet(result: &WordsResult, command: &str) -> Sheet {
    let all: Vec<&RecipeResult> =
        result.entrants().map(|(one, _)| one).chain(&result.against).collect();
    let mut parts = vec![answers(result, &all), budgets(&all), corrections(&all)];
    for one in &all {
        parts.extend(one.judge.as_ref().map(|judge| judges(&one.recipe, judge)));
    }
    Sheet {
        title: format!("{} on {}", result.recipe.recipe, result.task),
        lead: lead(result),
        parts,
        command: command.to_owned(),
    }
}

fn lead(result: &WordsResult) -> Vec<String> {
    let WordsResult { questions, seeds, .. } = result;
    // What a simulation can do is part of its name; two words tell who it is.
    let writer = result.writer.split('/').take(2).collect::<Vec<_>>().join("/");
    let assessors = match result.assessors.as_slice() {
        [] => "nobody".to_owned(),
        all => all.join(", "),
    };
    let who = if result.role == "seer" { "Seer" } else { "Writer" };
    let mut lead = vec![format!(
        "{questions} questions, each asked with {} seeds. {who}: {writer}. Checked by {assessors}. \
         Answers are scored against the gold ones, which nobody in the loop sees; intervals are 95 % \
         bootstrap intervals over questions.",
        seeds.len()
    )];
    if result.questions < result.wanted {
        lead.push(format!(
            "This is a part of a measurement: all recipes are done with {questions} of {} questions.",
            result.wanted
        ));
    }
    if writer.starts_with("simulated/") {
        lead.push(format!(
            "The {} is a simulation of set ability: these figures show mechanisms, and say nothing of \
             any model.",
            result.role
        ));
    }
    lead
}

fn answers(result: &WordsResult, both: &[&RecipeResult]) -> Part {
    let head = ["recipe", "right", "95 %", "accepted", "of those right", "calls", "tokens", "$"];
    let row = |one: &&RecipeResult| {
        vec![
            one.recipe.clone(),
            percent(one.accuracy.mean),
            between(one.accuracy),
            percent(one.accepted),
            one.precision.map_or_else(none, percent),
            format!("{:.1}", one.calls),
            format!("{:.0}", one.tokens),
            one.usd.clone().unwrap_or_else(none),
        ]
    };
    let words = result.against.as_ref().map_or_else(Vec::new, |other| compared(result, other));
    Part {
        heading: "Right answers".to_owned(),
        words,
        table: table(&head, both.iter().map(row).collect()),
        charts: Vec::new(),
    }
}

/// The budget, and every recipe against the one that all are compared with.
fn compared(result: &WordsResult, other: &RecipeResult) -> Vec<String> {
    let budget = match (result.equal, result.tokens) {
        (_, Some(tokens)) => format!(
            "might take {tokens} tokens on every question and seed, as all recipes, and counts as it stood \
             when it had taken as many as the recipe took there"
        ),
        ("allowed", None) => "was allowed as many calls as the recipe might make".to_owned(),
        (what, None) => {
            format!("was given as many {what} on every question and seed as the recipe took there")
        }
    };
    let gain = |(own, one): (&RecipeResult, Option<&Comparison>)| {
        let one = one?;
        Some(format!(
            "Gain of {}: {:+.1} points (95 % {:+.1} to {:+.1}). Questions with more seeds right for {}: {}, \
             for {}: {}; McNemar's exact test over these questions: {}.",
            own.recipe,
            100.0 * one.gain.mean,
            100.0 * one.gain.low,
            100.0 * one.gain.high,
            own.recipe,
            one.ahead,
            other.recipe,
            one.behind,
            chance(one.mcnemar_p),
        ))
    };
    let first = format!("{} {budget}.", other.recipe);
    std::iter::once(first).chain(result.entrants().filter_map(gain)).collect()
}

fn budgets(both: &[&RecipeResult]) -> Part {
    let series = |of: &dyn Fn(&RecipeResult) -> Vec<Dot>| -> Vec<Series> {
        both.iter().map(|one| Series { name: one.recipe.clone(), dots: of(one) }).collect()
    };
    let chart = |title: &str, note: &str, x: &str, series| Chart {
        title: title.to_owned(),
        note: note.to_owned(),
        x: Axis::of(x, Unit::Count),
        y: Axis::shares("right"),
        series,
        diagonal: false,
    };
    let rounds = series(&|one| {
        let dot = |(round, right): (u32, &Interval)| dot(f64::from(round), *right);
        (0..).zip(&one.by_round).map(dot).collect()
    });
    let by = |of: fn(&RecipeResult) -> &[AtBudget]| {
        series(&move |one| of(one).iter().map(|at| dot(float(at.most), at.right)).collect())
    };
    let kept = "A run that is over keeps its last draft.";
    let ended = "What would have been handed out, had every run ended there.";
    Part {
        heading: "By round and by budget".to_owned(),
        charts: vec![
            chart("Right drafts by round", kept, "round", rounds),
            chart("Right drafts by calls", ended, "calls of models", by(|one| &one.by_calls)),
            chart(
                "Right drafts by tokens",
                ended,
                "tokens read and written",
                by(|one| &one.by_tokens),
            ),
        ],
        ..Part::default()
    }
}

fn corrections(both: &[&RecipeResult]) -> Part {
    let head = [
        "recipe",
        "right at first",
        "in the end",
        "lost",
        "won",
        "confidence",
        "critique",
        "RSS",
        "stopped",
    ];
    let row = |one: &&RecipeResult| {
        let change = &one.change;
        vec![
            one.recipe.clone(),
            percent(change.before),
            percent(change.after),
            percent(change.to_wrong),
            percent(change.to_right),
            change.confidence.map_or_else(none, percent),
            change.critique.map_or_else(none, percent),
            change.rss.map_or_else(none, |rss| format!("{rss:.2}")),
            one.stopped_for_hacking.to_string(),
        ]
    };
    Part {
        heading: "What correction did".to_owned(),
        words: vec![
            "At first: the first answer of all, before any choice; several recipes draw many in round 0. \
             Lost: right at first and wrong in the end; won: the other way round. Confidence: of those \
             right at first, the share kept. Critique: of those wrong at first, the share put right. RSS \
             is 0.5 where as many are kept as there were (Confidence v.s. Critique, arXiv:2412.19513). \
             Stopped: runs that pleased their judge."
                .to_owned(),
        ],
        table: table(&head, both.iter().map(row).collect()),
        charts: Vec::new(),
    }
}

fn judges(recipe: &str, judge: &JudgeResult) -> Part {
    let mut words: Vec<String> =
        apart(judge).map(|one| sentence(&gap_in_words(judge.judge, one))).collect();
    if let Some(choice) = &judge.choice {
        words.push(format!(
            "Generation–verification gap: a candidate taken blindly is right in {} %, the one graded \
             best in {} %, {:+.1} points (95 % {:+.1} to {:+.1}).",
            percent(choice.blind),
            percent(choice.chosen),
            100.0 * choice.gap.mean,
            100.0 * choice.gap.low,
            100.0 * choice.gap.high,
        ));
    }
    if let Some(location) = &judge.location {
        words.push(format!(
            "Asked where a refuted text first goes wrong, it named the step that a verifier refutes in \
             {} % of {}.",
            percent(location.right),
            location.asked
        ));
    }
    let mut charts: Vec<Chart> = apart(judge).map(|one| gap_chart(judge.judge, one)).collect();
    charts.extend(reliability(judge));
    let rows = judge.calibration.iter().map(|one| {
        let calibration = &one.calibration;
        vec![
            one.by.clone(),
            calibration.stated.to_string(),
            percent(calibration.mean),
            percent(calibration.right),
            format!("{:.3}", calibration.ece),
            format!("{:.3}", calibration.brier),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let head: &[&str] = match rows.as_slice() {
        [] => &[],
        _ => &["who states it", "times", "stated", "true", "ECE", "Brier"],
    };
    Part { heading: format!("Who judged: {recipe}"), words, table: table(head, rows), charts }
}

fn apart(judge: &JudgeResult) -> impl Iterator<Item = &Apart> {
    judge.gap_to_truth.iter().chain(&judge.gaps)
}

/// What was stated against what came true; `None` if nothing was.
fn reliability(judge: &JudgeResult) -> Option<Chart> {
    let series = judge.calibration.iter().map(|one| Series {
        name: one.by.clone(),
        dots: one
            .calibration
            .bins
            .iter()
            .map(|bin| Dot { x: bin.stated, y: bin.right, ends: None })
            .collect(),
    });
    let series: Vec<_> = series.collect();
    (!series.is_empty()).then(|| Chart {
        title: "Stated and true".to_owned(),
        note: "Bins of a tenth; below the line too much is promised.".to_owned(),
        x: Axis::shares("stated"),
        y: Axis::shares("right"),
        series,
        diagonal: true,
    })
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

fn dot(x: f64, right: Interval) -> Dot {
    Dot { x, y: right.mean, ends: Some((right.low, right.high)) }
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows }
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn between(interval: Interval) -> String {
    format!("{}–{}", percent(interval.low), percent(interval.high))
}

fn none() -> String {
    "–".to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "budgets stay far below 2^52")]
const fn float(count: u64) -> f64 {
    count as f64
}
