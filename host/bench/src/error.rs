//! Why a benchmark could not be run.

use pentimento_app::AppError;
use pentimento_engine::{PortErrorKind, RunError};
use thiserror::Error;

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
    /// A prompt could not be run.
    #[error("the run on `{idea}` failed")]
    Run {
        /// The prompt.
        idea: String,
        /// Why.
        source: RunError,
    },
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
            Self::NoTask { .. } | Self::NoTruth { .. } => true,
            Self::Run { source: RunError::Port { source, .. }, .. } => {
                source.kind == PortErrorKind::WrongUse
            }
            Self::App(_) | Self::Task { .. } | Self::Run { .. } | Self::Worker(_) => false,
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoTask { .. } => Some("choose `lmd` or `geneval`".to_owned()),
            Self::NoTruth { .. } => Some(
                "only the embedded painter is measured, here or behind `pentimento serve \
                 --fake-openai`: `--painter PROVIDER/dalle3-like`"
                    .to_owned(),
            ),
            Self::App(error) => error.hint(),
            Self::Run { source, .. } => source.hint(),
            Self::Task { .. } | Self::Worker(_) => None,
        }
    }
}
