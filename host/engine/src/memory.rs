//! A run's memory that never touches a disk: for benchmarks and tests.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use pentimento_model::{Artifact, ArtifactId, TimedEvent};

use crate::{KeepError, ports::Keep};

/// Keeps events and artifacts for as long as it lives.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Contents>);

#[derive(Debug, Default)]
struct Contents {
    events: Vec<TimedEvent>,
    artifacts: BTreeMap<ArtifactId, Artifact>,
}

impl Memory {
    /// All events so far.
    pub fn events(&self) -> Vec<TimedEvent> {
        self.contents().events.clone()
    }

    /// What a run would find if it had been cut off after so many events.
    #[must_use]
    pub fn cut_after(&self, n_events: usize) -> Self {
        let contents = self.contents();
        let events = contents.events.iter().take(n_events).cloned().collect();
        let artifacts = contents.artifacts.clone();
        Self(Mutex::new(Contents { events, artifacts }))
    }

    /// No code between lock and unlock can panic, so a poisoned lock still guards whole contents.
    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keep for Memory {
    fn recall(&self, position: usize) -> Option<TimedEvent> {
        self.contents().events.get(position).cloned()
    }

    fn append(&self, event: &TimedEvent) -> Result<(), KeepError> {
        self.contents().events.push(event.clone());
        Ok(())
    }

    fn store(&self, artifact: &Artifact) -> Result<(), KeepError> {
        self.contents().artifacts.insert(artifact.id, artifact.clone());
        Ok(())
    }

    fn load(&self, id: ArtifactId) -> Result<Artifact, KeepError> {
        self.contents().artifacts.get(&id).cloned().ok_or_else(|| KeepError {
            message: format!("the artifact `{}` was never stored", id.short()),
            hint: None,
            cause: None,
        })
    }
}
