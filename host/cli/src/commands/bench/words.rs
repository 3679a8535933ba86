//! `bench` over questions and traces: how often recipes and verifiers for texts are right.

use std::{fmt::Write, num::NonZeroUsize, path::PathBuf, sync::Arc};

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use pentimento_app::RawOptions;
use pentimento_bench::words::{
    Interval, QuestionTask, TraceRequest, TraceResult, WordsRequest, WordsResult,
    tally::RecipeResult, traces,
};

use super::{Flags, usual_jobs};
use crate::{
    args::GlobalFlags, commands, exit::Exit, fail::Failure, output, progress::BenchProgress,
};

/// The recipe that is measured unless said otherwise.
const USUAL_RECIPE: &str = "self-refine";
/// The recipe that it is compared with.
const USUAL_BASELINE: &str = "best-of-n-text";
/// Seeds unless said otherwise: one run is an anecdote.
const USUAL_SEEDS: usize = 3;

/// What only benchmarks of texts can be told.
#[derive(Args, Debug)]
pub(crate) struct WordsFlags {
    /// Texts: the recipe to compare with, allowed as many calls [default: best-of-n-text]
    #[arg(long, value_name = "RECIPE", conflicts_with = "no_baseline")]
    against: Option<String>,
    /// Texts: ask every question with so many seeds [default: 3]
    #[arg(long, value_name = "N")]
    seeds: Option<NonZeroUsize>,
    /// Texts: questions or traces of your own, in the benchmark's form
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    /// Texts: a bundled verifier or critic with full say; may be repeated
    #[arg(long, value_name = "NAME")]
    plugin: Vec<String>,
}

/// True for the benchmarks of texts.
pub(super) fn measures(task: &str) -> bool {
    QuestionTask::from_name(task).is_some() || task == traces::NAME
}

/// Runs a benchmark of texts.
pub(super) fn run(mut flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    flags.settings.recipe.get_or_insert_with(|| USUAL_RECIPE.to_owned());
    match QuestionTask::from_name(&flags.task) {
        Some(task) => questions(task, flags, global),
        None => all_traces(flags, global),
    }
}

fn questions(task: QuestionTask, flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let WordsFlags { against, seeds, data, plugin } = flags.words;
    let options = RawOptions { painter: flags.painter, ..flags.settings.into() };
    let mut settings = commands::settle(options)?;
    for name in plugin {
        settings.plugins.entry(name).or_default().mode = Some("enforce".to_owned());
    }
    let against = against.unwrap_or_else(|| USUAL_BASELINE.to_owned());
    let request = WordsRequest {
        task,
        settings,
        data,
        limit: flags.limit.map(NonZeroUsize::get),
        seeds: seeds.or(NonZeroUsize::new(USUAL_SEEDS)).unwrap_or(NonZeroUsize::MIN),
        jobs: flags.jobs.unwrap_or_else(usual_jobs),
        against: (!flags.no_baseline).then_some(against),
    };
    let progress = Arc::new(BenchProgress::new(request.runs()? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(pentimento_bench::words::run(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &told(&result), &result)?;
    Ok(Exit::Done)
}

fn all_traces(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let request = TraceRequest {
        settings: commands::settle(flags.settings)?,
        data: flags.words.data,
        limit: flags.limit.map(NonZeroUsize::get),
    };
    let result = commands::runtime()?.block_on(pentimento_bench::words::verify(&request))?;
    output::result(global.format, &told_traces(&result), &result)?;
    Ok(Exit::Done)
}

fn told(result: &WordsResult) -> String {
    let WordsResult { task, writer, questions, seeds, .. } = result;
    let assessors =
        if result.assessors.is_empty() { "nobody".to_owned() } else { result.assessors.join(", ") };
    let name = writer.split('/').take(2).collect::<Vec<_>>().join("/");
    let mut text = format!(
        "{task} · writer {name} · checked by {assessors} · {questions} questions, {} seeds\n",
        seeds.len()
    );
    if writer.starts_with("simulated/") {
        text.push_str("the writer is a simulation: this says nothing of any model\n");
    }
    let _ = writeln!(
        text,
        "percent of answers that are right, scored against the gold answers;\n\
         lost: right at first and wrong in the end, won: the other way round\n"
    );
    let mut table =
        table(&["recipe", "right", "95 %", "lost", "won", "accepted", "calls", "tokens"]);
    table.add_row(row(&result.recipe));
    if let Some(other) = &result.against {
        table.add_row(row(other));
    }
    let _ = writeln!(text, "{}", aligned(table));
    let rounds: Vec<_> = result.recipe.by_round.iter().map(|share| percent(*share)).collect();
    let _ = writeln!(text, "\n  {} by round: {}", result.recipe.recipe, rounds.join(", "));
    if let (Some(one), Some(other)) = (&result.comparison, &result.against) {
        let Interval { mean, low, high } = one.gain;
        let _ = writeln!(
            text,
            "  gain over {} with up to {} calls:\n  {:+.1} points, 95 % {:+.1} to {:+.1}\n  \
             only {} right: {}, only {} right: {}\n  McNemar p = {:.3}",
            other.recipe,
            other.calls_allowed,
            100.0 * mean,
            100.0 * low,
            100.0 * high,
            result.recipe.recipe,
            one.only_recipe,
            other.recipe,
            one.only_other,
            one.mcnemar_p,
        );
    }
    text
}

fn row(one: &RecipeResult) -> Vec<String> {
    let Interval { mean, low, high } = one.accuracy;
    vec![
        one.recipe.clone(),
        percent(mean),
        format!("{}–{}", percent(low), percent(high)),
        percent(one.to_wrong),
        percent(one.to_right),
        percent(one.accepted),
        format!("{:.1}", one.calls),
        format!("{:.0}", one.tokens),
    ]
}

fn told_traces(result: &TraceResult) -> String {
    let mut text = format!(
        "{} · {}\npercent of traces in which it names the label's first wrong step\n\n",
        result.task, result.verifier
    );
    let mut table = table(&["task", "traces", "agrees", "95 %", "refuted", "not found", "open"]);
    for one in &result.tasks {
        let Interval { mean, low, high } = one.agrees;
        table.add_row(vec![
            one.task.clone(),
            one.traces.to_string(),
            percent(mean),
            format!("{}–{}", percent(low), percent(high)),
            one.label_refuted.to_string(),
            one.label_not_found.to_string(),
            one.undecided.to_string(),
        ]);
    }
    let _ = writeln!(text, "{}", aligned(table));
    text.push_str(
        "\n  refuted: it proves a step false that the label holds for right\n  \
         not found: it holds the label's step for right\n  \
         open: it could not decide whether the answer is right\n",
    );
    text
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    let ruled = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
    table.load_style(ruled);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.to_vec());
    table
}

fn aligned(mut table: Table) -> String {
    for (index, column) in table.column_iter_mut().enumerate() {
        if index > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
        column.set_padding((0, 1));
    }
    table.trim_fmt()
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}
