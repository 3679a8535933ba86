//! `show`: tells what happened in a run, from its journal alone.

use clap::Args;
use pentimento_app::Stored;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output, picture,
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

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::for_runs_in(flags.runs_dir.clone()))?;
    let stored = Stored::open(&settings.runs_dir, &flags.run)?;
    for notice in stored.notices() {
        output::note(&format!("note: {notice}"));
    }
    let summary = stored.summary()?;
    picture::show_best(&stored, global);
    output::result(global.format, &output::painted(&pentimento_app::to_text(&summary)), &summary)?;
    Ok(Exit::Done)
}
