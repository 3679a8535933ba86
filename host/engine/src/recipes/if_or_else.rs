//! `IoE` (arXiv:2402.12563): keep the answer if confident, else update it; then decide between two.
//!
//! Answer → look again, without being told that anything is wrong → if the answer is another one now,
//! say which of both is right. What critical prompts lose by changing right answers, the gate of
//! confidence keeps.
//!
//! What differs from the paper: each turn is a question of its own that quotes what was said before,
//! not one growing dialogue; what verifiers find is told in the second turn, and a proof ends the
//! run. With one round, the second answer is the last.

use pentimento_prompts::{Reconsidered, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    draft::again,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers, round 1 looks again, round 2 decides if the answer changed.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let first = draft.text.solution.clone();
    let idea = &run.request.brief.idea;
    if let Some(ending) = run.settle(&draft)? {
        return Ok(ending);
    }
    run.next_round()?;
    let findings = draft.hearing.findings.clone();
    let fields = TextFields {
        question: idea,
        draft: Some(&first),
        findings: &findings,
        ..TextFields::default()
    };
    let asked = question(Role::Writer, TextPrompt::Reconsider, &fields, "the answer is kept")?;
    match run.put(asked, &Reconsidered).await? {
        Some(second) => run.offer(&mut draft, "reconsider", second).await?,
        None => draft.unchanged += 1,
    }
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        let second = draft.text.solution.clone();
        let fields = TextFields {
            question: idea,
            draft: Some(&first),
            other: Some(&second),
            ..TextFields::default()
        };
        if let Some(decided) = run.rewrite(again(TextPrompt::Decide, &fields)?, &draft).await? {
            draft.offer(decided);
        }
        // Whatever it decided, that is the answer.
        draft.content = true;
    }
}
