//! `run`: many briefs, each a run, several at a time. Typed again, it goes on where it stopped.

mod brief;
mod forecast;
mod queue;
mod sink;
mod told;

use std::{
    collections::HashSet,
    future,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;
use pentimento_app::{
    Amount, Answered, AppError, Batch, Blame, RawOptions, RunRequest, Session, StopFlag,
};
use pentimento_lanes::Lanes;
use pentimento_model::{Bounds, Money, RunId};
use tokio::task::{JoinError, JoinSet};

use crate::{
    args::{CacheFlags, CassetteFlags, GlobalFlags, SettingFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    output::{self, Reader},
    progress::BatchProgress,
};

use brief::{Briefs, Coming, Line};
use queue::{Queue, Waiting};
use sink::Sink;
use told::{Told, Totals};

/// How a batch is gone on with.
pub(crate) const AGAIN: &str = "the same command typed again goes on";

/// How long one that is in use is let alone before it is looked at again.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

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
    /// Only say how many pictures all runs together would make, and what they may cost
    #[arg(long)]
    dry_run: bool,
    /// Write the results to a file, one JSON object a line
    #[arg(long, short, value_name = "FILE", conflicts_with = "dry_run")]
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
    if flags.dry_run {
        let batch = Batch::open(Session::open(settings)?, Bounds::NONE)?;
        return forecast::tell(&batch, briefs, flags.total_usd, global);
    }
    let sink = Sink::open(flags.results, &flags.briefs, global)?;
    let progress = BatchProgress::new(briefs.expected(), global.quiet);
    let capped = flags.total_usd.is_some();
    let stop = refine::stop_on_ctrl_c(AGAIN);
    let all = Bounds { money: flags.total_usd, ..Bounds::NONE };
    let batch = Arc::new(Batch::open(Session::open(settings)?, all)?);
    if capped {
        count_before(&batch, &flags.briefs, &stop)?;
    }
    let most = flags.concurrency as usize;
    let lanes = Lanes::open(most).map_err(|error| Failure::new(error, Exit::Broken))?;
    let totals = Totals::default();
    let mut desk = Desk {
        lanes: &lanes,
        batch,
        sink,
        progress,
        stop,
        totals,
        queue: Queue::default(),
        waited: HashSet::new(),
        in_a_row: 0,
        unkept: false,
        reader: Reader::There,
    };
    let result = lanes.block_on(desk.carry_out(briefs, most));
    desk.progress.finish();
    commands::tell_unplayed(tape.as_ref());
    commands::tell_notices(&desk.batch.notices());
    result?;
    desk.totals.spent = desk.batch.spent();
    output::note(&desk.totals.in_words());
    desk.end()
}

/// Counts what all runs of these briefs took before, so that the cap on all of them holds from the first
/// call on. What comes from standard input, or another pipe, can be read only once: there, runs count as their lines come.
fn count_before(batch: &Batch, briefs: &Path, stop: &StopFlag) -> Result<(), Failure> {
    let mut briefs = Briefs::open(briefs)?;
    if briefs.expected().is_none() {
        return Ok(());
    }
    while let Some(line) = briefs.next().filter(|_| !stop.is_raised()) {
        if let Ok(line) = line {
            batch.count(&batch.request(&line.idea, line.seed).run);
        }
    }
    Ok(())
}

/// Where briefs come in and results go out.
struct Desk<'l> {
    lanes: &'l Lanes,
    batch: Arc<Batch>,
    sink: Sink,
    progress: BatchProgress,
    stop: StopFlag,
    totals: Totals,
    /// Briefs that stand there twice, or that others are at work on.
    queue: Queue,
    /// The lines that were said to wait for others.
    waited: HashSet<u64>,
    /// Failures since the last success.
    in_a_row: u32,
    /// The disk takes nothing more. Then the runs under way are stopped before they pay for what
    /// nobody can keep.
    unkept: bool,
    /// Who reads the results.
    reader: Reader,
}

/// A run that is over, however.
type Ended = (Line, RunId, Result<Answered, AppError>);

/// Runs under way, and what comes of them.
type Runs = JoinSet<Ended>;

/// What is to be done next.
enum Next {
    /// A brief came, or a line that is none.
    Line(Result<Line, Told>),
    /// The turn of one that waited has come.
    Waited(Waiting),
    /// A run is over.
    Ended(Result<Ended, JoinError>),
    /// Something else is to be waited for.
    LookAgain,
    /// Nothing.
    Over,
}

impl Desk<'_> {
    /// Begins runs in the order of their briefs, at most so many at once, and tells each result as
    /// soon as it is there, also while a next brief is waited for. What has to wait for others comes when
    /// nothing else does.
    async fn carry_out(&mut self, briefs: Briefs, most: usize) -> Result<(), Failure> {
        let (mut coming, mut runs, mut failed) = (briefs.coming()?, Runs::new(), None);
        loop {
            let begins = runs.len() < most && self.goes_on() && failed.is_none();
            let told = match self.next(&mut coming, &mut runs, begins).await {
                Next::Line(Ok(line)) => {
                    self.begin(line, &mut runs);
                    Ok(())
                }
                Next::Line(Err(told)) => self.note(&told, false),
                Next::Waited(waiting) => {
                    let request = self.batch.request(&waiting.line.idea, waiting.line.seed);
                    self.spawn(request, waiting, &mut runs);
                    Ok(())
                }
                Next::Ended(ended) => {
                    let ended = ended.map_err(|error| Failure::new(error, Exit::Broken));
                    // After a failure of our own nothing more is told.
                    ended.and_then(|it| if failed.is_none() { self.ended(it) } else { Ok(()) })
                }
                Next::LookAgain => Ok(()),
                Next::Over => break,
            };
            if let Err(failure) = told {
                failed.get_or_insert(failure);
                // Whoever is under way finishes the step that may have been paid for.
                self.stop.raise();
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// What is to be done next, once there is anything.
    async fn next(&mut self, coming: &mut Coming, runs: &mut Runs, begins: bool) -> Next {
        let reads = begins && !coming.is_over() && !self.queue.is_full();
        let takes = begins && self.queue.has_next();
        if !reads && !takes && runs.is_empty() {
            return Next::Over;
        }
        tokio::select! {
            biased;
            line = coming.next(), if reads => line.map_or(Next::LookAgain, Next::Line),
            () = future::ready(()), if takes => {
                self.queue.take().map_or(Next::LookAgain, Next::Waited)
            }
            Some(ended) = runs.join_next() => Next::Ended(ended),
            () = self.stop.raised(), if reads => Next::LookAgain,
        }
    }

    /// Begins the run of a brief. The same brief once more is only read, later, when it is there.
    fn begin(&mut self, line: Line, runs: &mut Runs) {
        let request = self.batch.request(&line.idea, line.seed);
        if let Some(waiting) = self.queue.begin(line, request.run.clone()) {
            self.spawn(request, waiting, runs);
        }
    }

    fn spawn(&self, request: RunRequest, waiting: Waiting, runs: &mut Runs) {
        let Waiting { line, run, in_use } = waiting;
        let (batch, stop) = (self.batch.clone(), self.stop.clone());
        self.lanes.spawn(runs, async move {
            if in_use {
                stop.unless_raised(tokio::time::sleep(LOOK_AGAIN)).await;
            }
            let result = batch.answer(request, &stop).await;
            (line, run, result)
        });
    }

    /// Tells how a run ended. If another program is at it, that is no failure: its result is told when it is
    /// there.
    fn ended(&mut self, (line, run, result): Ended) -> Result<(), Failure> {
        match result {
            Err(error) if error.in_use_by().is_some() => {
                if self.waited.insert(line.number) {
                    let number = line.number;
                    let told = format!("note: line {number}: {error}; its result is waited for");
                    self.progress.above(|| output::note(&told));
                }
                self.queue.put_back(line, run);
                Ok(())
            }
            result => {
                self.queue.ended(&run);
                self.tell(&line, result)
            }
        }
    }

    fn goes_on(&self) -> bool {
        !self.stop.is_raised() && self.in_a_row < MOST_FAILURES
    }

    fn tell(&mut self, line: &Line, result: Result<Answered, AppError>) -> Result<(), Failure> {
        if result.as_ref().is_err_and(|error| error.blame() == Blame::Interrupted) {
            return Ok(());
        }
        if result.as_ref().is_err_and(AppError::is_of_the_disk) {
            self.unkept = true;
            self.stop.raise();
        }
        // What is wrong with an idea, or with one run's folder, is wrong with that one only.
        let is_systemic = result.as_ref().is_err_and(|error| {
            let ours = matches!(error.blame(), Blame::Broken | Blame::Missing);
            matches!(error, AppError::Unfinished { .. }) || (ours && !error.is_of_one_run())
        });
        self.note(&Told::of(line, result), is_systemic)
    }

    fn note(&mut self, told: &Told, is_systemic: bool) -> Result<(), Failure> {
        self.in_a_row = if is_systemic { self.in_a_row + 1 } else { 0 };
        self.totals.count(told);
        let Self { progress, sink, .. } = self;
        if progress.above(|| sink.write(told))? == Reader::Gone {
            // Nothing more is begun for nobody, and what is under way is not lost.
            self.reader = Reader::Gone;
            self.stop.raise();
        }
        let so_far = self.totals.short(self.batch.spent().money);
        self.progress.advance(&so_far, told.was_there());
        Ok(())
    }

    /// Why no more was begun, if that is so, and how the program ends.
    fn end(&self) -> Result<Exit, Failure> {
        if self.unkept {
            let message = "no more runs were begun, because nothing that they bring could be kept";
            let hint = "make room, or choose another place with `--runs-dir`, then type the same \
                        command again: what is done is not repeated";
            return Err(Failure::new(message, Exit::Broken).with_hint(hint));
        }
        if self.reader == Reader::Gone {
            output::note("nobody reads the results any more, so no more runs were begun");
        }
        if self.stop.is_raised() {
            output::note("type the same command again to go on: what is done is not repeated");
            return Ok(Exit::Interrupted);
        }
        if self.in_a_row >= MOST_FAILURES {
            let message = format!("{MOST_FAILURES} runs failed in a row, so no more were begun");
            let hint = "remove the cause that they tell, then type the same command again";
            return Err(Failure::new(message, Exit::Broken).with_hint(hint));
        }
        Ok(self.totals.exit())
    }
}
