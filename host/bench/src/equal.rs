//! What a baseline may spend: as much as the recipe took, measured and not assumed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use pentimento_engine::{StopFlag, ports::Watch};
use pentimento_model::{RunEvent, TimedEvent};

/// What both recipes spend as much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equal {
    /// Calls of models: for each question and seed as many as the recipe made there.
    Calls,
    /// Tokens read and written, in the same way.
    Tokens,
    /// Pictures made or edited, in the same way.
    Pictures,
    /// As much as the recipe might have spent, whatever it did.
    Allowed,
}

impl Equal {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Calls, Self::Tokens, Self::Pictures, Self::Allowed];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Tokens => "tokens",
            Self::Pictures => "pictures",
            Self::Allowed => "allowed",
        }
    }

    /// The one with this word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// Ends a run with the round in which it has taken so many tokens, since a call cannot be cut in two; or with
/// the step it is at, if everything is to stop.
#[derive(Debug)]
pub(crate) struct Meter {
    most: Option<u64>,
    taken: AtomicU64,
    stop: StopFlag,
    all: StopFlag,
}

impl Meter {
    /// One that raises the first flag, and heeds the second, which is everybody's.
    pub(crate) fn new(most: Option<u64>, stop: &StopFlag, all: &StopFlag) -> Arc<Self> {
        let (taken, stop, all) = (AtomicU64::new(0), stop.clone(), all.clone());
        Arc::new(Self { most, taken, stop, all })
    }
}

impl Watch for Meter {
    fn on_event(&self, event: &TimedEvent) {
        let tokens = event.event.spending().usage.tokens();
        let taken = self.taken.fetch_add(tokens, Ordering::Relaxed) + tokens;
        let used_up = self.most.is_some_and(|most| taken >= most);
        if used_up && matches!(event.event, RunEvent::Decided { .. }) || self.all.is_raised() {
            self.stop.raise();
        }
    }
}
