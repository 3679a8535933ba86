//! What is told of recipes that had the same tokens on every question.

use std::fmt::Write;

use pentimento_bench::words::{WordsResult, chance, tally::RecipeResult};

use super::{aligned, table};
use crate::commands;

/// The cap, and which questions count.
pub(super) fn rules(text: &mut String, result: &WordsResult) {
    let WordsResult { questions, wanted, served, .. } = result;
    let Some(tokens) = result.tokens else { return };
    if !served.is_empty() {
        let _ = writeln!(text, "answered by {}", served.join(", "));
    }
    let _ = writeln!(text, "at most {tokens} tokens, read and written, on each question and seed");
    if questions < wanted {
        let _ = writeln!(
            text,
            "PART OF A MEASUREMENT: all recipes are done with {questions} of {wanted} questions"
        );
    }
}

/// Each recipe against the one they are compared with.
pub(super) fn compared(text: &mut String, result: &WordsResult) {
    if result.tokens.is_none() {
        return;
    }
    let Some(other) = &result.against else { return };
    let name = &other.recipe;
    let _ = writeln!(
        text,
        "\n  against {name} as it stood on each question and seed when\n  it had taken as many tokens as \
         the recipe took there:\n"
    );
    let mut table = table(&["recipe", "gain", "95 %", "ahead on", "behind on", "McNemar"]);
    for (one, comparison) in result.entrants() {
        let Some(comparison) = comparison else { continue };
        let points = |share: f64| format!("{:+.1}", 100.0 * share);
        let gain = comparison.gain;
        table.add_row(vec![
            one.recipe.clone(),
            points(gain.mean),
            format!("{} to {}", points(gain.low), points(gain.high)),
            comparison.ahead.to_string(),
            comparison.behind.to_string(),
            chance(comparison.mcnemar_p),
        ]);
    }
    let _ = writeln!(text, "{}", aligned(table));
}

/// Runs that did not end as the recipe would have it.
pub(super) fn ends(text: &mut String, one: &RecipeResult) {
    let mut ends = Vec::new();
    if one.cut > 0 {
        ends.push(format!("{} cut off by the tokens", commands::counted(one.cut, "run")));
    }
    if one.without > 0 {
        ends.push(format!("{} without a text", one.without));
    }
    if one.fell_back > 0 {
        let answers = commands::counted(one.fell_back, "answer");
        ends.push(format!("{answers} of no use even when asked again"));
    }
    if !ends.is_empty() {
        let _ = writeln!(text, "  {}", ends.join(", "));
    }
}
