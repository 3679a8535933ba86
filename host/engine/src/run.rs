//! The frame of every run: who is needed, the first and the last event, and what is shared by the
//! primitives in between.

use std::{sync::Arc, time::Duration};

use pentimento_model::{
    Artifact, ArtifactId, Candidate, CandidateId, Constraints, Finding, Layout, MediaType,
    RoundNumber, RunEvent, RunOutcome, StepKey, StopReason, Verdict,
};
use pentimento_recipe::{Role, Until};

use crate::{
    Ledger, Ports, RunError, RunRequest, StopFlag,
    decide::{self, Facts},
    examine::Exam,
    recipes,
    review::Look,
    trace::{Known, Trace},
};

/// Carries out a run, or goes on with one whose beginning `ports.keep` already holds.
///
/// Every event is durable before a watcher sees it, and every artifact before the event that names
/// it. A broken assessor does not end the run. Raising `stop` does, before the next primitive. A
/// step that might cost more than the budget allows ends it well, with the best so far.
pub async fn run(
    request: &RunRequest,
    ports: &Ports,
    stop: &StopFlag,
) -> Result<RunOutcome, RunError> {
    run_on(Ledger::new(request.budget.bounds), request, ports, stop).await
}

/// The same, paid out of a ledger that may have others behind it. Its bounds count, not the
/// request's. If its terms say so, a run that had ended for want of means goes on if there is more now.
pub async fn run_on(
    ledger: Arc<Ledger>,
    request: &RunRequest,
    ports: &Ports,
    stop: &StopFlag,
) -> Result<RunOutcome, RunError> {
    require(request, ports)?;
    let given = given(request, ports)?;
    if request.recipe.needs_picture() && given.is_none() {
        return Err(RunError::MissingPicture { recipe: request.recipe.name.clone() });
    }
    let mut known = Known::default();
    loop {
        ledger.rewind();
        let mut run = Run::begun(ledger.clone(), request, ports, stop, given.clone());
        run.trace = run.trace.knowing(known);
        let ended = Box::pin(to_its_end(&mut run)).await;
        if !matches!(ended, Ok(_) | Err(RunError::NothingAllowed { .. })) {
            return ended;
        }
        match run.trace.once_more() {
            Some(more) => known = more,
            None => return ended,
        }
    }
}

/// Carries a run out to the next end.
async fn to_its_end(run: &mut Run<'_>) -> Result<RunOutcome, RunError> {
    let (request, ports) = (run.request, run.ports);
    run.trace.note(started(request, ports))?;
    if request.recipe.needs(Role::Parser) && run.given.is_none() {
        let parsed = Box::pin(crate::parse::parse(request, ports, &mut run.trace)).await?;
        (run.constraints, run.parsed) = parsed;
    }
    let ending = match recipes::perform(run).await {
        Err(RunError::Spent { stop }) => run.end_without_means(stop)?,
        Err(RunError::Hacked) => run.end_hacked()?,
        // The last thing that was said may be what gives it away.
        Ok(_) if run.trace.is_hacked() => run.end_hacked()?,
        result => result?,
    };
    let outcome = RunOutcome {
        verdict: ending.verdict,
        best: ending.best,
        stop: ending.stop,
        images: run.images(),
    };
    let finished = RunEvent::RunFinished { outcome: outcome.clone() };
    run.trace.conclude(Box::new(finished)).await?;
    Ok(outcome)
}

/// How a recipe ended.
pub(crate) struct Ending {
    pub best: CandidateId,
    pub stop: StopReason,
    pub verdict: Verdict,
}

impl Ending {
    /// The verdict is the one that goes with the reason.
    pub(crate) const fn of(best: CandidateId, stop: StopReason) -> Self {
        Self { best, stop, verdict: decide::verdict(Some(stop)) }
    }
}

/// A run under way: what the primitives share.
pub(crate) struct Run<'a> {
    pub request: &'a RunRequest,
    pub ports: &'a Ports,
    pub trace: Trace<'a>,
    /// What the idea asks for.
    pub constraints: Constraints,
    /// The key of the primitive that read the idea.
    pub parsed: StepKey,
    /// All candidates so far, by number.
    pub pool: Vec<Candidate>,
    /// The pictures made since the program started, so that they need not be read from the disk.
    pub made: Vec<Artifact>,
    /// The round under way.
    pub round: RoundNumber,
    /// The draft of the last round that was decided, and whether nothing is wrong with it.
    pub draft: Option<(CandidateId, bool)>,
    /// Questions to models so far.
    pub asked: u32,
    /// Calls of the recipe's tool so far.
    pub errands: u32,
    /// Who was asked how likely the words of an answer were, and did not say.
    pub silent: Vec<Role>,
    /// What the examiner asks about pictures, once it has read the idea.
    pub exam: Option<Exam>,
    /// The user's own picture, which is to be changed as the idea says.
    pub given: Option<Artifact>,
    /// What that picture is to become, once somebody planned it, and what of it cannot be done.
    pub goal: Option<(Layout, Vec<Finding>)>,
    /// When a recipe for texts that carries a draft on stops, its budget aside.
    pub until: &'a Until,
}

impl<'a> Run<'a> {
    /// Nothing was done yet.
    fn begun(
        ledger: Arc<Ledger>,
        request: &'a RunRequest,
        ports: &'a Ports,
        stop: &'a StopFlag,
        given: Option<Artifact>,
    ) -> Self {
        let trace = Trace::new(ports, stop, &request.run, ledger);
        Self {
            request,
            ports,
            trace: trace.guarded(request.recipe.held_out.as_deref()),
            constraints: Constraints::default(),
            parsed: StepKey::of([b"not parsed".as_slice()]),
            pool: Vec::new(),
            made: Vec::new(),
            round: RoundNumber(0),
            draft: None,
            asked: 0,
            errands: 0,
            silent: Vec::new(),
            exam: None,
            given,
            goal: None,
            until: request.recipe.stops(),
        }
    }
}

impl Run<'_> {
    /// Pictures or texts made so far: every candidate is one.
    pub(crate) fn images(&self) -> u32 {
        u32::try_from(self.pool.len()).unwrap_or(u32::MAX)
    }

    /// The number the next candidate gets.
    pub(crate) fn next_id(&self) -> CandidateId {
        CandidateId(self.images())
    }

    /// Begins a round.
    pub(crate) fn begin_round(&mut self, round: RoundNumber) -> Result<(), RunError> {
        self.round = round;
        self.trace.note(RunEvent::RoundStarted { round })
    }

    /// Begins the round after this one, and says which that is.
    pub(crate) fn next_round(&mut self) -> Result<RoundNumber, RunError> {
        let round = RoundNumber(self.round.0 + 1);
        self.begin_round(round)?;
        Ok(round)
    }

    /// Time spent so far.
    pub(crate) fn time(&self) -> Duration {
        self.trace.time()
    }

    /// Ends a round with this draft, and remembers why.
    pub(crate) fn settle_round(
        &mut self,
        round: RoundNumber,
        draft: CandidateId,
        accepted: bool,
        (stop, words): (Option<StopReason>, String),
    ) -> Result<(), RunError> {
        let reason = format!("{words}: {}", decide::reason(stop));
        let verdict = match decide::verdict(stop) {
            Verdict::GiveUp if accepted => Verdict::Accept,
            verdict => verdict,
        };
        self.decided(round, (draft, accepted), verdict, reason)
    }

    /// Ends a round: decides, remembers why, and says whether to stop.
    pub(crate) fn end_round(
        &mut self,
        round: RoundNumber,
        draft: &Look,
        facts: &Facts,
    ) -> Result<Option<StopReason>, RunError> {
        let stop = decide::stop_reason(facts);
        let reason = format!("{}: {}", draft.in_words(), decide::reason(stop));
        let verdict = decide::verdict(stop);
        self.decided(round, (draft.candidate, draft.accepted), verdict, reason)?;
        Ok(stop)
    }

    /// Ends the run in the middle of a round: the draft is what the rounds before made of it.
    fn end_without_means(&mut self, stop: StopReason) -> Result<Ending, RunError> {
        let first = || self.pool.first().map(|first| (first.id, false));
        let draft = self.draft.or_else(first).ok_or(RunError::NothingAllowed { stop })?;
        let (best, accepted) = draft;
        let verdict = if accepted { Verdict::Accept } else { Verdict::GiveUp };
        self.decided(self.round, draft, verdict, decide::reason(Some(stop)).to_owned())?;
        Ok(Ending { best, stop, verdict })
    }

    /// Ends a run that pleases its judge: what the held-out assessor likes best is handed out, and
    /// nothing is accepted, whatever the judge says.
    fn end_hacked(&mut self) -> Result<Ending, RunError> {
        let caught = self.trace.caught().ok_or_else(|| self.trace.diverged())?;
        let first = || self.pool.first().map(|first| first.id);
        let best = caught.best.or_else(first).ok_or(RunError::NoText)?;
        let reason = format!("{}; it likes {best} best", caught.reason);
        self.decided(self.round, (best, false), Verdict::GiveUp, reason)?;
        Ok(Ending::of(best, StopReason::Hacking))
    }

    /// Remembers a round's draft, whether nothing is wrong with it, and why.
    pub(crate) fn decided(
        &mut self,
        round: RoundNumber,
        (draft, accepted): (CandidateId, bool),
        verdict: Verdict,
        reason: String,
    ) -> Result<(), RunError> {
        self.draft = Some((draft, accepted));
        self.trace.note(RunEvent::Decided { round, verdict, draft, reason })
    }
}

/// An artifact's bytes, from this program's memory or from the journal.
pub(crate) fn load(made: &[Artifact], ports: &Ports, id: ArtifactId) -> Result<Artifact, RunError> {
    match made.iter().find(|artifact| artifact.id == id) {
        Some(artifact) => Ok(artifact.clone()),
        None => Ok(ports.keep.load(id)?),
    }
}

/// Says what is missing before anything is spent.
fn require(request: &RunRequest, ports: &Ports) -> Result<(), RunError> {
    let recipe = &request.recipe;
    let asked =
        [Role::Writer, Role::Seer, Role::Judge, Role::Auditor, Role::Detector, Role::Reader];
    for role in asked {
        if recipe.needs(role) && !ports.models.has(role) {
            let (recipe, role) = (recipe.name.clone(), role.as_str());
            return Err(RunError::MissingRole { recipe, role });
        }
    }
    if let Some(tool) = &recipe.tool
        && !ports.tools.iter().any(|there| &there.plugin().name == tool)
    {
        let (recipe, plugin) = (recipe.name.clone(), tool.clone());
        return Err(RunError::MissingTool { recipe, plugin });
    }
    let is_there = |name: &&str| ports.assessors.iter().any(|one| one.plugin().name == **name);
    let mut named = recipe.detecting_plugin().into_iter().chain(recipe.held_out_plugin());
    match named.find(|name| !is_there(name)) {
        None => Ok(()),
        Some(missing) => {
            let (recipe, plugin) = (recipe.name.clone(), missing.to_owned());
            Err(RunError::MissingAssessor { recipe, plugin })
        }
    }
}

/// The first picture that the user attached.
fn given(request: &RunRequest, ports: &Ports) -> Result<Option<Artifact>, RunError> {
    for id in &request.brief.attached {
        let artifact = ports.keep.load(*id)?;
        if artifact.media_type != MediaType::Text {
            return Ok(Some(artifact));
        }
    }
    Ok(None)
}

/// The first event. Who played when the run began stays as it was told: who plays now shows in the keys of
/// what is still to be asked.
fn started(request: &RunRequest, ports: &Ports) -> RunEvent {
    let cast = match ports.keep.recall(0).map(|first| first.event) {
        Some(RunEvent::RunStarted { cast, .. }) => cast,
        _ => ports.models.cast(),
    };
    RunEvent::RunStarted {
        run: request.run.clone(),
        idea: request.brief.idea.clone(),
        recipe: request.recipe.name.clone(),
        recipe_text: request.recipe.text().to_owned(),
        painter: request.painter.clone(),
        seed: request.seed,
        budget: request.budget,
        attached: request.brief.attached.clone(),
        cast,
    }
}

#[cfg(test)]
mod tests;
