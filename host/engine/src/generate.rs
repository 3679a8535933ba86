//! Primitive *generate*: makes a candidate from the idea alone.

use pentimento_model::{
    Artifact, Candidate, CandidateId, Origin, RoundNumber, RunEvent, Seed, Spending, StepKey,
};

use crate::{
    Ports, RunError,
    ports::{Made, Paid},
    run::Run,
    share::Step,
};

impl Run<'_> {
    /// A new candidate without a parent. Each has its own seed, drawn from the run's.
    pub(crate) async fn generate(&mut self, round: RoundNumber) -> Result<CandidateId, RunError> {
        let idea = self.request.brief.idea.clone();
        self.paint(round, &idea).await
    }

    /// The same from another prompt than the idea.
    pub(crate) async fn paint(
        &mut self,
        round: RoundNumber,
        prompt: &str,
    ) -> Result<CandidateId, RunError> {
        self.paint_from(round, prompt, None).await
    }

    /// The same from this seed, if there is one.
    pub(crate) async fn paint_from(
        &mut self,
        round: RoundNumber,
        prompt: &str,
        seed: Option<Seed>,
    ) -> Result<CandidateId, RunError> {
        let (id, ports) = (self.next_id(), self.ports);
        let own = || self.request.seed.derive("generate", u64::from(id.0));
        let seed = seed.unwrap_or_else(own);
        let prompt = prompt.to_owned();
        let key = StepKey::of([
            b"generate".as_slice(),
            ports.generator.identity().as_bytes(),
            prompt.as_bytes(),
            &seed.0.to_le_bytes(),
            &id.0.to_le_bytes(),
        ]);
        let (made, told) = (&mut self.made, prompt.clone());
        let work = async |leave| {
            let painted = ports.generator.generate(&told, seed, &leave).await;
            let Paid { value, cost } =
                painted.map_err(|source| RunError::Port { role: "painter", source })?;
            Ok(Paid { value: store(made, ports, value)?, cost })
        };
        let event = |artifact: Artifact, spending, took| {
            let origin = Origin::Generated { prompt: prompt.clone(), seed };
            let candidate = Candidate { id, parent: None, round, artifact: artifact.id, origin };
            RunEvent::CandidateReady { key, candidate, spending, took }
        };
        let most = ports.generator.most(&prompt);
        let step = Step::lasting(key, ports.generator.lasting());
        let event = self.trace.buy(step, most, work, event).await?;
        self.trace.lend();
        self.admit(event)
    }

    /// The first candidate: the user's own picture, or else one that is made from the idea alone.
    pub(crate) async fn begin_with(&mut self, round: RoundNumber) -> Result<CandidateId, RunError> {
        let Some(given) = self.given.clone() else { return self.generate(round).await };
        let (id, parent, artifact) = (self.next_id(), None, given.id);
        let key = StepKey::of([b"given".as_slice(), artifact.as_bytes(), &id.0.to_le_bytes()]);
        self.made.push(given);
        let origin = Origin::Given;
        let event = |(), took| {
            let candidate = Candidate { id, parent, round, artifact, origin };
            RunEvent::CandidateReady { key, candidate, spending: Spending::NONE, took }
        };
        let event = self.trace.perform(key, async { Ok(()) }, event).await?;
        self.admit(event)
    }

    /// Takes a finished candidate into the pool.
    pub(crate) fn admit(&mut self, event: RunEvent) -> Result<CandidateId, RunError> {
        match event {
            RunEvent::CandidateReady { candidate, .. } if candidate.id == self.next_id() => {
                let id = candidate.id;
                self.pool.push(candidate);
                Ok(id)
            }
            _ => Err(self.trace.diverged()),
        }
    }
}

/// Names the bytes and makes them durable, before any event speaks of them.
pub(crate) fn store(
    made: &mut Vec<Artifact>,
    ports: &Ports,
    picture: Made,
) -> Result<Artifact, RunError> {
    let artifact = Artifact::new(picture.media_type, picture.bytes);
    ports.keep.store(&artifact)?;
    made.push(artifact.clone());
    Ok(artifact)
}
