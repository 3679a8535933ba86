//! `runs`: all runs of a folder, listed, checked, removed and moved between machines.

mod chosen;
mod export;
mod import;
mod list;
mod measure;
mod prune;
mod verify;

use clap::Subcommand;
use pentimento_app::Catalog;

use crate::{args::GlobalFlags, args::PlaceFlags, commands, exit::Exit, fail::Failure, output};

/// What to do with runs.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// List runs, newest first
    List(list::Flags),
    /// Check that nothing is lost or changed that a run wrote
    Verify(verify::Flags),
    /// Hold finished runs against gold answers of your own
    Measure(measure::Flags),
    /// Remove runs
    Prune(prune::Flags),
    /// Write a run to one file, for another machine
    Export(export::Flags),
    /// Take a run out of such a file
    Import(import::Flags),
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::List(flags) => list::run(flags, global),
        Action::Verify(flags) => verify::run(flags, global),
        Action::Measure(flags) => measure::run(flags, global),
        Action::Prune(flags) => prune::run(flags, global),
        Action::Export(flags) => export::run(flags, global),
        Action::Import(flags) => import::run(flags, global),
    }
}

/// The catalog of the folder that is meant.
fn catalog(place: &PlaceFlags) -> Result<Catalog, Failure> {
    let settings = commands::settle(place.settings())?;
    let catalog = Catalog::open(&settings.runs_dir)?;
    if let Some(error) = &catalog.unwritten {
        output::note(&format!("note: the index of the runs could not be written: {error}"));
    }
    Ok(catalog)
}

/// `14 events and 1 artifact`.
fn contents(events: usize, artifacts: usize) -> String {
    format!(
        "{} and {}",
        commands::counted(events, "event"),
        commands::counted(artifacts, "artifact")
    )
}
