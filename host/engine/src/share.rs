//! Results of other runs: looked for before a primitive is done, offered to others afterwards.
//!
//! What a result depends on is the primitive's key, and beside it what the port says of servers and
//! powers that another run may have otherwise. A port that says nothing shares nothing. Where results
//! are kept is the business of whoever implements [`Share`].

use async_trait::async_trait;
use pentimento_model::{
    AppliedOp, Artifact, Assessment, Constraints, Exchange, Fault, Layout, Origin, RunEvent,
    StepKey,
};

use crate::{ports::Proposal, turn::Turn};

/// What a run came to, for others.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The event that tells it.
    pub event: RunEvent,
    /// The artifact that the event names, if it names one.
    pub artifact: Option<Artifact>,
}

/// The results of other runs, by everything they depend on. It never fails a run: what cannot be had
/// is made, and what cannot be kept is only of this run.
#[async_trait]
pub trait Share: Send + Sync {
    /// Waits until nobody else in this program is making the same.
    async fn turn(&self, name: StepKey) -> Turn;
    /// What some run came to.
    fn find(&self, name: StepKey) -> Option<Shared>;
    /// Keeps what this one came to.
    fn keep(&self, name: StepKey, result: &Shared);
}

/// A primitive, as it is known in its run and in others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// Its key in this run.
    pub key: StepKey,
    /// What its result depends on beside the key; `None` if it is of this run alone.
    lasting: Option<StepKey>,
}

impl Step {
    /// The same, of which others may have the result.
    pub(crate) const fn lasting(key: StepKey, lasting: Option<StepKey>) -> Self {
        Self { key, lasting }
    }

    /// Its name in all runs.
    pub(crate) fn name(&self) -> Option<StepKey> {
        let lasting = self.lasting?;
        Some(StepKey::of([b"shared".as_slice(), self.key.as_bytes(), lasting.as_bytes()]))
    }
}

impl From<StepKey> for Step {
    fn from(key: StepKey) -> Self {
        Self { key, lasting: None }
    }
}

/// What a primitive brings.
pub(crate) trait Product: Sized + Send {
    /// The same out of another run's event; `None` if it is not in there, or is never shared.
    fn of_shared(_shared: &Shared) -> Option<Self> {
        None
    }
}

impl Product for Artifact {
    fn of_shared(shared: &Shared) -> Option<Self> {
        match &shared.event {
            RunEvent::CandidateReady { candidate, .. } => {
                shared.artifact.clone().filter(|artifact| artifact.id == candidate.artifact)
            }
            _ => None,
        }
    }
}

impl Product for (Artifact, Vec<AppliedOp>) {
    fn of_shared(shared: &Shared) -> Option<Self> {
        match &shared.event {
            RunEvent::CandidateReady { candidate, .. } => match &candidate.origin {
                Origin::Corrected { ops, .. } => Some((Artifact::of_shared(shared)?, ops.clone())),
                Origin::Generated { .. } | Origin::Given | Origin::Written { .. } => None,
            },
            _ => None,
        }
    }
}

impl Product for Exchange {
    fn of_shared(shared: &Shared) -> Option<Self> {
        match &shared.event {
            RunEvent::Answered { exchange, .. } => Some(exchange.clone()),
            _ => None,
        }
    }
}

impl Product for Assessment {
    fn of_shared(shared: &Shared) -> Option<Self> {
        match &shared.event {
            RunEvent::Assessed { assessment, .. } => Some(assessment.clone()),
            _ => None,
        }
    }
}

impl Product for Result<String, Fault> {
    fn of_shared(shared: &Shared) -> Option<Self> {
        match &shared.event {
            RunEvent::Performed { errand, .. } => errand.answer.clone().ok().map(Ok),
            _ => None,
        }
    }
}

// What is made at home, of nothing but what was made before, costs less than to look for it.
impl Product for () {}
impl Product for Constraints {}
impl Product for (Layout, Proposal) {}

/// A result of this run that others may be offered.
pub(crate) struct Lending {
    pub name: StepKey,
    /// How it is told, once it is there.
    pub event: Option<RunEvent>,
    /// Others wait as long as this is there.
    pub _turn: Turn,
}
