//! `resume`: goes on with a run that was interrupted, or with all of them. What was finished is
//! read, never repeated.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use pentimento_app::{Catalog, RawOptions, Row, Session, Standing, Stored};
use pentimento_model::{Bounds, Money, StopReason, Verdict};
use serde_json::json;

use crate::{
    args::{CacheFlags, CassetteFlags, Format, GlobalFlags, RunFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    output::{self, Reader},
    progress::RunProgress,
};

/// Which run, and what must be true of its plugins.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    run: RunFlags,
    #[command(flatten)]
    cassette: CassetteFlags,
    #[command(flatten)]
    cache: CacheFlags,
    /// Dollars that the run's models may cost from here on, all before included. A run goes on that had
    /// ended for want of means
    #[arg(long, value_name = "USD", value_parser = refine::dollars, conflicts_with = "all")]
    budget_usd: Option<Money>,
    /// Calls of models that the run may make from here on, all before included
    #[arg(long, value_name = "N", conflicts_with = "all")]
    budget_calls: Option<u32>,
    /// Go on with every run that is not finished, one after the other
    #[arg(long, conflicts_with = "run")]
    all: bool,
    /// Refuse to go on unless every plugin of the lock file is granted and runs
    #[arg(long)]
    locked: bool,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let cache = flags.cache.typed();
    let options = RawOptions { locked: flags.locked, cache, ..flags.run.settings().into() };
    let settings = commands::settle(options)?;
    let tape = flags.cassette.tape()?;
    let settings = commands::on_tape(settings, tape.as_ref());
    if flags.all {
        let catalog = Catalog::open(&settings.runs_dir)?;
        let exit = all(&Session::open(settings)?, catalog, global)?;
        commands::tell_unplayed(tape.as_ref());
        return Ok(exit);
    }
    let bounds = Bounds { money: flags.budget_usd, calls: flags.budget_calls, ..Bounds::NONE };
    let raised = (bounds != Bounds::NONE).then_some(bounds);
    let folder = match flags.run.run.as_str() {
        "latest" => latest(&settings.runs_dir, raised.is_some())?,
        word => Stored::find(&settings.runs_dir, word)?,
    };
    let progress = Arc::new(RunProgress::new(global.quiet));
    let stop = refine::stop_on_ctrl_c(refine::RESUME);
    let session = Session::open(settings)?;
    let resumed = session.resume(&folder, raised, progress.clone(), &stop);
    let ended = commands::runtime()?.block_on(resumed);
    progress.finish();
    commands::tell_notices(&session.notices());
    if ended.is_ok() {
        commands::tell_unplayed(tape.as_ref());
    }
    refine::tell(ended, global)
}

/// The newest run that can be gone on with; if there is none, the newest.
fn latest(runs_dir: &Path, has_more: bool) -> Result<PathBuf, Failure> {
    let goes_on = |row: &Row| match row.standing {
        Standing::Unfinished => true,
        Standing::GivenUp => has_more && row.stop.as_deref().is_some_and(ran_out),
        _ => false,
    };
    let runs = Catalog::open(runs_dir)?.runs;
    // What is damaged is not gone on with, and hides nothing that could be.
    let is_whole = |row: &Row| row.standing != Standing::Damaged;
    let newest = runs.iter().find(|one| goes_on(&one.row));
    let newest = newest.or_else(|| runs.iter().find(|one| is_whole(&one.row)));
    match newest {
        Some(one) => Ok(one.folder().to_owned()),
        None => Ok(Stored::find(runs_dir, "latest")?),
    }
}

/// True if this is why a run stopped that had no more to spend.
fn ran_out(stop: &str) -> bool {
    StopReason::ALL.iter().any(|reason| reason.is_budget() && reason.as_str() == stop)
}

/// How all runs are gone on with.
const RESUME_ALL: &str = "`pentimento resume --all` goes on";

/// The oldest run goes on first. One that cannot does not keep the others from it.
fn all(session: &Session, catalog: Catalog, global: GlobalFlags) -> Result<Exit, Failure> {
    let damaged = catalog.runs.iter().filter(|one| one.row.standing == Standing::Damaged).count();
    let unfinished = catalog.runs.into_iter().rev();
    let unfinished: Vec<_> =
        unfinished.filter(|one| one.row.standing == Standing::Unfinished).collect();
    let (runtime, stop) = (commands::runtime()?, refine::stop_on_ctrl_c(RESUME_ALL));
    let (mut worst, mut values) = (Exit::Done, Vec::new());
    let mut reader = Reader::There;
    for one in &unfinished {
        if stop.is_raised() || reader == Reader::Gone {
            break;
        }
        let (name, folder) = (&one.row.run, one.folder());
        let progress = Arc::new(RunProgress::new(global.quiet));
        let ended = runtime.block_on(session.resume(folder, None, progress.clone(), &stop));
        progress.finish();
        let (told, exit) = match ended {
            Ok(ended) if ended.outcome.verdict == Verdict::Accept => ("accepted", Exit::Done),
            Ok(ended) if ended.outcome.stop.is_budget() => ("given up", Exit::Budget),
            Ok(_) => ("given up", Exit::NotAccepted),
            Err(error) => {
                output::note(&format!("{name}: {}", pentimento_app::in_words(&error)));
                ("failed", Failure::from(error).exit())
            }
        };
        if worst == Exit::Done {
            worst = exit;
        }
        if global.format == Format::Text {
            reader = output::line(&format!("{told:9} {name}"))?;
        }
        values.push(json!({ "run": name, "result": told }));
    }
    commands::tell_notices(&session.notices());
    if damaged > 0 {
        let (runs, are) = if damaged == 1 { ("run", "is") } else { ("runs", "are") };
        output::note(&format!(
            "note: {damaged} {runs} {are} damaged, and not gone on with: `pentimento runs verify` tells \
             more"
        ));
    }
    if reader == Reader::Gone {
        output::note(&format!(
            "nobody reads the results any more, so no more was done: {RESUME_ALL}"
        ));
    }
    if stop.is_raised() || reader == Reader::Gone {
        worst = Exit::Interrupted;
    }
    if unfinished.is_empty() || global.format == Format::Json {
        output::result(global.format, "no run is unfinished", &values)?;
    }
    Ok(worst)
}
