//! `plugin`: what authors and operators do with plugins. One file a verb.

mod build;

use clap::Subcommand;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure};

/// What to do with a plugin.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Build a plugin's project into a component
    Build(build::Flags),
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::Build(flags) => build::run(flags, global),
    }
}
