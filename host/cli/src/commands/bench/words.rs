//! `bench` over questions and traces: how often recipes and verifiers for texts are right.

use std::{
    fmt::Write,
    num::{NonZeroU64, NonZeroUsize},
    path::PathBuf,
    sync::Arc,
};

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use pentimento_app::{RawOptions, StopFlag};
use pentimento_bench::Equal;
use pentimento_bench::words::{
    DuelRequest, Interval, Keeping, QuestionTask, TraceRequest, TraceResult, WordsRequest,
    WordsResult, duel, tally::RecipeResult, traces,
};

use super::{Flags, USUAL_SEEDS, gain, typed_words, usual_jobs, write};
use pentimento_measure::{Calibrated, Change};

use crate::{
    args::GlobalFlags,
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    output,
    progress::BenchProgress,
};

mod capped;
mod judge;

/// The recipe that is measured unless said otherwise, of texts and of questions about pictures.
const USUAL_RECIPES: [&str; 2] = ["self-refine", "volcano"];
/// What every recipe may take where all have the same: some five short answers with their questions.
const USUAL_TOKENS: u64 = 2048;

/// What only benchmarks of texts can be told.
#[derive(Args, Debug)]
pub(crate) struct WordsFlags {
    /// Texts: questions or traces of your own, in the benchmark's form; a detector: the photographs
    #[arg(long, value_name = "PATH")]
    pub(super) data: Option<PathBuf>,
    /// Texts: a bundled verifier or critic with full say; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(super) plugin: Vec<String>,
    /// Questions for a real model: every run has a journal among the runs, and the same command typed
    /// again goes on where it stopped
    #[arg(long)]
    pub(super) live: bool,
    /// Questions: one more recipe, with the same tokens; may be repeated
    #[arg(long, value_name = "RECIPE")]
    pub(super) also: Vec<String>,
    /// Questions: what every recipe may read and write on each of them and each seed [default with
    /// `--live` or `--also`: 2048]
    #[arg(long, value_name = "N", conflicts_with_all = ["equal", "rounds"])]
    pub(super) tokens: Option<NonZeroU64>,
    /// With `--live`: ask nobody, and tell what the journals hold by now
    #[arg(long, requires = "live")]
    pub(super) no_calls: bool,
}

impl WordsFlags {
    /// The cap of tokens, if there is one.
    fn cap(&self) -> Option<u64> {
        let usual = (self.live || !self.also.is_empty()).then_some(USUAL_TOKENS);
        self.tokens.map(NonZeroU64::get).or(usual)
    }

    const fn keeping(&self) -> Keeping {
        match (self.live, self.no_calls) {
            (false, _) => Keeping::Nothing,
            (true, false) => Keeping::Runs,
            (true, true) => Keeping::OnlyRead,
        }
    }
}

/// True for the benchmarks of texts.
pub(super) fn measures(task: &str) -> bool {
    QuestionTask::from_name(task).is_some() || [traces::NAME, duel::NAME].contains(&task)
}

/// Runs a benchmark of texts.
pub(super) fn run(mut flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let task = QuestionTask::from_name(&flags.task);
    let [of_texts, of_pictures] = USUAL_RECIPES;
    let usual = if task.is_some_and(QuestionTask::needs_picture) { of_pictures } else { of_texts };
    flags.settings.recipe.get_or_insert_with(|| usual.to_owned());
    match task {
        Some(task) => questions(task, flags, global),
        None if flags.task == duel::NAME => judge(flags, global),
        None => all_traces(flags, global),
    }
}

fn questions(task: QuestionTask, flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let (tokens, keeping) = (flags.words.cap(), flags.words.keeping());
    let WordsFlags { data, plugin, also, live, .. } = flags.words;
    let equal = flags.equal;
    if live && equal.is_some() {
        let hint = "leave out `--equal`; `--tokens` says how many";
        let error = "with `--live` all recipes have the same tokens";
        return Err(Failure::new(error, Exit::WrongUse).with_hint(hint));
    }
    let stop =
        if live { refine::stop_on_ctrl_c(commands::run::AGAIN) } else { StopFlag::default() };
    let options = RawOptions { painter: flags.painter, ..flags.settings.into() };
    let mut settings = commands::settle(options)?;
    for name in plugin {
        settings.plugins.entry(name).or_default().mode = Some("enforce".to_owned());
    }
    let against = flags.against.unwrap_or_else(|| task.resampling().to_owned());
    let request = WordsRequest {
        task,
        settings,
        data,
        limit: flags.limit.map(NonZeroUsize::get),
        seeds: flags.seeds.unwrap_or(USUAL_SEEDS),
        jobs: flags.jobs.unwrap_or_else(usual_jobs),
        against: (!flags.no_baseline).then_some(against),
        equal: equal.unwrap_or(Equal::Calls),
        tokens,
        also,
        keeping,
        stop,
    };
    let progress = Arc::new(BenchProgress::new(request.runs()? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(pentimento_bench::words::run(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &told(&result), &result)?;
    write(flags.html.as_deref(), || pentimento_bench::words::sheet(&result, &typed_words()))?;
    Ok(Exit::Done)
}

fn judge(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let request = DuelRequest {
        settings: commands::settle(flags.settings)?,
        data: flags.words.data,
        limit: flags.limit.map(NonZeroUsize::get),
        seeds: flags.seeds.unwrap_or(USUAL_SEEDS),
        jobs: flags.jobs.unwrap_or_else(usual_jobs),
    };
    let progress = Arc::new(BenchProgress::new(request.pairs()? as u64, global.quiet));
    let advance = |what: &str| progress.advance(what);
    let result = commands::runtime()?.block_on(duel(&request, &advance));
    progress.finish();
    let result = result?;
    output::result(global.format, &judge::told(&result), &result)?;
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
    let WordsResult { task, writer, role, questions, seeds, .. } = result;
    let assessors =
        if result.assessors.is_empty() { "nobody".to_owned() } else { result.assessors.join(", ") };
    let name = writer.split('/').take(2).collect::<Vec<_>>().join("/");
    let mut text = format!(
        "{task} · {} · {} · {role} {name}\nchecked by {assessors}\n",
        commands::counted(*questions, "question"),
        commands::counted(seeds.len(), "seed")
    );
    capped::rules(&mut text, result);
    if writer.starts_with("simulated/") {
        let _ = writeln!(text, "the {role} is a simulation: this says nothing of any model");
    }
    let _ = writeln!(
        text,
        "percent of answers that are right, scored against the gold answers;\n\
         lost: first answer right and last one wrong, won: the other way round\n"
    );
    let all = || result.entrants().map(|(one, _)| one).chain(&result.against);
    text.push_str(&rights(all()));
    capped::compared(&mut text, result);
    text.push_str(&courses(all()));
    if result.tokens.is_some() {
        return text;
    }
    if let (Some(one), Some(other)) = (&result.comparison, &result.against) {
        text.push('\n');
        gain(&mut text, one, (&result.recipe.recipe, &other.recipe, result.equal));
    }
    text
}

/// Recipes and how often each is right, and then how each came to it.
pub(crate) fn recipes<'r>(all: impl Iterator<Item = &'r RecipeResult> + Clone) -> String {
    rights(all.clone()) + &courses(all)
}

fn rights<'r>(all: impl Iterator<Item = &'r RecipeResult>) -> String {
    let mut table =
        table(&["recipe", "right", "95 %", "lost", "won", "accepted", "calls", "tokens"]);
    for one in all {
        table.add_row(row(one));
    }
    aligned(table) + "\n"
}

fn courses<'r>(all: impl Iterator<Item = &'r RecipeResult>) -> String {
    let mut text = String::new();
    for one in all {
        course(&mut text, one);
    }
    text
}

/// How one recipe came to its answers, and who judged them.
fn course(text: &mut String, one: &RecipeResult) {
    const SHOWN: usize = 8;
    let rounds: Vec<_> = one.by_round.iter().take(SHOWN).map(|share| percent(share.mean)).collect();
    let more = if one.by_round.len() > SHOWN { ", …" } else { "" };
    let _ = writeln!(text, "\n  {} by round: {}{more}", one.recipe, rounds.join(", "));
    let level = |level: Option<f64>| level.map_or_else(|| "–".to_owned(), percent);
    let Change { confidence, critique, rss, .. } = one.change;
    let rss = rss.map_or_else(|| "–".to_owned(), |rss| format!("{rss:.2}"));
    let (confidence, critique) = (level(confidence), level(critique));
    let _ =
        writeln!(text, "  kept if right {confidence}, put right if wrong {critique}, RSS {rss}");
    capped::ends(text, one);
    if one.stopped_for_hacking > 0 {
        let runs = commands::counted(one.stopped_for_hacking, "run");
        let _ = writeln!(text, "  {runs} stopped for pleasing the judge");
    }
    let Some(judge) = &one.judge else { return };
    for apart in judge.gap_to_truth.iter().chain(&judge.gaps) {
        let words = pentimento_app::gap_in_words(judge.judge, apart);
        for (at, piece) in words.split(": ").enumerate() {
            let _ = writeln!(text, "  {}{piece}", if at == 0 { "" } else { "  " });
        }
    }
    if let Some(choice) = &judge.choice {
        let _ = writeln!(
            text,
            "  taken blindly right {}, graded best right {}: a gap of {:+.1} points",
            percent(choice.blind),
            percent(choice.chosen),
            100.0 * choice.gap.mean
        );
    }
    for Calibrated { by, calibration } in &judge.calibration {
        let _ = writeln!(
            text,
            "  {by} states {}, true {}: ECE {:.3}, Brier {:.3}",
            percent(calibration.mean),
            percent(calibration.right),
            calibration.ece,
            calibration.brier
        );
    }
    if let Some(location) = &judge.location {
        let (right, asked) = (percent(location.right), location.asked);
        let _ = writeln!(text, "  names the refuted step in {right} of {asked} texts");
    }
}

fn row(one: &RecipeResult) -> Vec<String> {
    let Interval { mean, low, high } = one.accuracy;
    vec![
        one.recipe.clone(),
        percent(mean),
        format!("{}–{}", percent(low), percent(high)),
        percent(one.change.to_wrong),
        percent(one.change.to_right),
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
    let mut table =
        table(&["task", "traces", "agrees", "95 %", "refuted", "proved", "missed", "open"]);
    for one in &result.tasks {
        let Interval { mean, low, high } = one.agrees;
        table.add_row(vec![
            one.task.clone(),
            one.traces.to_string(),
            percent(mean),
            format!("{}–{}", percent(low), percent(high)),
            one.label_refuted.to_string(),
            percent(one.proved.mean),
            one.label_not_found.to_string(),
            one.undecided.to_string(),
        ]);
    }
    let _ = writeln!(text, "{}", aligned(table));
    text.push_str(
        "\n  refuted: it proves a step false that the label holds for right\n  \
         proved: percent of traces in which a second computation finds the same first\n  \
         false step, or none and a right answer; `--json` has the proofs and the rest\n  \
         missed: it holds the label's step for right\n  \
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
