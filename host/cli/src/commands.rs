//! One file a command: its flags, what they mean, and the work.

pub(crate) mod bench;
pub(crate) mod cache;
pub(crate) mod compile_component;
pub(crate) mod doctor;
pub(crate) mod explain;
mod layout;
pub(crate) mod model;
pub(crate) mod plugin;
pub(crate) mod recipe;
pub(crate) mod refine;
mod replay;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod serve;
pub(crate) mod show;

use std::path::Path;

use pentimento_app::{RawOptions, Settings, SystemClock, cassette::Tape};

use crate::{
    args::{Arguments, Command},
    exit::Exit,
    fail::Failure,
    output,
};

/// Does what was typed.
pub(crate) fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let global = arguments.global;
    match arguments.command {
        Command::Refine(flags) => refine::run(flags, global),
        Command::Run(flags) => run::run(flags, global),
        Command::Runs(action) => runs::run(&action, global),
        Command::Cache(action) => cache::run(&action, global),
        Command::Resume(flags) => resume::run(&flags, global),
        Command::Replay(flags) => replay::run(&flags, global),
        Command::Show(flags) => show::run(&flags, global),
        Command::Report(flags) => report::run(&flags, global),
        Command::Bench(flags) => bench::run(flags, global),
        Command::Recipe(action) => recipe::run(&action, global),
        Command::Plugin(action) => plugin::run(&action, global),
        Command::Model(action) => model::run(&action, global),
        Command::Serve(flags) => serve::run(&flags, global),
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

/// The same settings with a tape between all models and the network.
fn on_tape(settings: Settings, tape: Option<&Tape>) -> Settings {
    let Some(tape) = tape else { return settings };
    let providers = settings.providers.clone().on_tape(tape.clone());
    Settings { providers, ..settings }
}

/// `1 run`, `2 runs`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Says so if a tape holds more than was asked for: then something has changed.
fn tell_unplayed(tape: Option<&Tape>) {
    let unplayed = tape.map_or(0, Tape::unplayed);
    if unplayed > 0 {
        let answers = if unplayed == 1 { "answer" } else { "answers" };
        output::note(&format!(
            "note: {unplayed} {answers} on the cassette nobody asked for; record it anew if that is \
             meant"
        ));
    }
}

/// Says what one should know of something that was used on the way.
fn tell_notices(notices: &[String]) {
    for notice in notices {
        output::note(&format!("note: {notice}"));
    }
}

/// Where a command does what it does. Many runs at once have lanes of their own.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(error, Exit::Broken))
}
