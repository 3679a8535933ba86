//! What is told of a judge that was asked in both orders.

use std::fmt::Write;

use pentimento_bench::words::{DuelResult, Interval};

use crate::commands;

pub(super) fn told(result: &DuelResult) -> String {
    let DuelResult { questions, seeds, alike, without, unanswered, .. } = result;
    let short = |name: &str| name.split('/').take(2).collect::<Vec<_>>().join("/");
    let mut text = format!(
        "judge {} · {} · {}\nits own answers against those of {}\n",
        short(&result.judge),
        commands::counted(*questions, "question"),
        commands::counted(seeds.len(), "seed"),
        if result.same_model { "the same model".to_owned() } else { short(&result.other) },
    );
    if result.judge.starts_with("simulated/") {
        text.push_str("the judge is a simulation: this says nothing of any model\n");
    }
    let asked = result.picks.map_or(0, |picks| picks.pairs);
    let _ = writeln!(
        text,
        "\n  {asked} pairs of different answers were judged in both orders\n  \
         {alike} pairs were alike, {without} without two answers, {unanswered} not answered twice\n"
    );
    let Some(picks) = result.picks else { return text };
    let _ = writeln!(text, "  the same pick in both orders: {:.1} %", 100.0 * picks.consistent);
    line(&mut text, "goes by the place, points above even", Some(picks.position));
    line(&mut text, "goes by kinship, points above even", picks.own);
    line(&mut text, "picks the right one of two, percent", picks.right);
    text
}

fn line(text: &mut String, what: &str, interval: Option<Interval>) {
    let told = interval.map_or_else(
        || "–".to_owned(),
        |Interval { mean, low, high }| {
            format!("{:+.1}, 95 % {:+.1} to {:+.1}", 100.0 * mean, 100.0 * low, 100.0 * high)
        },
    );
    let _ = writeln!(text, "  {what}: {told}");
}
