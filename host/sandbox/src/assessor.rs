//! Critics and verifiers as the engine's port `Assess`.
//!
//! A port that cannot fail: whatever goes wrong becomes a missing opinion with its fault.

use async_trait::async_trait;
use pentimento_engine::ports::Assess;
use pentimento_model::{
    Artifact, Assessment, Brief, Fault, MediaType, Mode, Opinion, PluginId, Seed, StepKey,
};

use crate::{
    bindings::{critic::CriticPre, types, verifier::VerifierPre},
    call::{self, CallState},
    callee::Callee,
    convert::{self, Subject},
    facets::artifacts,
    fault::{Broken, Stage},
    surroundings,
};

fn answer(assessor: &PluginId, opinion: Result<Opinion, Fault>) -> Assessment {
    let assessor = assessor.clone();
    match opinion {
        Ok(opinion) => Assessment::Given { assessor, opinion },
        Err(fault) => Assessment::Missing { assessor, fault },
    }
}

/// A critic behind the port.
pub(crate) struct Critic {
    callee: Callee,
    pre: CriticPre<CallState>,
}

impl Critic {
    pub(crate) fn new(callee: Callee, pre: CriticPre<CallState>) -> Self {
        Self { callee, pre }
    }

    async fn ask(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Result<Opinion, Fault> {
        let (brief, subject) = (told(&self.callee, brief), subject(candidate));
        call::in_fresh_store(&self.callee, seed, async |store| {
            let critic = self.pre.instantiate_async(&mut *store).await.map_err(starting)?;
            let handle = artifacts::hold(store.data_mut(), candidate).map_err(calling)?;
            let exports = critic.pentimento_plugin_critiquing();
            let answer = exports.call_assess(store, &brief, handle).await.map_err(calling)?;
            Ok(convert::critique(answer.map_err(Broken::Failed)?, subject)?)
        })
        .await
        .map(Opinion::Critique)
    }
}

#[async_trait]
impl Assess for Critic {
    fn plugin(&self) -> &PluginId {
        &self.callee.id
    }

    fn mode(&self) -> Mode {
        self.callee.mode
    }

    fn surroundings(&self) -> Option<StepKey> {
        Some(surroundings::of(&self.callee))
    }

    fn lasting(&self) -> Option<StepKey> {
        surroundings::lasting(&self.callee)
    }

    fn mishaps(&self) -> u64 {
        self.callee.run.mishaps()
    }

    async fn assess(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Assessment {
        answer(&self.callee.id, self.ask(brief, candidate, seed).await)
    }
}

/// A verifier behind the port.
pub(crate) struct Verifier {
    callee: Callee,
    pre: VerifierPre<CallState>,
}

impl Verifier {
    pub(crate) fn new(callee: Callee, pre: VerifierPre<CallState>) -> Self {
        Self { callee, pre }
    }

    async fn ask(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Result<Opinion, Fault> {
        let (brief, subject) = (told(&self.callee, brief), subject(candidate));
        call::in_fresh_store(&self.callee, seed, async |store| {
            let verifier = self.pre.instantiate_async(&mut *store).await.map_err(starting)?;
            let handle = artifacts::hold(store.data_mut(), candidate).map_err(calling)?;
            let exports = verifier.pentimento_plugin_verifying();
            let answer = exports.call_verify(store, &brief, handle).await.map_err(calling)?;
            Ok(convert::check(answer.map_err(Broken::Failed)?, subject)?)
        })
        .await
        .map(Opinion::Check)
    }
}

#[async_trait]
impl Assess for Verifier {
    fn plugin(&self) -> &PluginId {
        &self.callee.id
    }

    fn mode(&self) -> Mode {
        self.callee.mode
    }

    fn surroundings(&self) -> Option<StepKey> {
        Some(surroundings::of(&self.callee))
    }

    fn lasting(&self) -> Option<StepKey> {
        surroundings::lasting(&self.callee)
    }

    fn mishaps(&self) -> u64 {
        self.callee.run.mishaps()
    }

    async fn assess(&self, brief: &Brief, candidate: &Artifact, seed: Seed) -> Assessment {
        answer(&self.callee.id, self.ask(brief, candidate, seed).await)
    }
}

/// What a plugin is told. The idea is private input: one that can send it away gets none without a
/// second consent.
fn told(callee: &Callee, brief: &Brief) -> types::Brief {
    let idea = if callee.powers.is_told_ideas() { brief.idea.clone() } else { String::new() };
    types::Brief { idea }
}

fn subject(candidate: &Artifact) -> Subject<'_> {
    match candidate.media_type {
        MediaType::Png | MediaType::Jpeg => Subject::Picture,
        // A text that is not UTF-8 has no part that could be pointed at.
        MediaType::Text => Subject::Text(str::from_utf8(&candidate.bytes).unwrap_or_default()),
    }
}

fn starting(error: wasmtime::Error) -> Broken {
    Broken::Ended(Stage::Start, error)
}

fn calling(error: wasmtime::Error) -> Broken {
    Broken::Ended(Stage::Call, error)
}
