//! What can go wrong in the engine's own work. A bad picture and a broken plugin are not errors.

use pentimento_model::StopReason;
use thiserror::Error;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A role could not do its work: the idea cannot be read, the provider cannot be reached.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct PortError {
    /// What could not be done: lower case, no full stop, names in backticks.
    pub message: String,
    /// What the user can do about it, as a full sentence without a full stop.
    pub hint: Option<String>,
    /// Whose move it is.
    pub kind: PortErrorKind,
    /// What lies behind it. Never repeated in `message`.
    #[source]
    pub cause: Option<Cause>,
}

/// Whose move it is after a port failed; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortErrorKind {
    /// The user asked for something that cannot be (exit code 2).
    WrongUse,
    /// A plugin or provider is missing (exit code 6).
    Missing,
    /// Somebody said stop before it was done (exit code 5).
    Interrupted,
    /// A model had used up all that it may write before its first word; asked again it would do the same
    /// (exit code 1).
    Wordless,
    /// Anything else (exit code 1).
    Broken,
}

impl PortError {
    /// The user asked for something that cannot be.
    pub fn wrong_use(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let (message, hint) = (message.into(), Some(hint.into()));
        Self { message, hint, kind: PortErrorKind::WrongUse, cause: None }
    }

    /// Something broke that the user may not have caused.
    pub fn broken(message: impl Into<String>, cause: impl Into<Cause>) -> Self {
        let (message, cause) = (message.into(), Some(cause.into()));
        Self { message, hint: None, kind: PortErrorKind::Broken, cause }
    }
}

/// The run's memory could not be written or read.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct KeepError {
    /// What could not be done.
    pub message: String,
    /// What the user can do about it.
    pub hint: Option<String>,
    /// What lies behind it.
    #[source]
    pub cause: Option<Cause>,
}

/// A run could not go on. What was journaled before is safe.
#[derive(Debug, Error)]
pub enum RunError {
    /// A role failed.
    #[error("the {role} could not do its work")]
    Port {
        /// `parser`, `painter`, `controller`, `writer`, `seer`, `judge`, `detector`,
        /// `embedder` or `reader`.
        role: &'static str,
        /// Why.
        source: PortError,
    },
    /// The journal failed.
    #[error("the run could not be recorded")]
    Keep(#[from] KeepError),
    /// The recipe needs an assessor that is not there.
    #[error("recipe `{recipe}` needs the plugin `{plugin}`")]
    MissingAssessor {
        /// Which recipe.
        recipe: String,
        /// Which plugin.
        plugin: String,
    },
    /// The recipe needs a tool that is not there, or that nobody let in.
    #[error("recipe `{recipe}` needs the tool `{plugin}`")]
    MissingTool {
        /// Which recipe.
        recipe: String,
        /// Which plugin.
        plugin: String,
    },
    /// The recipe asks about a picture, and there is none.
    #[error("recipe `{recipe}` asks about a picture, and there is none")]
    MissingPicture {
        /// Which recipe.
        recipe: String,
    },
    /// The recipe needs a model that nobody bound.
    #[error("recipe `{recipe}` needs a model in the role `{role}`")]
    MissingRole {
        /// Which recipe.
        recipe: String,
        /// Which role.
        role: &'static str,
    },
    /// The journal holds a run that this request would not have made.
    #[error("the journal goes on differently than this run does, from event {position} on")]
    Diverged {
        /// The first event that differs, counted from 0.
        position: usize,
    },
    /// Not even the first picture may be made.
    #[error("the budget does not allow a first picture: {}", crate::decide::reason(Some(*stop)))]
    NothingAllowed {
        /// Which bound.
        stop: StopReason,
    },
    /// The writer gave no text at all, so there is nothing to hand out.
    #[error("the writer gave no text that can be used")]
    NoText,
    /// A step might cost more than the budget allows. The frame turns this into the run's end.
    #[doc(hidden)]
    #[error("the budget is used up")]
    Spent {
        /// Which bound.
        stop: StopReason,
    },
    /// The judge of the loop is being pleased. The frame turns this into the run's end.
    #[doc(hidden)]
    #[error("the judge's grade rises while that of the held-out assessor falls")]
    Hacked,
    /// Someone asked the run to stop (Ctrl-C). Everything journaled so far is safe.
    #[error("the run was interrupted")]
    Interrupted,
}

impl RunError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Port { source, .. } => source.hint.clone(),
            Self::Keep(source) => source.hint.clone(),
            Self::MissingAssessor { plugin, .. } => {
                Some(format!("install the plugin `{plugin}`, or choose another recipe"))
            }
            Self::MissingTool { plugin, .. } => Some(format!(
                "add it with `pentimento plugin add` and let it in with `pentimento plugin grant \
                 {plugin}`; a tool that comes with the program is let in by `[plugins.{plugin}]` in \
                 `pentimento.toml`"
            )),
            Self::MissingRole { role, .. } => {
                Some(format!("write `{role} = \"PROVIDER/MODEL\"` under `[roles]`"))
            }
            Self::MissingPicture { .. } => Some("hand one over with `--image FILE`".to_owned()),
            Self::Diverged { .. } => Some(
                "the program, a plugin, the recipe or a setting has changed since; start a new run"
                    .to_owned(),
            ),
            Self::NothingAllowed { .. } => {
                Some("raise it, or bind a cheaper model to the role".to_owned())
            }
            Self::NoText => Some(
                "its answers are in the run's folder; ask in other words, or bind another model"
                    .to_owned(),
            ),
            Self::Spent { .. } | Self::Hacked | Self::Interrupted => None,
        }
    }
}
