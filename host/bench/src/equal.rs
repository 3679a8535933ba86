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

/// Ends a run with the round in which it has taken so many tokens: a call cannot be cut in two.
#[derive(Debug)]
pub(crate) struct Meter {
    most: u64,
    taken: AtomicU64,
    stop: StopFlag,
}

impl Meter {
    /// One that raises this flag.
    pub(crate) fn new(most: u64, stop: &StopFlag) -> Arc<Self> {
        Arc::new(Self { most, taken: AtomicU64::new(0), stop: stop.clone() })
    }
}

impl Watch for Meter {
    fn on_event(&self, event: &TimedEvent) {
        let tokens = event.event.spending().usage.tokens();
        let taken = self.taken.fetch_add(tokens, Ordering::Relaxed) + tokens;
        if matches!(event.event, RunEvent::Decided { .. }) && taken >= self.most {
            self.stop.raise();
        }
    }
}
