//! Critic-CoT (arXiv:2408.16326): judge every step, and refine from the first one that is wrong, until
//! all steps pass.
//!
//! What differs from the paper: there the critic is trained, here it is the judge or the writer, told
//! what verifiers found; a verifier that names a step is believed above it; judgements of no
//! use are no consent, and end the run. Its other use, as a filter before a vote, is not part of this recipe.

use pentimento_prompts::{StepByStep, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::Draft,
    judgement::Judgement,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers; every further round judges all steps and, unless all pass, goes on from the
/// first one that does not.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let said = criticism(run, &draft).await?;
        let Some((at, why)) = draft.hears(said) else { continue };
        if let Some(refined) = run.go_on(&draft, at, &why, None).await? {
            run.offer(&mut draft, "continue", refined).await?;
        }
    }
}

/// The first step that does not pass, and why. Of a text without steps none can pass.
async fn criticism(
    run: &mut Run<'_>,
    draft: &Draft,
) -> Result<Judgement<(usize, Vec<String>)>, RunError> {
    if let Some(at) = draft.first_refuted() {
        return Ok(Judgement::Objects((at, draft.hearing.findings.clone())));
    }
    let idea = &run.request.brief.idea;
    let (solution, findings) = (&draft.text.solution, &draft.hearing.findings);
    if solution.steps.is_empty() {
        return Ok(Judgement::Silent);
    }
    let fields =
        TextFields { question: idea, draft: Some(solution), findings, ..TextFields::default() };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Judge, &fields, "no step passes")?;
    let form = StepByStep { steps: solution.steps.len() };
    let judged = run.put(asked, &form).await?;
    Ok(Judgement::of(judged, |all| {
        let wrong = all.into_iter().enumerate().find(|(_, one)| !one.correct);
        wrong.map(|(at, one)| (at, vec![one.why]))
    }))
}
