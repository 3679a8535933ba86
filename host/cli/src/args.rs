//! The words one can type. Each command's own flags stand with the command.

use std::env;

use clap::{
    Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
    error::{ContextKind, ContextValue, ErrorKind},
};
use pentimento_app::{AppError, COMPILE_COMMAND, RawOptions, SeedOption, cassette, cassette::Tape};

use crate::{
    commands::{
        bench, cache, compile_component, explain, model, plugin, recipe, refine, report, resume,
        run, runs, serve,
    },
    exit::Exit,
};

/// Corrects model outputs: generate, look, correct, with critics that run in a sandbox.
#[derive(Debug, Parser)]
#[command(name = "pentimento", version, propagate_version = true, max_term_width = 80)]
#[command(after_help = "Try: pentimento refine \"three red apples to the left of a blue cup\"")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: GlobalFlags,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that every command takes.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct GlobalFlags {
    /// How the result is written to standard output
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// The same as `--format json`
    #[arg(long, global = true, conflicts_with = "format")]
    json: bool,
    /// No progress, no pictures: only the result
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a picture of an idea, look at it, and correct what is wrong
    Refine(refine::Flags),
    /// Refine many ideas, several at a time; typed again, it goes on where it stopped
    Run(run::Flags),
    /// List runs, check, remove and move them
    #[command(subcommand)]
    Runs(runs::Action),
    /// See what is kept of runs for others, make it smaller, or empty it
    #[command(subcommand)]
    Cache(cache::Action),
    /// Go on with a run that was interrupted
    Resume(resume::Flags),
    /// Carry a run out once more from its journal, and say whether it is the same
    Replay(RunFlags),
    /// Tell what happened in a run
    Show(RunFlags),
    /// Write a run's report as one HTML page
    Report(report::Flags),
    /// Measure a recipe on a benchmark
    Bench(bench::Flags),
    /// List recipes, or show one
    #[command(subcommand)]
    Recipe(recipe::Action),
    /// Build plugins, look into them, try and measure them
    #[command(subcommand)]
    Plugin(plugin::Action),
    /// List models and who plays which role, and try one
    #[command(subcommand)]
    Model(model::Action),
    /// Be a server for clients of real models
    Serve(serve::Flags),
    /// Check that everything is in place
    Doctor,
    /// Compile a component for the program that started this one
    #[command(name = COMPILE_COMMAND, hide = true)]
    CompileComponent(compile_component::Flags),
    /// Explain exit codes, presets, finding codes or stop rules
    Explain(explain::Flags),
}

/// Settings that may also stand in the environment or in `pentimento.toml`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct SettingFlags {
    /// Recipe to follow (see `recipe list`), or a file that ends in `.toml` [default: sld]
    #[arg(long, value_name = "NAME")]
    pub(crate) recipe: Option<String>,
    /// Who asks models about every picture: dsg, tifa, vqascore, textnorm, cycle, rich, map or
    /// lettering [default: the recipe's own, if it has one]
    #[arg(long, value_name = "NAME")]
    examiner: Option<String>,
    /// Who says what is in pictures: a plugin, or a model in the role `detector` or `seer` [default: the
    /// recipe's own; `detector` in place of `seer` if one is bound]
    #[arg(long, value_name = "NAME")]
    detector: Option<String>,
    /// Who is asked and not heard: an assessor, or a model in the role `auditor`. A run whose judge keeps
    /// rising while this one falls is stopped, and hands out what this one likes best
    #[arg(long, value_name = "NAME")]
    held_out: Option<String>,
    /// How imperfectly the embedded painter paints: perfect, careful, dalle3-like or hopeless
    /// [default: dalle3-like]
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Corrections after the first picture [default: 3]
    #[arg(long, value_name = "N")]
    rounds: Option<u32>,
    /// Where all randomness comes from: a number, or `random` [default: 10]
    #[arg(long, value_name = "SEED")]
    seed: Option<String>,
    /// Folder that keeps the runs [default: runs]
    #[arg(long, value_name = "DIR")]
    runs_dir: Option<std::path::PathBuf>,
    /// When what is written must be on the disk: always, stage or never [default: always]
    #[arg(long, value_name = "WHEN")]
    sync: Option<String>,
    /// Refuse to run unless every plugin of the lock file is granted and runs
    #[arg(long)]
    locked: bool,
}

impl SettingFlags {
    /// True if a number of rounds was typed.
    pub(crate) const fn has_rounds(&self) -> bool {
        self.rounds.is_some()
    }
}

impl From<SettingFlags> for RawOptions {
    fn from(flags: SettingFlags) -> Self {
        Self {
            recipe: flags.recipe,
            examiner: flags.examiner,
            detector: flags.detector,
            held_out: flags.held_out,
            preset: flags.preset,
            rounds: flags.rounds,
            seed: flags.seed.as_deref().map(SeedOption::from),
            runs_dir: flags.runs_dir,
            sync: flags.sync,
            cache_dir: None,
            locked: flags.locked,
            ..Self::default()
        }
    }
}

/// Results of other runs.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CacheFlags {
    /// Take what another run came to before, and keep what this one does: on, or off [default: off]
    #[arg(
        long, value_name = "ON|OFF", value_enum, num_args = 0..=1, require_equals = true,
        default_missing_value = "on"
    )]
    cache: Option<Switch>,
}

/// Whether results of other runs are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    /// Results of other runs are used
    On,
    /// Everything is made anew
    Off,
}

impl CacheFlags {
    /// What was typed.
    pub(crate) fn typed(&self) -> Option<bool> {
        self.cache.map(|switch| switch == Switch::On)
    }
}

/// Keeping what models say, or hearing it again.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CassetteFlags {
    /// Keep every answer of a model in this folder, which must be new or empty
    #[arg(long, value_name = "DIR", conflicts_with = "replay")]
    record: Option<std::path::PathBuf>,
    /// Take every answer of a model from this folder; nothing is sent
    #[arg(long, value_name = "DIR")]
    replay: Option<std::path::PathBuf>,
}

impl CassetteFlags {
    /// The tape that was asked for.
    pub(crate) fn tape(&self) -> Result<Option<Tape>, AppError> {
        Ok(match (&self.record, &self.replay) {
            (Some(folder), _) => Some(cassette::record(folder)?),
            (None, Some(folder)) => Some(cassette::play(folder)?),
            (None, None) => None,
        })
    }
}

/// Which run a command is about.
#[derive(Args, Debug)]
pub(crate) struct RunFlags {
    /// Name of the run, its beginning, or `latest`
    #[arg(default_value = "latest")]
    pub(crate) run: String,
    #[command(flatten)]
    place: PlaceFlags,
}

impl RunFlags {
    /// The only setting these commands have.
    pub(crate) fn settings(&self) -> SettingFlags {
        self.place.settings()
    }
}

/// Where runs are.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlaceFlags {
    /// Folder that keeps the runs [default: runs]
    #[arg(long, value_name = "DIR")]
    runs_dir: Option<std::path::PathBuf>,
}

impl PlaceFlags {
    /// The only setting these commands have.
    pub(crate) fn settings(&self) -> SettingFlags {
        SettingFlags { runs_dir: self.runs_dir.clone(), ..SettingFlags::default() }
    }
}

/// Reads the command line. Help and version are printed here, and end the program well.
pub(crate) fn parse() -> Result<Arguments, Exit> {
    let mut command = with_numbers_below_zero(Arguments::command());
    let matches = command.try_get_matches_from_mut(env::args_os());
    let parsed = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
    let parsed = parsed.map_err(|error| with_our_tip(error.format(&mut command)));
    let parsed = parsed.map(|mut arguments| {
        if arguments.global.json {
            arguments.global.format = Format::Json;
        }
        arguments
    });
    parsed.map_err(|error| {
        // A closed pipe is no reason to complain about help that nobody reads.
        let _ = error.print();
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
            _ => Exit::WrongUse,
        }
    })
}

/// What is too small for an option is told as such, not as an option that nobody knows.
fn with_numbers_below_zero(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| {
        let takes_value = arg.get_action().takes_values() && !arg.is_positional();
        if takes_value { arg.allow_negative_numbers(true) } else { arg }
    });
    command.mut_subcommands(with_numbers_below_zero)
}

/// `clap` takes what begins with `-` for an idea or a name that was not marked as one. Behind an option, it
/// is more likely that option's value.
fn with_our_tip(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { return error };
    let words: Vec<_> = env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let is_it = |pair: &&[String]| matches!(pair, [_, second] if second.starts_with(word.as_str()));
    let before = words.windows(2).find(is_it);
    let Some([option, value]) = before.filter(|pair| pair.iter().all(|one| one.starts_with('-')))
    else {
        return error;
    };
    if error.kind() == ErrorKind::UnknownArgument && value.get(1..2) != Some("-") {
        let tip = format!("if that is the value of `{option}`, write `{option}={value}`");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}
