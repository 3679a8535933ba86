//! What can go wrong between the user and a run, with advice and whose move it is.

use std::{error::Error, io, path::PathBuf};

use pentimento_cache::CacheError;
use pentimento_depot::FetchError;
use pentimento_engine::{PortError, PortErrorKind, RunError};
use pentimento_journal::{FolderError, Owner};
use pentimento_model::StopReason;
use pentimento_provider::ProviderError;
use pentimento_recipe::RecipeError;
use pentimento_record::RecordError;
use pentimento_report::ReportError;
use pentimento_sandbox::SandboxError;
use pentimento_shelf::ShelfError;
use thiserror::Error;

use crate::{TrialError, WorkbenchError, cassette::CassetteError};

/// Whose move it is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The user asked for something that cannot be.
    WrongUse,
    /// A plugin or provider is missing.
    Missing,
    /// The budget does not allow it.
    Budget,
    /// Someone pressed Ctrl-C.
    Interrupted,
    /// Anything else.
    Broken,
}

/// An error with what lies behind it, on one line.
pub fn in_words(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |words, cause| format!("{words}: {cause}"))
}

/// What helps where a journal does not say who played.
const BIND_ROLES: &str =
    "bind the roles under `[roles]` as they were where the run was made; nothing is sent";

/// A command could not be carried out.
#[derive(Debug, Error)]
pub enum AppError {
    /// A setting has an impossible value.
    #[error("the setting `{name}` cannot be used: {problem}")]
    Setting {
        /// Which setting.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
        /// What would help.
        hint: String,
    },
    /// The settings file is there but cannot be read.
    #[error("could not read the settings file `{}`", path.display())]
    ReadSettings {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The settings file is not valid.
    #[error("the settings file `{}` is not valid", path.display())]
    ParseSettings {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The file with the recipe cannot be read.
    #[error("could not read the recipe `{}`", path.display())]
    ReadRecipe {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The recipe cannot be used.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The sandbox or a bundled plugin could not be loaded.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// A plugin could not be found, built or tried.
    #[error(transparent)]
    Workbench(#[from] WorkbenchError),
    /// A plugin's golden cases cannot be tried.
    #[error(transparent)]
    Trial(#[from] TrialError),
    /// The run folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The idea cannot be read.
    #[error(transparent)]
    Idea(PortError),
    /// The run could not go on, and what it has is safe.
    #[error("run `{run}` could not go on")]
    Unfinished {
        /// Its name.
        run: String,
        /// Why.
        source: RunError,
    },
    /// Not even the beginning of a run could be written down; nothing was spent.
    #[error("the run could not begin")]
    NotBegun {
        /// Why.
        source: RunError,
    },
    /// Not even the first picture may be made; nothing was spent.
    #[error("the budget does not allow a first picture ({})", stop.as_str())]
    NothingAllowed {
        /// Which bound.
        stop: StopReason,
    },
    /// The journal does not even say what the run was to do.
    #[error("the journal of run `{run}` does not say how it began")]
    NoStart {
        /// Its name.
        run: String,
    },
    /// The journal does not say who played the roles, and the settings do not, either.
    #[error(
        "the journal of run `{run}` is from before it was noted who plays the roles, and the settings do \
         not say so"
    )]
    NoCast {
        /// Its name.
        run: String,
        /// What the settings lack.
        source: Box<Self>,
    },
    /// The journal names a painter this program does not have.
    #[error("run `{run}` was painted by `{painter}`, which this program does not have")]
    UnknownPainter {
        /// Its name.
        run: String,
        /// The painter.
        painter: String,
    },
    /// The page could not be written.
    #[error("could not write the report `{}`", path.display())]
    WritePage {
        /// Where to.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Figures could not be written there; nothing was measured.
    #[error("no page can be written to `{}`", path.display())]
    NoPlace {
        /// Where to.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Figures could not be written after they were measured.
    #[error("could not write the figures `{}`", path.display())]
    WriteFigures {
        /// Where to.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A plugin cannot be installed, granted or let in.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// A plugin cannot be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The settings name a plugin that is not there.
    #[error("the settings name the plugin `{plugin}`, which is neither bundled nor installed")]
    NoSuchPlugin {
        /// Its name.
        plugin: String,
    },
    /// Whom the settings or the recipe name for a task of assessors is not there, or assesses nothing.
    #[error("`{name}` cannot {task}: there is no such assessor")]
    NoSuchAssessor {
        /// Whom they name.
        name: String,
        /// What for.
        task: &'static str,
        /// Who could.
        hint: String,
    },
    /// The recipe's tool is not there, or nobody let it in.
    #[error("recipe `{recipe}` needs the tool `{plugin}`: {why}")]
    NoTool {
        /// Which recipe.
        recipe: String,
        /// The tool's name.
        plugin: String,
        /// Why it cannot be called.
        why: String,
        /// What would help.
        hint: String,
    },
    /// A model cannot be used.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// A model answers, and does not do what its role wants.
    #[error("`{binding}` cannot play the role `{role}`: {problem}")]
    NotPlayed {
        /// The role.
        role: &'static str,
        /// Who was asked.
        binding: String,
        /// What it did instead.
        problem: String,
        /// What would help.
        hint: String,
    },
    /// A plugin's answer could not be written down.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The cache cannot be looked into. No run fails of that.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// A cassette cannot be used.
    #[error(transparent)]
    Cassette(#[from] CassetteError),
    /// No folder for the user's data.
    #[error("there is no folder to keep plugins in")]
    NoDataFolder,
    /// The page could not be made.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl AppError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Setting { hint, .. }
            | Self::NoTool { hint, .. }
            | Self::NoSuchAssessor { hint, .. }
            | Self::NotPlayed { hint, .. } => Some(hint.clone()),
            Self::ReadSettings { .. } => Some("make it readable, or move it away".to_owned()),
            Self::ParseSettings { .. } => {
                Some("docs/settings.md lists every setting; unknown ones are refused".to_owned())
            }
            Self::ReadRecipe { .. } => Some(
                "name a file with a recipe as TOML, or a recipe that `pentimento recipe list` tells"
                    .to_owned(),
            ),
            Self::Recipe(error) => error.hint().map(str::to_owned),
            Self::Sandbox(error) => error.hint(),
            Self::Workbench(error) => error.hint(),
            Self::Trial(error) => Some(error.hint()),
            Self::Folder(error) => error.hint(),
            Self::Idea(error) => error.hint.clone(),
            // What was written down stays as it is, so this would be the answer again.
            Self::Unfinished { source: source @ RunError::Diverged { .. }, .. } => source.hint(),
            Self::Unfinished { run, source } => {
                let go_on = format!("`pentimento resume {run}` goes on where it stopped");
                Some(source.hint().map_or(go_on.clone(), |hint| format!("{hint}; then {go_on}")))
            }
            Self::NotBegun { source } => {
                let again = "type the same command again".to_owned();
                Some(source.hint().map_or(again.clone(), |hint| format!("{hint}; then {again}")))
            }
            Self::NothingAllowed { .. } => {
                Some("raise it, or bind a cheaper model to the role `painter`".to_owned())
            }
            Self::NoCast { .. } => Some(BIND_ROLES.to_owned()),
            Self::NoStart { .. } | Self::UnknownPainter { .. } => {
                Some("start a new run with `pentimento refine`".to_owned())
            }
            Self::WritePage { .. } => Some(
                "the run itself is safe; `pentimento report -o FILE` writes the page elsewhere"
                    .to_owned(),
            ),
            Self::NoPlace { .. } => {
                Some("name a file in a folder that is there and may be written to".to_owned())
            }
            Self::WriteFigures { .. } => Some(
                "what was measured stands above; make room, and measure again for the page"
                    .to_owned(),
            ),
            Self::Shelf(error) => Some(error.hint()),
            Self::Fetch(error) => Some(error.hint().to_owned()),
            Self::Provider(error) => error.hint.clone(),
            Self::NoSuchPlugin { .. } => {
                Some("see `pentimento plugin list`, or take it out of `[plugins]`".to_owned())
            }
            Self::Cassette(error) => Some(error.hint()),
            Self::Cache(error) => Some(error.hint()),
            Self::NoDataFolder => Some(format!("set HOME or {}", crate::paths::ENV_DATA_DIR)),
            Self::Report(_) | Self::Record(_) => None,
        }
    }

    /// True if nothing that other runs bring could be kept either: the disk is full, or nobody may
    /// write to it.
    pub fn is_of_the_disk(&self) -> bool {
        let causes = std::iter::successors(self.source(), |&cause| cause.source());
        let of_the_system = causes.filter_map(|cause| cause.downcast_ref::<io::Error>());
        of_the_system.map(io::Error::kind).any(|kind| {
            use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
            matches!(kind, StorageFull | QuotaExceeded | ReadOnlyFilesystem)
        })
    }

    /// Who is at work in the run's folder, if that is all that is in the way.
    pub const fn in_use_by(&self) -> Option<&Owner> {
        match self {
            Self::Folder(FolderError::Locked { owner, .. }) => Some(owner),
            _ => None,
        }
    }

    /// True if it is about one run's folder alone, and says nothing of how others fare.
    pub const fn is_of_one_run(&self) -> bool {
        matches!(
            self,
            Self::NoStart { .. }
                | Self::Folder(
                    FolderError::Lost { .. }
                        | FolderError::Damaged { .. }
                        | FolderError::Newer { .. }
                        | FolderError::NotARun { .. }
                        | FolderError::TooLarge { .. }
                        | FolderError::ArtifactMissing { .. }
                        | FolderError::ArtifactDamaged { .. }
                )
        )
    }

    /// Whose move it is.
    pub fn blame(&self) -> Blame {
        match self {
            Self::Setting { .. }
            | Self::ParseSettings { .. }
            | Self::ReadRecipe { .. }
            | Self::Recipe(_)
            | Self::Trial(_)
            | Self::Cassette(_)
            | Self::NoStart { .. }
            | Self::NoCast { .. }
            | Self::UnknownPainter { .. }
            | Self::NoPlace { .. } => Blame::WrongUse,
            Self::NothingAllowed { .. } => Blame::Budget,
            Self::NoSuchPlugin { .. }
            | Self::NoTool { .. }
            | Self::NoSuchAssessor { .. }
            | Self::NotPlayed { .. } => Blame::Missing,
            Self::Shelf(error) => blame_of_shelf(error),
            Self::Fetch(error) if error.is_wrong_use() => Blame::WrongUse,
            Self::Provider(error) => blame_of_kind(error.kind()),
            Self::Folder(error) if is_wrong_use(error) => Blame::WrongUse,
            Self::Workbench(error) => error.blame(),
            Self::Idea(error) => blame_of_kind(error.kind),
            Self::Unfinished { source, .. } | Self::NotBegun { source } => blame_of_run(source),
            Self::ReadSettings { .. }
            | Self::NoDataFolder
            | Self::Cache(_)
            | Self::Fetch(_)
            | Self::Sandbox(_)
            | Self::Folder(_)
            | Self::WritePage { .. }
            | Self::WriteFigures { .. }
            | Self::Report(_)
            | Self::Record(_) => Blame::Broken,
        }
    }
}

fn blame_of_shelf(error: &ShelfError) -> Blame {
    match error {
        ShelfError::Read { .. } | ShelfError::Write { .. } | ShelfError::Tampered { .. } => {
            Blame::Broken
        }
        ShelfError::Gone { .. } => Blame::Missing,
        _ => Blame::WrongUse,
    }
}

fn blame_of_run(error: &RunError) -> Blame {
    match error {
        RunError::Port { source, .. } => blame_of_kind(source.kind),
        RunError::MissingAssessor { .. }
        | RunError::MissingTool { .. }
        | RunError::MissingRole { .. }
        | RunError::NoText => Blame::Missing,
        RunError::NothingAllowed { .. } | RunError::Spent { .. } => Blame::Budget,
        RunError::Interrupted => Blame::Interrupted,
        RunError::Diverged { .. } | RunError::MissingPicture { .. } => Blame::WrongUse,
        RunError::Hacked | RunError::Keep(_) => Blame::Broken,
    }
}

const fn blame_of_kind(kind: PortErrorKind) -> Blame {
    match kind {
        PortErrorKind::WrongUse => Blame::WrongUse,
        PortErrorKind::Missing => Blame::Missing,
        PortErrorKind::Interrupted => Blame::Interrupted,
        PortErrorKind::Wordless | PortErrorKind::Broken => Blame::Broken,
    }
}

/// The user named something that is not there, or that someone else is using.
fn is_wrong_use(error: &FolderError) -> bool {
    matches!(
        error,
        FolderError::Missing { .. }
            | FolderError::NotARun { .. }
            | FolderError::Exists { .. }
            | FolderError::Newer { .. }
            | FolderError::Taken { .. }
            | FolderError::Locked { .. }
            | FolderError::NoSuchRun { .. }
            | FolderError::Ambiguous { .. }
            | FolderError::Archive { .. }
    )
}
