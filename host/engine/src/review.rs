//! A whole look at a candidate: assess it, let the controller compare what was seen with what was
//! asked, and weigh the result.

use pentimento_model::{
    Assessment, Candidate, CandidateId, EditOp, Finding, Layout, Mode, Opinion, RunEvent, Severity,
    StepKey,
};
use pentimento_recipe::Algorithm;
use pentimento_world::seen::layout_from_findings;

use crate::{
    RunError,
    assess::Said,
    diff::{PRESERVE_IOU, diff},
    ports::Proposal,
    run::Run,
    scene,
    standing::Standing,
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
        let reviewed = if self.asks_writer() {
            self.review_by_writer(&candidate, &said, seen).await?
        } else {
            Some(self.review(&candidate, &said, seen).await?)
        };
        let Some((key, seen, proposal)) = reviewed else {
            return Ok(Look::without_opinion(id));
        };
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
                Some(layout_from_findings(&self.constraints, &critique.findings))
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
    pub(crate) const fn preserve_iou(&self) -> f32 {
        match self.request.recipe.algorithm {
            Algorithm::Sld { preserve_iou, .. } => preserve_iou,
            _ => PRESERVE_IOU,
        }
    }

    /// A writer is the controller.
    const fn asks_writer(&self) -> bool {
        matches!(self.request.recipe.algorithm, Algorithm::Sld { asks_writer: true, .. })
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
        let work = async {
            let proposed = control.propose(brief, constraints, &seen).await;
            let proposal =
                proposed.map_err(|source| RunError::Port { role: "controller", source })?;
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
