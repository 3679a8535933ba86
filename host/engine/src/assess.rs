//! Primitive *assess*: every assessor looks at a candidate; those that break are remembered too.

use pentimento_model::{Assessment, Candidate, CandidateId, Mode, RunEvent, StepKey};

use crate::{
    RunError,
    ports::Assess,
    run::{Run, load},
    share::Step,
};

/// What one assessor said, and the key under which that is remembered.
pub(crate) struct Said {
    pub key: StepKey,
    pub mode: Mode,
    pub assessment: Assessment,
}

impl Run<'_> {
    /// True if anybody looks at candidates.
    pub(crate) fn is_assessed(&self) -> bool {
        let recipe = &self.request.recipe;
        !self.ports.assessors.is_empty()
            || recipe.detecting_role().is_some()
            || recipe.examiner.is_some()
    }

    /// Asks all assessors, in order, then the model that detects, if one does, and then the recipe's examiner.
    pub(crate) async fn assess(&mut self, candidate: &Candidate) -> Result<Vec<Said>, RunError> {
        let mut all = Vec::new();
        let ports = self.ports;
        for assessor in &ports.assessors {
            all.push(self.ask(assessor.as_ref(), candidate).await?);
        }
        // Few runs have either; the others need no place for them as long as they live.
        if self.request.recipe.detecting_role().is_some() {
            all.extend(Box::pin(self.detect(candidate)).await?);
        }
        if self.request.recipe.examiner.is_some() {
            all.extend(Box::pin(self.examine(candidate)).await?);
        }
        Ok(all)
    }

    /// Remembers what models made of a candidate by questions that are paid and journaled already. It
    /// has as much say as a plugin that must not object.
    pub(crate) async fn remember(
        &mut self,
        key: StepKey,
        candidate: CandidateId,
        assessment: Assessment,
    ) -> Result<Said, RunError> {
        let mode = Mode::Enforce;
        let event = |assessment, took| RunEvent::Assessed {
            key,
            candidate,
            mode: Some(mode),
            assessment,
            took,
        };
        match self.trace.perform(key, async { Ok(assessment) }, event).await? {
            RunEvent::Assessed { assessment, .. } => Ok(Said { key, mode, assessment }),
            _ => Err(self.trace.diverged()),
        }
    }

    async fn ask(
        &mut self,
        assessor: &dyn Assess,
        candidate: &Candidate,
    ) -> Result<Said, RunError> {
        let (plugin, request) = (assessor.plugin(), self.request);
        let brief = &request.brief;
        let seed = request.seed.derive(&plugin.name, u64::from(candidate.id.0));
        // Who is held out steers nothing, whatever say it has otherwise.
        let is_held_out = request.recipe.held_out.as_ref() == Some(&plugin.name);
        let mode = if is_held_out { Mode::Shadow } else { assessor.mode() };
        let surroundings = assessor.surroundings();
        let surroundings = surroundings.as_ref().map(|key| key.as_bytes().as_slice());
        let key = StepKey::of([
            b"assess".as_slice(),
            plugin.name.as_bytes(),
            plugin.digest.as_bytes(),
            brief.idea.as_bytes(),
            candidate.artifact.as_bytes(),
            &seed.0.to_le_bytes(),
            &candidate.id.0.to_le_bytes(),
            // With another say the same opinion leads elsewhere.
            mode.as_str().as_bytes(),
            surroundings.unwrap_or_default(),
        ]);
        let (stored, ports) = (&self.made, self.ports);
        let work = async {
            let artifact = load(stored, ports, candidate.artifact)?;
            Ok(assessor.assess(brief, &artifact, seed).await)
        };
        let event = |assessment, took| RunEvent::Assessed {
            key,
            candidate: candidate.id,
            mode: Some(mode),
            assessment,
            took,
        };
        let mishaps = assessor.mishaps();
        match self.trace.perform(Step::lasting(key, assessor.lasting()), work, event).await? {
            RunEvent::Assessed { assessment, .. } => {
                let is_given = matches!(assessment, Assessment::Given { .. });
                if is_given && assessor.mishaps() == mishaps {
                    self.trace.lend();
                }
                Ok(Said { key, mode, assessment })
            }
            _ => Err(self.trace.diverged()),
        }
    }
}
