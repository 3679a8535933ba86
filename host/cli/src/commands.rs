//! One file a command: its flags, what they mean, and the work.

pub(crate) mod bench;
pub(crate) mod compile_component;
pub(crate) mod doctor;
pub(crate) mod explain;
mod layout;
pub(crate) mod model;
pub(crate) mod plugin;
pub(crate) mod recipe;
pub(crate) mod refine;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod serve;
pub(crate) mod show;

use std::path::Path;

use pentimento_app::{RawOptions, Settings, SystemClock};

use crate::{
    args::{Arguments, Command},
    exit::Exit,
    fail::Failure,
};

/// Does what was typed.
pub(crate) fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let global = arguments.global;
    match arguments.command {
        Command::Refine(flags) => refine::run(flags, global),
        Command::Run(flags) => run::run(flags, global),
        Command::Runs(action) => runs::run(&action, global),
        Command::Resume(flags) => resume::run(&flags, global),
        Command::Show(flags) => show::run(&flags, global),
        Command::Report(flags) => report::run(&flags, global),
        Command::Bench(flags) => bench::run(flags, global),
        Command::Recipe(action) => recipe::run(&action, global),
        Command::Plugin(action) => plugin::run(&action, global),
        Command::Model(action) => model::run(&action, global),
        Command::Serve(flags) => serve::run(flags, global),
        Command::Doctor => doctor::run(global),
        Command::CompileComponent(flags) => compile_component::run(&flags),
        Command::Explain(flags) => explain::run(&flags, global),
    }
}

/// Flags, environment and file, settled for the current folder.
fn settle(flags: impl Into<RawOptions>) -> Result<Settings, Failure> {
    let settings = Settings::settle(flags.into(), Path::new("."), &SystemClock)?;
    Ok(Settings { compiler: std::env::current_exe().ok(), ..settings })
}

/// The runtime every command that runs recipes shares.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(error, Exit::Broken))
}
