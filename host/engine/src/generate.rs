//! Primitive *generate*: makes a candidate from the idea alone.

use pentimento_model::{
    Artifact, Candidate, CandidateId, Origin, RoundNumber, RunEvent, Seed, Spending, StepKey,
};

use crate::{
    Ports, RunError,
    ports::{Made, Paid, References},
    run::{Run, load},
    share::Step,
};

/// Candidates whose pictures a painter is shown, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Feedback {
    pub liked: Vec<CandidateId>,
    pub disliked: Vec<CandidateId>,
}

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
        let event = self.trace.buy(step, most, ports.generator.turn(), work, event).await?;
        self.trace.lend();
        self.admit(event)
    }

    /// The same after pictures of other candidates; without any, just the same.
    pub(crate) async fn paint_after(
        &mut self,
        round: RoundNumber,
        prompt: &str,
        feedback: &Feedback,
    ) -> Result<CandidateId, RunError> {
        if *feedback == Feedback::default() {
            return self.paint(round, prompt).await;
        }
        let (liked, disliked) =
            (self.pictures(&feedback.liked)?, self.pictures(&feedback.disliked)?);
        let (id, ports) = (self.next_id(), self.ports);
        let seed = self.request.seed.derive("generate", u64::from(id.0));
        let (identity, seed_bytes, id_bytes) =
            (ports.generator.identity(), seed.0.to_le_bytes(), id.0.to_le_bytes());
        let count = liked.len().to_le_bytes();
        let mut depends: Vec<&[u8]> =
            vec![b"generate after", identity.as_bytes(), prompt.as_bytes(), &seed_bytes, &id_bytes];
        depends.push(&count);
        depends.extend(liked.iter().chain(&disliked).map(|one| one.id.as_bytes().as_slice()));
        let key = StepKey::of(depends);
        let most = u32::try_from(liked.len() + disliked.len()).unwrap_or(u32::MAX);
        let most = ports.generator.most_after(prompt, most);
        let made = &mut self.made;
        let work = async |leave| {
            let shown = References { liked: &liked, disliked: &disliked };
            let painted = ports.generator.generate_after(prompt, shown, seed, &leave).await;
            let Paid { value, cost } =
                painted.map_err(|source| RunError::Port { role: "painter", source })?;
            Ok(Paid { value: store(made, ports, value)?, cost })
        };
        let event = |artifact: Artifact, spending, took| {
            let origin = Origin::Generated { prompt: prompt.to_owned(), seed };
            let candidate = Candidate { id, parent: None, round, artifact: artifact.id, origin };
            RunEvent::CandidateReady { key, candidate, spending, took }
        };
        let step = Step::lasting(key, ports.generator.lasting());
        let event = self.trace.buy(step, most, ports.generator.turn(), work, event).await?;
        self.trace.lend();
        self.admit(event)
    }

    /// The pictures of candidates.
    fn pictures(&self, ids: &[CandidateId]) -> Result<Vec<Artifact>, RunError> {
        let picture = |id: &CandidateId| {
            let known = self.pool.iter().find(|candidate| candidate.id == *id);
            let artifact = known.map(|one| one.artifact).ok_or_else(|| self.trace.diverged())?;
            load(&self.made, self.ports, artifact)
        };
        ids.iter().map(picture).collect()
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
