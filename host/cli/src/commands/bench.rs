//! `bench`: how often a recipe makes a wrong picture right, measured against the truth. Benchmarks of
//! texts are told of in `bench/words.rs`.

use std::{
    fmt::Write,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use pentimento_app::{Painter, RawOptions, Sheet};
use pentimento_bench::{
    BenchRequest, BenchResult, CategoryResult, Equal, Task,
    tally::{Cost, SightResult},
    words::{chance, tally::Comparison},
};

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
    progress::BenchProgress,
};

mod heeded;
mod photographs;
pub(crate) mod words;

/// The recipe that pictures are compared with.
const USUAL_BASELINE: &str = "best-of-n";
/// What is asked is asked with so many seeds, for one alone may be lucky.
const USUAL_SEEDS: NonZeroUsize = NonZeroUsize::new(3).unwrap();
/// Blanks between two columns of the table, besides the one that joins them.
const GAP: u16 = 1;

/// What to measure.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The benchmark: `lmd` or `geneval` (pictures), `arithmetic` or `gsm8k` (texts), `counting` (questions
    /// about pictures),
    /// `big-bench-mistake` (a verifier alone), `judge` (a judge alone, in both orders) or `detector` (a
    /// detector alone, on the photographs of `--data FOLDER`)
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
    /// The recipe to compare with [default: best-of-n, best-of-n-text or best-of-n-sight]
    #[arg(long, value_name = "RECIPE", conflicts_with = "no_baseline")]
    against: Option<String>,
    /// Leave the comparison out
    #[arg(long)]
    no_baseline: bool,
    /// What both spend as much of, measured on every prompt and seed: `pictures`, or `calls` or
    /// `tokens` for texts; or `allowed`, as much as the recipe might spend [default: pictures, or
    /// calls]
    #[arg(long, value_name = "WHAT", value_parser = equal)]
    equal: Option<Equal>,
    /// Ask everything with so many seeds [default: 3]
    #[arg(long, value_name = "N")]
    seeds: Option<NonZeroUsize>,
    /// Write a page with tables and charts
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    words: words::WordsFlags,
}

pub(crate) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    heeded::check(&flags)?;
    flags.html.as_deref().map(pentimento_app::check_sheet).transpose()?;
    if words::measures(&flags.task) {
        return words::run(flags, global);
    }
    if flags.task == pentimento_bench::photographs::NAME {
        return photographs::run(flags, global);
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
        seeds: flags.seeds.unwrap_or(USUAL_SEEDS),
        against: (!flags.no_baseline)
            .then(|| flags.against.unwrap_or_else(|| USUAL_BASELINE.to_owned())),
        equal: flags.equal.unwrap_or(Equal::Pictures),
    };
    let progress = Arc::new(BenchProgress::new(request.runs()? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(pentimento_bench::run(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &text(&result), &result)?;
    write(flags.html.as_deref(), || pentimento_bench::sheet(&result, &typed_words()))?;
    Ok(Exit::Done)
}

/// Writes the page, if one is wanted: after the result, which is not lost if that fails.
fn write(path: Option<&Path>, sheet: impl FnOnce() -> Sheet) -> Result<(), Failure> {
    if let Some(path) = path {
        pentimento_app::write_sheet(path, &sheet())?;
        output::note(&format!("figures: {}", path.display()));
    }
    Ok(())
}

/// What was typed, for whoever wants to measure it again.
fn typed_words() -> String {
    let words = std::env::args().skip(1).map(|word| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=".contains(c);
        if word.chars().all(plain) { word } else { format!("'{}'", word.replace('\'', r"'\''")) }
    });
    std::iter::once("pentimento".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

fn equal(word: &str) -> Result<Equal, String> {
    let known = Equal::ALL.map(Equal::as_str).join(", ");
    Equal::from_name(word).ok_or_else(|| format!("`{word}` is none of {known}"))
}

/// One more run than processors, so that none waits while a run writes or reads its journal.
fn usual_jobs() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN).saturating_add(1)
}

fn text(result: &BenchResult) -> String {
    let BenchResult { task, recipe, painter, seeds, rounds, .. } = result;
    let (seeds, rounds) =
        (commands::counted(seeds.len(), "seed"), commands::counted(*rounds as usize, "round"));
    let mut text = format!(
        "{task} · recipe {recipe} · painter {painter} · {seeds} · {rounds}\n\
         percent of pictures that are right, scored against the truth\n\n{}\n\n",
        table(result).trim_fmt()
    );
    compared(&mut text, result);
    cost(&mut text, recipe, result.cost);
    if let (Some(cost), Some(other)) = (result.against_cost, &result.against) {
        self::cost(&mut text, other, cost);
    }
    let _ = writeln!(text, "\n  the eye, measured against the truth:");
    sight(&mut text, "untouched pictures", result.sight);
    sight(&mut text, "all, edited ones too", result.sight_all);
    if result.faults > 0 {
        let _ = writeln!(text, "\n  {} times an assessor broke", result.faults);
    }
    text
}

/// The recipe with its interval, and against the other.
fn compared(text: &mut String, result: &BenchResult) {
    let Some(overall) = result.categories.last() else { return };
    let right = overall.right;
    let _ = writeln!(
        text,
        "  {} is right in {:.1} %, 95 % {:.1} to {:.1}",
        result.recipe, right.mean, right.low, right.high
    );
    if let (Some(one), Some(other), Some(against)) =
        (&result.comparison, &result.against, overall.against)
    {
        let _ = writeln!(
            text,
            "  {other} is right in {:.1} %, 95 % {:.1} to {:.1}",
            against.mean, against.low, against.high
        );
        gain(text, one, (&result.recipe, other, result.equal));
    }
    text.push('\n');
}

/// A recipe against another one, in words.
fn gain(text: &mut String, one: &Comparison, (recipe, other, equal): (&str, &str, &str)) {
    let budget = match equal {
        "allowed" => "as much as the recipe might spend".to_owned(),
        what => format!("as many {what} on each as the recipe took"),
    };
    let Comparison { gain, ahead, behind, mcnemar_p } = one;
    let _ = writeln!(
        text,
        "  gain over {other},\n  which had {budget}:\n  {:+.1} points, 95 % {:+.1} to {:+.1}\n  \
         more seeds right for {recipe}: on {ahead}, for {other}: on {behind}\n  \
         McNemar over these {}",
        100.0 * gain.mean,
        100.0 * gain.low,
        100.0 * gain.high,
        chance(*mcnemar_p),
    );
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
    header.extend(result.against.clone());
    table.set_header(header);
    for line in &result.categories {
        table.add_row(row(line, rounds));
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

fn row(line: &CategoryResult, rounds: usize) -> Vec<String> {
    let percent = |value: f64| format!("{value:.1}");
    let mut cells = vec![line.name.clone(), line.prompts.to_string(), percent(line.before)];
    for round in shown_rounds(rounds) {
        cells.push(line.after.get(round - 1).map_or_else(String::new, |value| percent(*value)));
    }
    cells.extend([percent(line.gated), percent(line.flips)]);
    cells.extend(line.against.map(|other| percent(other.mean)));
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
