//! `report`: writes a run's page, from its journal alone.

use std::path::PathBuf;

use clap::Args;
use pentimento_app::Stored;
use serde_json::json;

use crate::{
    args::{GlobalFlags, RunFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

/// Which run, and where to.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    which: RunFlags,
    /// Where to write the page [default: report.html in the run's folder]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(flags.which.settings())?;
    let stored = Stored::open(&settings.runs_dir, &flags.which.run)?;
    for notice in stored.notices() {
        output::note(&format!("note: {notice}"));
    }
    let path = stored.write_page(flags.output.as_deref())?;
    output::result(global.format, &output::path(&path), &json!({ "report": output::path(&path) }))?;
    Ok(Exit::Done)
}
