//! Primitive *correct*: carries out the operations a look found, on the candidate it looked at.

use pentimento_model::{
    AppliedOp, Artifact, Candidate, CandidateId, Origin, RoundNumber, RunEvent, Spending, StepKey,
};

use crate::{
    RunError,
    generate::store,
    review::Look,
    run::{Run, load},
};

impl Run<'_> {
    /// A new candidate whose parent is the one looked at. The seed depends on the round, so that
    /// the same operations, tried again, may turn out better.
    pub(crate) async fn correct(
        &mut self,
        look: &Look,
        round: RoundNumber,
    ) -> Result<CandidateId, RunError> {
        let (parent, ops) = (look.candidate, look.ops.clone());
        self.trace.note(RunEvent::CorrectionPlanned { candidate: parent, ops: ops.clone() })?;
        let known = self.pool.iter().find(|candidate| candidate.id == parent);
        let source = known.map(|one| one.artifact).ok_or_else(|| self.trace.diverged())?;
        let (id, ports, made) = (self.next_id(), self.ports, &mut self.made);
        let seed = self.request.seed.derive("edit", u64::from(round.0));
        let reviewed = look.reviewed.map(|key| *key.as_bytes()).unwrap_or_default();
        let key = StepKey::of([
            b"edit".as_slice(),
            ports.editor.identity().as_bytes(),
            source.as_bytes(),
            &reviewed,
            &seed.0.to_le_bytes(),
            &id.0.to_le_bytes(),
        ]);
        let work = async {
            let picture = load(made, ports, source)?;
            let edited = ports.editor.edit(&picture, &ops, seed).await;
            let edited = edited.map_err(|source| RunError::Port { role: "painter", source })?;
            Ok((store(made, ports, edited.made)?, edited.applied))
        };
        let event = |(artifact, ops): (Artifact, Vec<AppliedOp>), took| {
            let origin = Origin::Corrected { ops, seed };
            let (parent, artifact) = (Some(parent), artifact.id);
            let candidate = Candidate { id, parent, round, artifact, origin };
            let spending = Spending::NONE;
            RunEvent::CandidateReady { key, candidate, spending, took }
        };
        let event = self.trace.perform(key, work, event).await?;
        self.admit(event)
    }
}
