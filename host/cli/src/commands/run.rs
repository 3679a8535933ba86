//! `run`: many briefs, each a run, several at a time. Typed again, it goes on where it stopped.

mod brief;
mod told;

use std::{
    collections::HashSet,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use pentimento_app::{Amount, Answered, AppError, Batch, Blame, RawOptions, Session, StopFlag};
use pentimento_model::{Bounds, Money, RunId};
use tokio::task::JoinSet;

use crate::{
    args::{CacheFlags, CassetteFlags, Format, GlobalFlags, SettingFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    output,
    progress::BatchProgress,
};

use brief::{Briefs, Line};
use told::{Told, Totals};

/// Failures in a row after which no further run begins: a server that is down fails them all.
const MOST_FAILURES: u32 = 20;

/// What to make, and how.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// One brief a line, as JSON: {"idea": "two red apples"}, with "id" and "seed" if you like;
    /// `-` reads standard input
    briefs: PathBuf,
    #[command(flatten)]
    settings: SettingFlags,
    /// Who paints: `embedded`, or PROVIDER/MODEL [default: the role `painter`, else the embedded
    /// painter]
    #[arg(long, value_name = "WHO", conflicts_with = "preset")]
    painter: Option<String>,
    #[command(flatten)]
    cassette: CassetteFlags,
    #[command(flatten)]
    cache: CacheFlags,
    /// Runs under way at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=4096))]
    concurrency: u32,
    /// Dollars that each run's models may cost at most
    #[arg(long, value_name = "USD", value_parser = refine::dollars)]
    budget_usd: Option<Money>,
    /// Dollars that all runs together may cost at most
    #[arg(long, value_name = "USD", value_parser = refine::dollars)]
    total_usd: Option<Money>,
    /// Write the results to a file, one JSON object a line
    #[arg(long, short, value_name = "FILE")]
    results: Option<PathBuf>,
}

pub(crate) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let mut options = RawOptions::from(flags.settings);
    options.painter = flags.painter;
    options.cache = flags.cache.typed();
    // Whoever bounds all runs bounds each.
    options.budget.usd = flags.budget_usd.or(flags.total_usd).map(Amount);
    let settings = commands::settle(options)?;
    let tape = flags.cassette.tape()?;
    let settings = commands::on_tape(settings, tape.as_ref());
    let briefs = Briefs::open(&flags.briefs)?;
    let sink = Sink::open(flags.results, &flags.briefs, global)?;
    let progress = BatchProgress::new(briefs.expected(), global.quiet);
    let stop = refine::stop_on_ctrl_c();
    let all = Bounds { money: flags.total_usd, ..Bounds::NONE };
    let batch = Arc::new(Batch::open(Session::open(settings)?, all)?);
    let most = flags.concurrency as usize;
    let totals = Totals::default();
    let mut desk = Desk { batch, sink, progress, stop, totals, in_a_row: 0, unkept: false };
    let result = commands::runtime()?.block_on(desk.carry_out(briefs, most));
    desk.progress.finish();
    commands::tell_unplayed(tape.as_ref());
    commands::tell_notices(&desk.batch.notices());
    result?;
    desk.totals.spent = desk.batch.spent();
    output::note(&desk.totals.in_words());
    if desk.unkept {
        let message = "no more runs were begun, because nothing that they bring could be kept";
        let hint = "make room, or choose another place with `--runs-dir`, then type the same \
                    command again: what is done is not repeated";
        return Err(Failure::new(message, Exit::Broken).with_hint(hint));
    }
    if desk.stop.is_raised() {
        output::note("type the same command again to go on: what is done is not repeated");
        return Ok(Exit::Interrupted);
    }
    if desk.in_a_row >= MOST_FAILURES {
        let message = format!("{MOST_FAILURES} runs failed in a row, so no more were begun");
        let hint = "remove the cause that they tell, then type the same command again";
        return Err(Failure::new(message, Exit::Broken).with_hint(hint));
    }
    Ok(desk.totals.exit())
}

/// Where briefs come in and results go out.
struct Desk {
    batch: Arc<Batch>,
    sink: Sink,
    progress: BatchProgress,
    stop: StopFlag,
    totals: Totals,
    /// Failures since the last success.
    in_a_row: u32,
    /// The disk takes nothing more. Then the runs under way are stopped before they pay for what
    /// nobody can keep.
    unkept: bool,
}

impl Desk {
    /// Begins runs in the order of their briefs, at most so many at once, and tells each result as
    /// soon as it is there.
    async fn carry_out(&mut self, mut briefs: Briefs, most: usize) -> Result<(), Failure> {
        let mut runs = JoinSet::new();
        let mut under_way = HashSet::new();
        let mut again = Vec::new();
        let mut failed = None;
        loop {
            while runs.len() < most && self.goes_on() && failed.is_none() {
                let Some(line) = briefs.next() else { break };
                failed = self.begin(line, &mut runs, &mut under_way, &mut again).err();
            }
            if failed.is_some() {
                // Whoever is under way finishes the step that may have been paid for.
                self.stop.raise();
            }
            let Some(done) = runs.join_next().await else { break };
            let told = done.map_err(|error| Failure::new(error, Exit::Broken));
            let told = told.and_then(|(line, run, result)| {
                under_way.remove(&run);
                if failed.is_none() { self.tell(&line, result) } else { Ok(()) }
            });
            if let Err(failure) = told {
                failed.get_or_insert(failure);
            }
        }
        if let Some(failure) = failed {
            return Err(failure);
        }
        // The same brief once more is only read, now that it is there.
        for line in again {
            if self.goes_on() {
                let request = self.batch.request(&line.idea, line.seed);
                let result = self.batch.answer(request, &self.stop).await;
                self.tell(&line, result)?;
            }
        }
        Ok(())
    }

    fn begin(
        &mut self,
        line: Result<Line, Told>,
        runs: &mut JoinSet<(Line, RunId, Result<Answered, AppError>)>,
        under_way: &mut HashSet<RunId>,
        again: &mut Vec<Line>,
    ) -> Result<(), Failure> {
        let line = match line {
            Ok(line) => line,
            Err(told) => return self.note(&told, false),
        };
        let request = self.batch.request(&line.idea, line.seed);
        let run = request.run.clone();
        if !under_way.insert(run.clone()) {
            again.push(line);
            return Ok(());
        }
        let (batch, stop) = (self.batch.clone(), self.stop.clone());
        runs.spawn(async move {
            let result = batch.answer(request, &stop).await;
            (line, run, result)
        });
        Ok(())
    }

    fn goes_on(&self) -> bool {
        !self.stop.is_raised() && self.in_a_row < MOST_FAILURES
    }

    fn tell(&mut self, line: &Line, result: Result<Answered, AppError>) -> Result<(), Failure> {
        let result = match result {
            Err(error) if error.blame() == Blame::Interrupted => return Ok(()),
            result => result,
        };
        if result.as_ref().is_err_and(AppError::is_of_the_disk) {
            self.unkept = true;
            self.stop.raise();
        }
        // What is wrong with an idea is wrong with that one only.
        let is_systemic = result.as_ref().is_err_and(|error| {
            matches!(error, AppError::Unfinished { .. })
                || matches!(error.blame(), Blame::Broken | Blame::Missing)
        });
        self.note(&Told::of(line, result), is_systemic)
    }

    fn note(&mut self, told: &Told, is_systemic: bool) -> Result<(), Failure> {
        self.in_a_row = if is_systemic { self.in_a_row + 1 } else { 0 };
        self.totals.count(told);
        let Self { progress, sink, .. } = self;
        progress.above(|| sink.write(told))?;
        self.progress.advance(&self.totals.short(self.batch.spent().money));
        Ok(())
    }
}

/// Where results are written.
enum Sink {
    Screen(Format),
    File(BufWriter<File>, PathBuf),
}

impl Sink {
    fn open(path: Option<PathBuf>, briefs: &Path, global: GlobalFlags) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Screen(global.format)) };
        let name = path.display().to_string();
        // Whoever opens a file for writing empties it.
        if path.canonicalize().is_ok_and(|path| briefs.canonicalize().is_ok_and(|it| it == path)) {
            let message = format!("`{name}` holds the briefs, and the results would replace them");
            return Err(Failure::new(message, Exit::WrongUse)
                .with_hint("choose another file for the results"));
        }
        match File::create(&path) {
            Ok(file) => Ok(Self::File(BufWriter::new(file), path)),
            Err(error) => Err(Failure::unwritable(&name, error, Exit::WrongUse)
                .with_hint("choose a place that exists and may be written")),
        }
    }

    /// Writes one result, at once: whoever reads along need not wait for the next.
    fn write(&mut self, told: &Told) -> Result<(), Failure> {
        match self {
            Self::Screen(Format::Text) => output::line(&told.in_words()),
            Self::Screen(Format::Json) => output::line(&told.to_json()),
            Self::File(file, path) => {
                let written = writeln!(file, "{}", told.to_json()).and_then(|()| file.flush());
                written.map_err(|error| {
                    let hint = "make room for it, then type the same command again: what is done \
                                is not repeated";
                    let name = path.display().to_string();
                    Failure::unwritable(&name, error, Exit::Broken).with_hint(hint)
                })
            }
        }
    }
}
