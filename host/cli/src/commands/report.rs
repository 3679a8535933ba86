//! `report`: writes a run's page, from its journal alone.

use std::path::PathBuf;

use clap::Args;
use pentimento_app::Stored;
use serde_json::json;

use crate::{
    args::{GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

/// Which run, and where to.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Name of the run, its beginning, or `latest`
    #[arg(default_value = "latest")]
    run: String,
    /// Where to write the page [default: report.html in the run's folder]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Folder that keeps the runs [default: runs]
    #[arg(long, value_name = "DIR")]
    runs_dir: Option<PathBuf>,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::for_runs_in(flags.runs_dir.clone()))?;
    let stored = Stored::open(&settings.runs_dir, &flags.run)?;
    for notice in stored.notices() {
        output::note(&format!("note: {notice}"));
    }
    let path = stored.write_page(flags.output.as_deref())?;
    output::result(global.format, &path.display().to_string(), &json!({ "report": path }))?;
    Ok(Exit::Done)
}
