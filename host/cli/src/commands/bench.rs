//! `bench`: how often a recipe makes a wrong picture right, measured against the truth. Benchmarks of
//! texts are told of in `bench/words.rs`.

use std::{fmt::Write, num::NonZeroUsize, sync::Arc};

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use pentimento_app::{Painter, RawOptions};
use pentimento_bench::{
    BenchRequest, BenchResult, CategoryResult, Task,
    tally::{Cost, SightResult},
};

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
    progress::BenchProgress,
};

mod words;

/// Blanks between two columns of the table, besides the one that joins them.
const GAP: u16 = 1;

/// What to measure.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The benchmark: `lmd` or `geneval` (pictures), `arithmetic` or `gsm8k` (texts), or
    /// `big-bench-mistake` (a verifier alone)
    task: String,
    #[command(flatten)]
    settings: SettingFlags,
    /// Who paints: `embedded`, or PROVIDER/PRESET at a server started with `serve --fake-openai`
    #[arg(long, value_name = "WHO", conflicts_with = "preset")]
    painter: Option<String>,
    /// Only the first N prompts of each category
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroUsize>,
    /// Runs under way at once [default: one more than there are processors]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Leave out blind resampling, the baseline
    #[arg(long)]
    no_baseline: bool,
    #[command(flatten)]
    words: words::WordsFlags,
}

pub(crate) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    if words::measures(&flags.task) {
        return words::run(flags, global);
    }
    let typed = flags.painter.is_some();
    let options = RawOptions { painter: flags.painter, ..flags.settings.into() };
    let settings = commands::settle(options)?;
    // A role that is bound is meant for pictures that somebody wants to have.
    let embedded = Painter::Embedded(settings.preset);
    let request = BenchRequest {
        task: Task::from_name(&flags.task)?,
        painter: if typed { settings.painter.clone() } else { embedded },
        settings,
        limit: flags.limit.map(NonZeroUsize::get),
        jobs: flags.jobs.unwrap_or_else(usual_jobs),
        against_baseline: !flags.no_baseline,
    };
    let progress = Arc::new(BenchProgress::new(request.runs()? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(pentimento_bench::run(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &text(&result), &result)?;
    Ok(Exit::Done)
}

/// One more run than processors, so that none waits while a run writes or reads its journal.
fn usual_jobs() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN).saturating_add(1)
}

fn text(result: &BenchResult) -> String {
    let BenchResult { task, recipe, painter, seed, rounds, .. } = result;
    let plural = if *rounds == 1 { "round" } else { "rounds" };
    let mut text = format!(
        "{task} · recipe {recipe} · painter {painter} · seed {seed} · {rounds} {plural}\n\
         percent of pictures that are right, scored against the truth\n\n{}\n\n",
        table(result).trim_fmt()
    );
    cost(&mut text, recipe, result.cost);
    if let Some(blind) = result.best_of_n_cost {
        cost(&mut text, "best-of-n", blind);
    }
    let _ = writeln!(text, "\n  the eye, measured against the truth:");
    sight(&mut text, "untouched pictures", result.sight);
    sight(&mut text, "all, edited ones too", result.sight_all);
    if result.faults > 0 {
        let _ = writeln!(text, "\n  {} times an assessor broke", result.faults);
    }
    text
}

fn table(result: &BenchResult) -> Table {
    let mut table = Table::new();
    let ruled = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
    table.load_style(ruled);
    table.set_content_arrangement(ContentArrangement::Disabled);
    let rounds = result.rounds as usize;
    let mut header = vec!["category".to_owned(), "n".to_owned(), "before".to_owned()];
    header.extend(shown_rounds(rounds).map(|round| format!("after {round}")));
    header.extend(["gated", "flips"].map(str::to_owned));
    let has_baseline = result.best_of_n_cost.is_some();
    if has_baseline {
        header.push("best of n".to_owned());
    }
    table.set_header(header);
    for line in &result.categories {
        table.add_row(row(line, rounds, has_baseline));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        if index > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
        column.set_padding((0, GAP));
    }
    table
}

/// At most three columns of rounds fit into 80: the first two and the last.
fn shown_rounds(rounds: usize) -> impl Iterator<Item = usize> {
    const MOST: usize = 3;
    (1..=rounds).filter(move |round| *round < MOST || *round == rounds)
}

fn row(line: &CategoryResult, rounds: usize, has_baseline: bool) -> Vec<String> {
    let percent = |value: f64| format!("{value:.1}");
    let mut cells = vec![line.name.clone(), line.prompts.to_string(), percent(line.before)];
    for round in shown_rounds(rounds) {
        cells.push(line.after.get(round - 1).map_or_else(String::new, |value| percent(*value)));
    }
    cells.extend([percent(line.gated), percent(line.flips)]);
    if has_baseline {
        cells.push(line.best_of_n.map_or_else(String::new, percent));
    }
    cells
}

fn cost(text: &mut String, who: &str, cost: Cost) {
    let Cost { images_per_prompt, images, seconds } = cost;
    let _ = writeln!(
        text,
        "  {who:10} at most {images_per_prompt} pictures a prompt, {images} used, {seconds:.1} s"
    );
}

fn sight(text: &mut String, what: &str, sight: SightResult) {
    let SightResult { objects, precision, recall, attribute_accuracy, mean_iou, .. } = sight;
    let _ = writeln!(
        text,
        "  {what:20} {objects:5} objects  precision {precision:.3}  recall {recall:.3}\n  \
         {:34} colors {attribute_accuracy:.3}     box IoU {mean_iou:.3}",
        ""
    );
}
