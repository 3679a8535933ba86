//! `runs export`: a run as one file.

use std::path::{Path, PathBuf};

use clap::Args;
use pentimento_app::{Stored, catalog};
use serde_json::json;

use crate::{
    args::{GlobalFlags, RunFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(flatten)]
    run: RunFlags,
    /// The file, which must not be there yet; `-` is standard output [default: RUN.tar]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(flags.run.settings())?;
    let folder = Stored::find(&settings.runs_dir, &flags.run.run)?;
    if flags.output.as_deref() == Some(Path::new("-")) {
        return to_stdout(&folder, global);
    }
    let to = match &flags.output {
        Some(path) => path.clone(),
        None => format!("{}.tar", Stored::read(&folder)?.run()).into(),
    };
    let packed = catalog::export(&folder, &to)?;
    let text = format!(
        "run {} with {} is in {}",
        packed.run,
        super::contents(packed.events, packed.artifacts),
        to.display()
    );
    let value = json!({
        "run": packed.run.as_str(), "events": packed.events, "artifacts": packed.artifacts,
        "file": output::path(&to),
    });
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}

/// Nothing but the archive is written to standard output.
fn to_stdout(folder: &Path, global: GlobalFlags) -> Result<Exit, Failure> {
    let Some(out) = output::bytes() else {
        return Err(Failure::new("an archive is nothing for a terminal", Exit::WrongUse)
            .with_hint("name a file with `--output FILE`, or write to another program or a file"));
    };
    let packed = catalog::export_to(folder, out)?;
    if !global.quiet {
        let contents = super::contents(packed.events, packed.artifacts);
        output::note(&format!("run {} with {contents}", packed.run));
    }
    Ok(Exit::Done)
}
