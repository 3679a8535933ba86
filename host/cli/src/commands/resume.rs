//! `resume`: goes on with a run that was interrupted. What was finished is read, never repeated.

use std::sync::Arc;

use clap::Args;
use pentimento_app::Session;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    progress::RunProgress,
};

/// Which run.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Name of the run, its beginning, or `latest`
    #[arg(default_value = "latest")]
    run: String,
    /// Folder that keeps the runs [default: runs]
    #[arg(long, value_name = "DIR")]
    runs_dir: Option<std::path::PathBuf>,
}

pub(crate) fn run(flags: Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::for_runs_in(flags.runs_dir))?;
    let progress = Arc::new(RunProgress::new(global.quiet));
    let stop = refine::stop_on_ctrl_c();
    let session = Session::open(settings)?;
    let ended = commands::runtime()?.block_on(session.resume(&flags.run, progress.clone(), &stop));
    progress.finish();
    refine::tell(ended, global)
}
