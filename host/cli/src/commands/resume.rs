//! `resume`: goes on with a run that was interrupted. What was finished is read, never repeated.

use std::sync::Arc;

use pentimento_app::Session;

use crate::{
    args::{GlobalFlags, RunFlags},
    commands::{self, refine},
    exit::Exit,
    fail::Failure,
    progress::RunProgress,
};

pub(crate) fn run(flags: &RunFlags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(flags.settings())?;
    let progress = Arc::new(RunProgress::new(global.quiet));
    let stop = refine::stop_on_ctrl_c();
    let session = Session::open(settings)?;
    let ended = commands::runtime()?.block_on(session.resume(&flags.run, progress.clone(), &stop));
    progress.finish();
    refine::tell(ended, global)
}
