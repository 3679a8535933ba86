//! `plugin`: what authors and operators do with plugins. One file a verb.

mod add;
mod bench;
mod build;
mod deny;
mod dev;
mod grant;
mod inspect;
mod list;
mod new;
mod remove;
mod restore;
mod review;
mod sign;
mod test;
mod update;
mod verify;

use std::path::Path;

use clap::Subcommand;
use pentimento_app::{AppError, Conformity, Plugins, Shelf, SystemClock, Timestamp};

use crate::{
    args::{GlobalFlags, SettingFlags},
    exit::Exit,
    fail::Failure,
};

/// The shelf of the project in the current folder.
fn shelf() -> Result<Shelf, AppError> {
    Plugins::shelf(Path::new("."))
}

/// Where installed plugins are asked what every plugin is asked.
fn conformity() -> Result<Conformity, Failure> {
    Ok(Conformity::new(&super::settle(SettingFlags::default())?)?)
}

/// The time of a decision.
fn now() -> Timestamp {
    Plugins::now(&SystemClock)
}

/// What to do with a plugin.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// Make a plugin's project, ready to be built and tried
    New(new::Flags),
    /// Build a plugin's project into a component
    Build(build::Flags),
    /// Try a plugin on its golden cases
    Test(test::Flags),
    /// Build and try a plugin again whenever a file of it changes
    Dev(dev::Flags),
    /// Measure how long a plugin takes, and how much memory
    Bench(bench::Flags),
    /// Sign a component, so that others can tell it is yours
    Sign(sign::Flags),
    /// Tell what a component says of itself, without running it
    Inspect(inspect::Flags),
    /// Install a plugin; it may do nothing yet
    Add(add::Flags),
    /// Show what an installed plugin asks for, and why
    Review(review::Flags),
    /// Let an installed plugin run, with the powers you choose
    Grant(grant::Flags),
    /// Refuse a plugin, or some of its powers
    Deny(deny::Flags),
    /// List the installed plugins and where they stand
    List,
    /// Check installed plugins against lock file, digests and signatures, and ask them again what
    /// every plugin is asked
    Verify,
    /// Replace an installed plugin, and show how its request changes
    Update(update::Flags),
    /// Get the plugins that the lock file names and this machine lacks
    Restore(restore::Flags),
    /// Remove an installed plugin with its grant
    Remove(remove::Flags),
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    match action {
        Action::New(flags) => new::run(flags, global),
        Action::Build(flags) => build::run(flags, global),
        Action::Test(flags) => test::run(flags, global),
        Action::Dev(flags) => dev::run(flags, global),
        Action::Bench(flags) => bench::run(flags, global),
        Action::Sign(flags) => sign::run(flags, global),
        Action::Inspect(flags) => inspect::run(flags, global),
        Action::Add(flags) => add::run(flags, global),
        Action::Review(flags) => review::run(flags, global),
        Action::Grant(flags) => grant::run(flags, global),
        Action::Deny(flags) => deny::run(flags, global),
        Action::List => list::run(global),
        Action::Verify => verify::run(global),
        Action::Update(flags) => update::run(flags, global),
        Action::Restore(flags) => restore::run(flags, global),
        Action::Remove(flags) => remove::run(flags, global),
    }
}
