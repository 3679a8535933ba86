//! What assessors say of a text, weighed.
//!
//! A picture is compared with its idea by a controller (`review.rs`); a text is what verifiers can
//! prove of it and what critics find. Nobody need be there: then nothing is known of the text.

use pentimento_model::{
    Assessment, Candidate, CandidateId, CheckOutcome, Finding, Mode, Opinion, Place, Severity,
};

use pentimento_prompts::{Problems, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    assess::Said,
    run::{Run, load},
    standing::Standing,
    write::question,
};

/// What is known of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hearing {
    /// How much is wrong with it; `None` if nobody with a say could tell.
    pub standing: Option<Standing>,
    /// A verifier proved it, and nobody objects.
    pub proved: bool,
    /// Somebody found what forbids its use, or that the question is not met.
    pub objected: bool,
    /// The same, whether or not that has a say.
    pub refuted: bool,
    /// What was found wrong, in words, for whoever writes it again.
    pub findings: Vec<String>,
    /// The first step in which something is wrong, counted from 0, if anybody says.
    pub first_wrong: Option<u32>,
}

impl Hearing {
    /// Weighs what was said. What has no say is not heard.
    fn of(said: &[Said]) -> Self {
        let (mut heard, mut proofs, mut failed) = (Vec::<&Finding>::new(), 0_u32, 0_usize);
        let (mut anybody, mut objected, mut refuted) = (false, false, false);
        for one in said.iter().filter(|one| one.mode >= Mode::Advise) {
            let Assessment::Given { opinion, .. } = &one.assessment else { continue };
            let has_say = one.mode >= Mode::Enforce;
            let found = opinion.findings();
            let grave = found.iter().any(|one| one.severity >= Severity::Major);
            let against = match opinion {
                Opinion::Critique(critique) if critique.abstained.is_some() => continue,
                Opinion::Critique(_) => grave,
                Opinion::Check(check) => match check.outcome {
                    CheckOutcome::Unknown => continue,
                    CheckOutcome::Pass => {
                        proofs += u32::from(has_say && !grave);
                        grave
                    }
                    CheckOutcome::Fail => {
                        // A refutation weighs, whether or not it says where.
                        failed += usize::from(!grave);
                        true
                    }
                },
            };
            refuted |= against;
            objected |= against && has_say;
            anybody = true;
            heard.extend(found);
        }
        let mut standing = Standing::of(heard.iter().copied(), 0);
        standing.major += failed;
        let wrong = || heard.iter().filter(|one| one.severity > Severity::Note);
        let step = |one: &&&Finding| match one.place {
            Some(Place::Step(step)) => Some(step),
            _ => None,
        };
        Self {
            standing: anybody.then_some(standing),
            proved: proofs > 0 && !objected,
            objected,
            refuted,
            findings: wrong().map(|one| in_words(one)).collect(),
            first_wrong: wrong().filter_map(|one| step(&one)).min(),
        }
    }
}

fn in_words(finding: &Finding) -> String {
    match finding.place {
        Some(Place::Step(step)) => format!("step {step}: {}", finding.message),
        _ => finding.message.clone(),
    }
}

impl Run<'_> {
    /// Asks all assessors what they say of a text.
    pub(crate) async fn hear(&mut self, id: CandidateId) -> Result<Hearing, RunError> {
        // The newest is asked about most often.
        let known = self.pool.iter().rev().find(|candidate| candidate.id == id);
        let known = known.ok_or_else(|| self.trace.diverged())?;
        let is_audited = self.request.recipe.is_audited() && self.pool.last() == Some(known);
        if !is_audited && !self.is_assessed() {
            return Ok(Hearing::default());
        }
        let candidate = known.clone();
        // Whoever is there takes its time: a place of its own for that is nothing beside it, and runs
        // without anybody need none as long as they live.
        if is_audited {
            Box::pin(self.audit(&candidate)).await?;
        }
        Ok(Hearing::of(&Box::pin(self.assess(&candidate)).await?))
    }

    /// Has a text graded beside the run: with the question and the text alone before the auditor's
    /// eyes, so that it owes nothing to what was said so far (Pan et al., arXiv:2407.04549, find that
    /// shared context makes it worse). What it says is in the journal, and steers nothing; the guard
    /// reads it there.
    async fn audit(&mut self, candidate: &Candidate) -> Result<(), RunError> {
        let text = load(&self.made, self.ports, candidate.artifact)?;
        let answer = String::from_utf8_lossy(&text.bytes).into_owned();
        let solution = Solution { steps: Vec::new(), answer };
        let idea = &self.request.brief.idea;
        let fields = TextFields { question: idea, draft: Some(&solution), ..TextFields::default() };
        let asked = question(Role::Auditor, TextPrompt::Audit, &fields, "it has no grade")?;
        self.put(asked, &Problems).await.map(drop)
    }
}

#[cfg(test)]
mod tests;
