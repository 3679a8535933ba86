//! `runs import`: a run out of one file, checked before it is there.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use pentimento_app::{Stored, catalog};
use serde_json::json;

use crate::{
    args::{GlobalFlags, PlaceFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// A file that `runs export` wrote; `-` reads standard input
    file: PathBuf,
    #[command(flatten)]
    place: PlaceFlags,
}

pub(super) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let runs_dir = commands::settle(flags.place.settings())?.runs_dir;
    let (packed, folder) = if flags.file == Path::new("-") {
        catalog::import_from(&runs_dir, io::stdin().lock())?
    } else {
        catalog::import(&runs_dir, &flags.file)?
    };
    // A page of somebody else's is not taken over; it is written from the journal.
    let report = Stored::read(&folder)?.write_page(None)?;
    let text = format!(
        "run {} with {}\n  report   {}",
        packed.run,
        super::contents(packed.events, packed.artifacts),
        report.display()
    );
    let value = json!({
        "run": packed.run.as_str(), "events": packed.events, "artifacts": packed.artifacts,
        "folder": output::path(&folder), "report": output::path(&report),
    });
    output::result(global.format, &text, &value)?;
    Ok(Exit::Done)
}
