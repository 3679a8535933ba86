//! Primitive *correct*: carries out operations on a candidate, which makes another one.

use pentimento_model::{
    Artifact, Candidate, CandidateId, EditOp, Origin, RoundNumber, RunEvent, StepKey,
};

use crate::{
    RunError,
    generate::store,
    ports::{Change, Edited, Paid},
    review::Look,
    run::{Run, load},
    share::Step,
};

/// A change that was decided, and what it follows from.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The candidate that is changed.
    pub parent: CandidateId,
    pub ops: Vec<EditOp>,
    /// What the whole picture shall show then.
    pub scene: String,
    /// The key of the review or answer that it follows from, if there is one.
    pub because: Option<StepKey>,
}

impl Run<'_> {
    /// Carries out the operations that a look found, on the candidate it looked at.
    pub(crate) async fn correct(
        &mut self,
        look: &Look,
        round: RoundNumber,
    ) -> Result<CandidateId, RunError> {
        let (parent, because) = (look.candidate, look.reviewed);
        let (ops, scene) = (look.ops.clone(), look.scene.clone());
        self.change(Plan { parent, ops, scene, because }, round).await
    }

    /// A new candidate whose parent is the one that is changed. The seed depends on the round, so
    /// that the same operations, tried again, may turn out better.
    pub(crate) async fn change(
        &mut self,
        plan: Plan,
        round: RoundNumber,
    ) -> Result<CandidateId, RunError> {
        let Plan { parent, ops, scene, because } = plan;
        self.trace.note(RunEvent::CorrectionPlanned { candidate: parent, ops: ops.clone() })?;
        let known = self.pool.iter().find(|candidate| candidate.id == parent);
        let source = known.map(|one| one.artifact).ok_or_else(|| self.trace.diverged())?;
        let (id, ports, made) = (self.next_id(), self.ports, &mut self.made);
        let seed = self.request.seed.derive("edit", u64::from(round.0));
        // A review settles the operations; without one they speak for themselves.
        let told = because.is_none().then(|| format!("{ops:?} {scene}"));
        let because = because.map(|key| *key.as_bytes()).unwrap_or_default();
        let (identity, drawn, number) =
            (ports.editor.identity(), seed.0.to_le_bytes(), id.0.to_le_bytes());
        let mut all = vec![
            b"edit".as_slice(),
            identity.as_bytes(),
            source.as_bytes(),
            &because,
            &drawn,
            &number,
        ];
        all.extend(told.as_ref().map(String::as_bytes));
        let key = StepKey::of(all);
        let change = Change { ops: &ops, scene: &scene };
        let most = ports.editor.most(&change);
        let work = async |leave| {
            let picture = load(made, ports, source)?;
            let edited = ports.editor.edit(&picture, &change, seed, &leave).await;
            let Paid { value: Edited { made: picture, applied }, cost } =
                edited.map_err(|source| RunError::Port { role: "painter", source })?;
            Ok(Paid { value: (store(made, ports, picture)?, applied), cost })
        };
        let event = |(artifact, ops): (Artifact, _), spending, took| {
            let origin = Origin::Corrected { ops, seed };
            let (parent, artifact) = (Some(parent), artifact.id);
            let candidate = Candidate { id, parent, round, artifact, origin };
            RunEvent::CandidateReady { key, candidate, spending, took }
        };
        // In another run, the same review may have led to other operations.
        let lasting = ports.editor.lasting().map(|lasting| {
            let told = format!("{ops:?} {scene}");
            StepKey::of([lasting.as_bytes().as_slice(), told.as_bytes()])
        });
        let (step, turn) = (Step::lasting(key, lasting), ports.editor.turn());
        let event = self.trace.buy(step, most, turn, work, event).await?;
        self.trace.lend();
        self.admit(event)
    }
}
