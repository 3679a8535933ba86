//! A whole look at a candidate: assess it, let the controller compare what was seen with what was
//! asked, and weigh the result.

use pentimento_model::{
    Assessment, Candidate, CandidateId, EditOp, Finding, Layout, Mode, Opinion, RunEvent, Severity,
    StepKey,
};
use pentimento_recipe::Algorithm;
use pentimento_world::seen::{layout_as_seen, layout_from_findings};

use crate::{
    RunError,
    assess::Said,
    control::changes,
    diff::{PRESERVE_IOU, diff},
    ports::Proposal,
    run::Run,
    scene,
    standing::Standing,
    toward::held_against,
    trace::Trace,
};

/// What is known of one candidate.
pub(crate) struct Look {
    pub candidate: CandidateId,
    /// How far it is from the brief; `None` if the detector had no opinion.
    pub standing: Option<Standing>,
    /// Nothing is wrong with it.
    pub accepted: bool,
    /// The key of the controller's review, if there was one.
    pub reviewed: Option<StepKey>,
    /// What the controller would change.
    pub ops: Vec<EditOp>,
    /// What the picture would show then, in words.
    pub scene: String,
}

impl Look {
    /// Nobody could look.
    const fn without_opinion(candidate: CandidateId) -> Self {
        Self {
            candidate,
            standing: None,
            accepted: false,
            reviewed: None,
            ops: Vec::new(),
            scene: String::new(),
        }
    }

    /// The state of the candidate in a few words.
    pub(crate) fn in_words(&self) -> String {
        let id = self.candidate;
        match self.standing.map(|standing| standing.n_findings()) {
            None => format!("{id} could not be looked at"),
            Some(0) => format!("{id} has no finding"),
            Some(1) => format!("{id} has 1 finding"),
            Some(count) => format!("{id} has {count} findings"),
        }
    }
}

/// A review's key, what was seen, and what the controller wants.
pub(crate) type Reviewed = (StepKey, Layout, Proposal);

impl Run<'_> {
    /// Assesses and reviews the candidate with this number.
    pub(crate) async fn look(&mut self, id: CandidateId) -> Result<Look, RunError> {
        let known = self.pool.iter().find(|candidate| candidate.id == id);
        let candidate = known.cloned().ok_or_else(|| self.trace.diverged())?;
        let said = self.assess(&candidate).await?;
        let Some(seen) = self.seen(&said) else {
            return Ok(Look::without_opinion(id));
        };
        let reviewed = match (self.goal.clone(), self.asks_writer()) {
            (Some(goal), _) => Some(self.hold_against(&candidate, &said, (seen, goal)).await?),
            (None, true) => self.review_by_writer(&candidate, &said, seen).await?,
            (None, false) => Some(self.review(&candidate, &said, seen).await?),
        };
        let Some((key, seen, proposal)) = reviewed else {
            return Ok(Look::without_opinion(id));
        };
        if self.given.is_some() && self.goal.is_none() {
            let changes = changes(&seen, &proposal.layout, self.preserve_iou()).len();
            let mut undone = proposal.findings.clone();
            undone.truncate(undone.len().saturating_sub(changes));
            self.goal = Some((proposal.layout.clone(), undone));
        }
        let ops = diff(&seen, &proposal.layout, self.preserve_iou());
        let others = |least| self.others(&said, least);
        // What two of them found is one problem.
        let own = &proposal.findings;
        let is_new = |one: &&Finding| !own.iter().any(|known| one.repeats(known));
        let findings = own.iter().chain(others(Mode::Advise).filter(is_new));
        let accepted = !proposal.findings.iter().any(|one| one.severity > Severity::Note)
            && !others(Mode::Enforce).any(|one| one.severity >= Severity::Major);
        let standing = Standing::of(findings, ops.len()).with_score(self.score(&said));
        let standing = Some(standing);
        let scene = scene::in_words(self.constraints.background.as_deref(), &proposal.layout);
        Ok(Look { candidate: id, standing, accepted, reviewed: Some(key), ops, scene })
    }

    /// What the detector saw, as a layout; `None` if it broke or declined.
    fn seen(&self, said: &[Said]) -> Option<Layout> {
        let by_detector = said.iter().find(|one| self.is_detector(one.assessment.assessor()))?;
        match &by_detector.assessment {
            Assessment::Given { opinion: Opinion::Critique(critique), .. }
                if critique.abstained.is_none() =>
            {
                Some(if self.given.is_some() {
                    layout_as_seen(&critique.findings)
                } else {
                    layout_from_findings(&self.constraints, &critique.findings)
                })
            }
            Assessment::Given { .. } | Assessment::Missing { .. } => None,
        }
    }

    /// What everyone but the detector found who has at least so much say. The detector's findings
    /// are observations; what they mean is for the controller to say.
    fn others<'s>(&self, said: &'s [Said], least: Mode) -> impl Iterator<Item = &'s Finding> {
        let other =
            move |one: &&Said| one.mode >= least && !self.is_detector(one.assessment.assessor());
        said.iter().filter(other).flat_map(|one| one.assessment.findings())
    }

    /// The overlap above which an item counts as unmoved.
    pub(crate) fn preserve_iou(&self) -> f32 {
        match self.request.recipe.algorithm {
            Algorithm::Sld { preserve_iou, .. } => preserve_iou,
            _ => PRESERVE_IOU,
        }
    }

    /// A writer is the controller.
    fn asks_writer(&self) -> bool {
        matches!(self.request.recipe.algorithm, Algorithm::Sld { asks_writer: true, .. })
    }

    /// What is left to do until a picture is what was planned from the one before.
    async fn hold_against(
        &mut self,
        candidate: &Candidate,
        said: &[Said],
        (seen, (goal, undone)): (Layout, (Layout, Vec<Finding>)),
    ) -> Result<Reviewed, RunError> {
        let (seen, layout) = held_against(&seen, &goal);
        let id = candidate.id.0.to_le_bytes();
        let mut parts = vec![b"hold against".as_slice(), &id];
        parts.extend(said.iter().map(|one| one.key.as_bytes().as_slice()));
        let key = StepKey::of(parts);
        let left = changes(&seen, &layout, self.preserve_iou());
        let findings = undone.into_iter().chain(left).collect();
        let work = async { Ok((seen, Proposal { layout, findings })) };
        reviewed(&mut self.trace, key, candidate.id, work).await
    }

    /// The controller's opinion of what was seen. Its key stands on the keys of what it reads.
    async fn review(
        &mut self,
        candidate: &Candidate,
        said: &[Said],
        seen: Layout,
    ) -> Result<Reviewed, RunError> {
        let controller = self.ports.controller.identity();
        let id = candidate.id.0.to_le_bytes();
        let mut parts =
            vec![b"review".as_slice(), controller.as_bytes(), self.parsed.as_bytes(), &id];
        parts.extend(said.iter().map(|one| one.key.as_bytes().as_slice()));
        let key = StepKey::of(parts);
        let (control, brief) = (&self.ports.controller, &self.request.brief);
        let constraints = &self.constraints;
        let (edits, preserve_iou) = (self.given.is_some(), self.preserve_iou());
        let work = async {
            let proposed = control.propose(brief, constraints, &seen).await;
            let mut proposal =
                proposed.map_err(|source| RunError::Port { role: "controller", source })?;
            if edits {
                // What is told to be changed is not as it shall be.
                let changes = changes(&seen, &proposal.layout, preserve_iou);
                proposal.findings.extend(changes);
            }
            Ok((seen, proposal))
        };
        reviewed(&mut self.trace, key, candidate.id, work).await
    }
}

/// Remembers a review, read back or made by this work.
pub(crate) async fn reviewed(
    trace: &mut Trace<'_>,
    key: StepKey,
    candidate: CandidateId,
    work: impl Future<Output = Result<(Layout, Proposal), RunError>> + Send,
) -> Result<Reviewed, RunError> {
    let event = |(seen, proposal): (Layout, Proposal), took| RunEvent::Reviewed {
        key,
        candidate,
        seen,
        proposed: proposal.layout,
        findings: proposal.findings,
        took,
    };
    match trace.perform(key, work, event).await? {
        RunEvent::Reviewed { seen, proposed: layout, findings, .. } => {
            Ok((key, seen, Proposal { layout, findings }))
        }
        _ => Err(trace.diverged()),
    }
}
