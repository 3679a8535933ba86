//! When what is written must be on the disk, and not only with the operating system.
//!
//! What was written survives the death of this program in any case; it is a machine that loses its
//! power which forgets what was not synced.

use std::time::Duration;

use pentimento_model::{RunEvent, Spending};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    task::block_in_place,
};

/// How often a run's files are synced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Durability {
    /// After every artifact and every event that brings something. What a run comes to again from those,
    /// for nothing and at once, with the next of them, and half a second later at the latest.
    #[default]
    Always,
    /// Before anything leaves the program: before a call is made that may have to be paid, and when the run
    /// ends. What was paid, words and pictures, and decided rounds with the next of those, and half a second
    /// later at the latest.
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

    /// When everything up to this event must be on the disk.
    pub(crate) fn when(self, event: &RunEvent) -> When {
        match self {
            Self::Always if costs_nothing(event) => When::Soon,
            Self::Always => When::Now,
            Self::Stage => staged(event),
            Self::Never => When::Whenever,
        }
    }
}

/// True for what follows from the events before it: going on from them, a run comes to the same.
const fn is_decided(event: &RunEvent) -> bool {
    matches!(
        event,
        RunEvent::RunStarted { .. }
            | RunEvent::RoundStarted { .. }
            | RunEvent::Decided { .. }
            | RunEvent::FellBack { .. }
            | RunEvent::CorrectionPlanned { .. }
    )
}

/// A program that dies may do what took less once more.
const NOTHING: Duration = Duration::from_millis(1);

/// True for what a run that goes on from the events before comes to again, for nothing and in no time.
pub(crate) fn costs_nothing(event: &RunEvent) -> bool {
    let is_made_here = matches!(
        event,
        RunEvent::CandidateReady { .. } | RunEvent::Assessed { .. } | RunEvent::Reviewed { .. }
    );
    let is_quick = event.took() < NOTHING && event.spending() == Spending::NONE;
    is_decided(event) || is_made_here && is_quick
}

/// The same under the policy that waits when something leaves the program, which is the least that any
/// policy but the last does.
pub(crate) fn staged(event: &RunEvent) -> When {
    let is_paid = event.spending() != Spending::NONE;
    match event {
        RunEvent::CallBegun { .. } | RunEvent::RunFinished { .. } => When::Now,
        RunEvent::Decided { .. } => When::Soon,
        _ if is_paid => When::Soon,
        _ => When::Whenever,
    }
}

/// When something must be on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Before anyone acts on it.
    Now,
    /// With the next that must be at once, but in a moment at the latest.
    Soon,
    /// With the next that must be, or when the operating system likes.
    Whenever,
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
