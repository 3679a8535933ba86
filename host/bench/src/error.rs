//! Why a benchmark could not be run.

use std::{io, path::PathBuf};

use pentimento_app::AppError;
use pentimento_engine::{PortError, PortErrorKind, RunError};
use pentimento_journal::FolderError;
use pentimento_model::StopReason;
use thiserror::Error;

use crate::equal::Equal;

/// A benchmark could not be run.
#[derive(Debug, Error)]
pub enum BenchError {
    /// There is no such task.
    #[error("there is no benchmark `{name}`")]
    NoTask {
        /// What was asked for.
        name: String,
    },
    /// Nobody knows what is really in the pictures of this painter.
    #[error("nobody knows what is really in the pictures of `{painter}`")]
    NoTruth {
        /// Its name.
        painter: String,
    },
    /// A task file is broken.
    #[error("line {line} of the benchmark `{task}` cannot be read")]
    Task {
        /// Which task.
        task: &'static str,
        /// Counted from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// A line of the user's own file is not of the benchmark's form.
    #[error("line {line} of `{path}` is not of the benchmark's form: {problem}", path = path.display())]
    Row {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
        /// A line as it should be.
        form: &'static str,
    },
    /// The user's own file holds nothing.
    #[error("`{path}` holds no line that says anything", path = path.display())]
    Empty {
        /// Which file.
        path: PathBuf,
        /// A line as it should be.
        form: &'static str,
    },
    /// A file of the user's cannot be read.
    #[error("`{path}` cannot be read", path = path.display())]
    Data {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A photograph is not the one that was marked.
    #[error("`{path}` is another photograph than the one that was marked", path = path.display())]
    OtherPhotograph {
        /// Which file.
        path: PathBuf,
    },
    /// The folder with the photographs was not named.
    #[error("the benchmark `{task}` needs a folder with photographs")]
    NoPhotographs {
        /// The benchmark.
        task: &'static str,
    },
    /// The benchmark's candidates are texts, the recipe's are pictures, or the other way round.
    #[error("recipe `{recipe}` does not make what this benchmark asks for")]
    WrongMedium {
        /// Which recipe.
        recipe: String,
    },
    /// The benchmark draws its pictures itself.
    #[error("the benchmark `{task}` draws its own pictures")]
    OwnPictures {
        /// The benchmark.
        task: &'static str,
    },
    /// The benchmark does not count this.
    #[error("the benchmark `{task}` does not count {what}", what = what.as_str())]
    NotCounted {
        /// What was to be equal.
        what: Equal,
        /// Which task.
        task: &'static str,
    },
    /// The verifier that is to be measured is not there.
    #[error("the verifier `{name}` is not there")]
    NoVerifier {
        /// Which.
        name: &'static str,
    },
    /// Nobody is bound who answers.
    #[error("nobody plays the role `writer`")]
    NoWriter,
    /// A question to a model could not be written.
    #[error("a question to a model could not be written: {0}")]
    Prompt(String),
    /// A model did not answer.
    #[error("a model could not do its work")]
    Model(#[source] PortError),
    /// A bound of the settings was reached.
    #[error("the budget is used up ({})", stop.as_str())]
    Spent {
        /// Which.
        stop: StopReason,
    },
    /// A prompt could not be run.
    #[error("the run on `{idea}` failed")]
    Run {
        /// The prompt.
        idea: String,
        /// What was done until then is on the disk.
        kept: bool,
        /// Why.
        source: RunError,
    },
    /// A recipe was to compete with itself.
    #[error("recipe `{recipe}` is named twice")]
    Twice {
        /// Which.
        recipe: String,
    },
    /// A simulation was to be measured as if it were a model.
    #[error("nobody real plays the role `writer`")]
    NotLive,
    /// No question was answered by all recipes.
    #[error("none of {wanted} questions was answered by all recipes")]
    NothingYet {
        /// Questions.
        wanted: usize,
    },
    /// No run can be held against gold answers.
    #[error(
        "no finished run in `{runs}` is on a question of `{gold}`",
        runs = runs.display(),
        gold = gold.display()
    )]
    NoRuns {
        /// The folder of the runs.
        runs: PathBuf,
        /// The file of the questions.
        gold: PathBuf,
    },
    /// Nobody can say which answer is right.
    #[error(
        "lines {} and {} of `{path}` give different answers to the same question",
        lines.0,
        lines.1,
        path = path.display()
    )]
    TwoAnswers {
        /// The file of the questions.
        path: PathBuf,
        /// Both lines, counted from 1.
        lines: (usize, usize),
    },
    /// Somebody said stop.
    #[error("stopped before all runs were over")]
    Interrupted,
    /// A run's folder could not be used.
    #[error("a run of the benchmark could not be kept")]
    Folder(#[from] FolderError),
    /// A worker ended without a result.
    #[error("a worker of the benchmark died")]
    Worker(#[from] tokio::task::JoinError),
    /// The ports could not be wired.
    #[error(transparent)]
    App(#[from] AppError),
}

impl BenchError {
    /// True if the user asked for something that cannot be.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::NoTask { .. }
            | Self::NoTruth { .. }
            | Self::Data { .. }
            | Self::OtherPhotograph { .. }
            | Self::NoPhotographs { .. }
            | Self::OwnPictures { .. }
            | Self::Row { .. }
            | Self::Empty { .. }
            | Self::NotCounted { .. }
            | Self::NoWriter
            | Self::NotLive
            | Self::NothingYet { .. }
            | Self::NoRuns { .. }
            | Self::TwoAnswers { .. }
            | Self::Twice { .. }
            | Self::WrongMedium { .. } => true,
            Self::Model(source) | Self::Run { source: RunError::Port { source, .. }, .. } => {
                source.kind == PortErrorKind::WrongUse
            }
            Self::App(_)
            | Self::Folder(_)
            | Self::Interrupted
            | Self::Prompt(_)
            | Self::Spent { .. }
            | Self::Task { .. }
            | Self::NoVerifier { .. }
            | Self::Run { .. }
            | Self::Worker(_) => false,
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoTask { .. } => {
                let known = "choose `lmd`, `geneval`, `arithmetic`, `gsm8k`, `counting`, `big-bench-mistake`, `judge` or `detector`";
                Some(known.to_owned())
            }
            Self::NoTruth { .. } => Some(
                "only the embedded painter is measured, here or behind `pentimento serve \
                 --fake-openai`: `--painter PROVIDER/dalle3-like`"
                    .to_owned(),
            ),
            Self::OtherPhotograph { .. } | Self::NoPhotographs { .. } => Some(
                "`scripts/install-local-models FOLDER` gets them into `FOLDER/photographs`; name that \
                 after `--data`"
                    .to_owned(),
            ),
            Self::NoWriter | Self::NotLive => Some("write `writer = \"PROVIDER/MODEL\"` under `[roles]`".to_owned()),
            Self::Model(source) => source.hint.clone(),
            Self::Spent { .. } => {
                Some("raise the bound under `[budget]`, or ask fewer questions with `--limit`".to_owned())
            }
            Self::App(error) => error.hint(),
            Self::Run { source, kept: false, .. } => source.hint(),
            Self::Run { source, kept: true, .. } => {
                let hint = source.hint().map_or_else(String::new, |hint| format!("{hint}; then "));
                Some(format!("{hint}type the same command again: no answer is paid twice"))
            }
            Self::Folder(error) => error.hint(),
            Self::Interrupted => Some(
                "after `--live`, type the same command again to go on, or with `--no-calls` to see \
                 what is there"
                    .to_owned(),
            ),
            Self::WrongMedium { .. } => Some(
                "`pentimento recipe list` says what each recipe makes; `--recipe` and `--against` \
                 choose"
                    .to_owned(),
            ),
            Self::NotCounted { .. } => Some(
                "`--equal` is `calls`, `tokens` or `allowed` for texts, and `pictures` or `allowed` \
                 for pictures"
                    .to_owned(),
            ),
            Self::NoRuns { .. } => Some(
                "an `input` is the whole idea of a run, word for word; `pentimento runs list` tells the ideas"
                    .to_owned(),
            ),
            Self::Row { form, .. } | Self::Empty { form, .. } => {
                Some(format!("write one JSON object a line, such as {form}"))
            }
            Self::Twice { .. }
            | Self::NothingYet { .. }
            | Self::Data { .. }
            | Self::TwoAnswers { .. }
            | Self::OwnPictures { .. } => self.to_be_typed().map(str::to_owned),
            Self::NoVerifier { .. } | Self::Prompt(_) | Self::Task { .. } | Self::Worker(_) => None,
        }
    }

    /// What is to be typed, or looked after, otherwise.
    const fn to_be_typed(&self) -> Option<&'static str> {
        Some(match self {
            Self::Twice { .. } => {
                "name each recipe once after `--recipe`, `--also` and `--against`"
            }
            Self::NothingYet { .. } => "type the same command without `--no-calls`, and let it run",
            Self::Data { .. } => "check that it is there and may be read",
            Self::TwoAnswers { .. } => "leave one of them out",
            Self::OwnPictures { .. } => "leave `--data` out",
            _ => return None,
        })
    }
}
