//! Critic-CoT (arXiv:2408.16326): judge every step, and refine from the first one that is wrong, until
//! all steps pass.
//!
//! What differs from the paper: there the critic is trained, here it is the judge or the writer, told
//! what verifiers found; a verifier that names a step is believed above it. Its other use, as a
//! filter before a vote, is not part of this recipe.

use pentimento_prompts::{StepByStep, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::Draft,
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
        let Some((at, why)) = criticism(run, &draft).await? else {
            draft.pleases();
            continue;
        };
        match run.go_on(&draft, at, &why, None).await? {
            Some(refined) => run.offer(&mut draft, "continue", refined).await?,
            None => draft.unchanged += 1,
        }
    }
}

/// The first step that does not pass, and why; `None` if all pass, or nobody says anything of use.
async fn criticism(
    run: &mut Run<'_>,
    draft: &Draft,
) -> Result<Option<(usize, Vec<String>)>, RunError> {
    if let Some(at) = draft.first_refuted() {
        return Ok(Some((at, draft.hearing.findings.clone())));
    }
    let idea = &run.request.brief.idea;
    let (solution, findings) = (&draft.text.solution, &draft.hearing.findings);
    let fields =
        TextFields { question: idea, draft: Some(solution), findings, ..TextFields::default() };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Judge, &fields, "all steps pass")?;
    let form = StepByStep { steps: solution.steps.len() };
    let judged = run.put(asked, &form).await?.unwrap_or_default();
    let wrong = judged.into_iter().enumerate().find(|(_, one)| !one.correct);
    Ok(wrong.map(|(at, one)| (at, vec![one.why])))
}
