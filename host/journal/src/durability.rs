//! When what is written must be on the disk, and not only with the operating system.
//!
//! What was written survives the death of this program in any case; it is a machine that loses its
//! power which forgets what was not synced.

use pentimento_model::{RunEvent, Spending};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    task::block_in_place,
};

/// How often a run's files are synced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Durability {
    /// After every event and every artifact.
    #[default]
    Always,
    /// At the end of every stage: when a round is decided, when a run ends, and with everything
    /// that was paid for. That a call begins is written, but not synced on its own.
    Stage,
    /// Whenever the operating system likes.
    Never,
}

impl Durability {
    /// Every policy.
    pub const ALL: [Self; 3] = [Self::Always, Self::Stage, Self::Never];

    /// The word in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Stage => "stage",
            Self::Never => "never",
        }
    }

    /// The policy with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// True if everything up to this event must be on the disk before anyone acts on it.
    pub(crate) fn is_due(self, event: &RunEvent) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Stage => {
                let ends = matches!(
                    event,
                    RunEvent::RunStarted { .. }
                        | RunEvent::Decided { .. }
                        | RunEvent::RunFinished { .. }
                );
                ends || event.spending() != Spending::NONE
            }
        }
    }
}

/// Waits for a disk. What else this thread was to do is done by others meanwhile, so that many runs
/// wait at the same time: the file system then makes all of them durable at once.
pub(crate) fn waiting<T>(sync: impl FnOnce() -> T) -> T {
    match Handle::try_current() {
        Ok(runtime) if runtime.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(sync)
        }
        _ => sync(),
    }
}
