//! Turns of correction with a verdict of one's own (`SCoRe`, arXiv:2409.12917; self-rewarding correction,
//! arXiv:2502.19613): answer, say whether it is right, answer again, told no more than that there may be
//! a mistake.
//!
//! The prompt is `SCoRe`'s, the stop rule that of self-rewarding correction. Both papers train a model to
//! do this; *Large Language Models Cannot Self-Correct Reasoning Yet* (arXiv:2310.01798) finds that one
//! that was not loses by it. It is here to be measured, and for models that were trained.
//!
//! What differs from the papers: each turn is a question of its own that quotes the turns before it; what
//! verifiers find is told, and a proof ends the run; a verdict of no use counts as "not right".

use pentimento_prompts::{PastText, SaidBy, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::{Draft, again},
    history::History,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers; every further round gives a verdict and, unless it is good, answers again.
pub(super) async fn perform(
    run: &mut Run<'_>,
    mut past: History<PastText>,
) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        draft.content = is_right(run, &draft).await?;
        if draft.content && !draft.hearing.objected {
            draft.pleases();
            continue;
        }
        past.push(PastText::new(&draft.text.solution, SaidBy::Nobody, &[]));
        let idea = &run.request.brief.idea;
        let findings = draft.hearing.findings.clone();
        let fields = TextFields {
            question: idea,
            past: past.told(),
            findings: &findings,
            ..TextFields::default()
        };
        if let Some(again) = run.rewrite(again(TextPrompt::Retry, &fields)?, &draft).await? {
            draft.offer(again);
        }
    }
}

/// The verdict on the draft.
async fn is_right(run: &mut Run<'_>, draft: &Draft) -> Result<bool, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&draft.text.solution),
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Verdict, &fields, "the answer is not taken for right")?;
    Ok(run.yes_or_no(asked, None).await?.is_some_and(|(yes, _)| yes))
}
