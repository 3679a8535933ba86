//! `plugin`: what authors and operators do with plugins. One file a verb.

mod build;
mod inspect;

use clap::Subcommand;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure};

/// What to do with a plugin.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Build a plugin's project into a component
    Build(build::Flags),
    /// Tell what a component says of itself, without running it
    Inspect(inspect::Flags),
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::Build(flags) => build::run(flags, global),
        Action::Inspect(flags) => inspect::run(flags, global),
    }
}
