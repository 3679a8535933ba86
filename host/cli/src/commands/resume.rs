//! `resume`: goes on with a run that was interrupted. What was finished is read, never repeated.

use std::sync::Arc;

use clap::Args;
use pentimento_app::{RawOptions, Session};

use crate::{
    args::{GlobalFlags, RunFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    progress::RunProgress,
};

/// Which run, and what must be true of its plugins.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    run: RunFlags,
    /// Refuse to go on unless every plugin of the lock file is granted and runs
    #[arg(long)]
    locked: bool,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let options = RawOptions { locked: flags.locked, ..flags.run.settings().into() };
    let settings = commands::settle(options)?;
    let progress = Arc::new(RunProgress::new(global.quiet));
    let stop = refine::stop_on_ctrl_c();
    let session = Session::open(settings)?;
    let word = &flags.run.run;
    let ended = commands::runtime()?.block_on(session.resume(word, progress.clone(), &stop));
    progress.finish();
    refine::tell(ended, global)
}
