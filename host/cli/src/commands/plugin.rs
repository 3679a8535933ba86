//! `plugin`: what authors and operators do with plugins. One file a verb.

mod bench;
mod build;
mod inspect;
mod new;
mod test;

use clap::Subcommand;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure};

/// What to do with a plugin.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Make a plugin's project, ready to be built and tried
    New(new::Flags),
    /// Build a plugin's project into a component
    Build(build::Flags),
    /// Try a plugin on its golden cases
    Test(test::Flags),
    /// Measure how long a plugin takes, and how much memory
    Bench(bench::Flags),
    /// Tell what a component says of itself, without running it
    Inspect(inspect::Flags),
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::New(flags) => new::run(flags, global),
        Action::Build(flags) => build::run(flags, global),
        Action::Test(flags) => test::run(flags, global),
        Action::Bench(flags) => bench::run(flags, global),
        Action::Inspect(flags) => inspect::run(flags, global),
    }
}
