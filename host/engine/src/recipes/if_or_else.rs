//! `IoE` (arXiv:2402.12563): keep the answer if confident, else update it; then decide between two.
//!
//! Answer → look again, without being told that anything is wrong → if the answer is another one now,
//! say which of both is right. What critical prompts lose by changing right answers, the gate of
//! confidence keeps.
//!
//! What differs from the paper: each turn is a question of its own that quotes what was said before,
//! not one growing dialogue; what verifiers find is told in the second turn, a proof ends the run, and
//! what they find worse is not kept. A decision is accepted if it is for one of both and nobody objects
//! (there: whatever is said last is the answer); a turn of no use is no consent. With one round, the second
//! answer is the last.

use pentimento_prompts::{Reconsidered, Solution, TextFields, TextPrompt};
use pentimento_recipe::Role;

use crate::{
    RunError,
    answer::same,
    draft::{Draft, again},
    policy::Mark,
    run::{Ending, Run},
    write::question,
};

/// Round 0 answers, round 1 looks again, round 2 decides if the answer changed.
pub(super) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    let mut draft = run.first_draft().await?;
    let first = draft.text.solution.clone();
    if let Some(ending) = run.settle(&draft)? {
        return Ok(ending);
    }
    run.next_round()?;
    let second = reconsider(run, &draft).await?;
    match second.clone() {
        Some(second) => run.offer(&mut draft, "reconsider", second).await?,
        None => draft.is_not_judged(),
    }
    loop {
        if let Some(ending) = run.settle(&draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        // Whether or not the second answer took its place: both were given.
        let Some(second) = &second else { continue };
        decide(run, &mut draft, (&first, second)).await?;
    }
}

/// The answer that the writer stands by; `None` if it says nothing of use.
async fn reconsider(run: &mut Run<'_>, draft: &Draft) -> Result<Option<Solution>, RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(&draft.text.solution),
        findings: &draft.hearing.findings,
        ..TextFields::default()
    };
    let asked = question(Role::Writer, TextPrompt::Reconsider, &fields, "the answer is kept")?;
    run.put(asked, &Reconsidered).await
}

/// Which of two answers is right. The draft is preferred if it is what was decided for; what was decided
/// for and is found worse, or is neither of both, leaves nothing to try.
async fn decide(
    run: &mut Run<'_>,
    draft: &mut Draft,
    (first, second): (&Solution, &Solution),
) -> Result<(), RunError> {
    let idea = &run.request.brief.idea;
    let fields = TextFields {
        question: idea,
        draft: Some(first),
        other: Some(second),
        ..TextFields::default()
    };
    let Some(decided) = run.rewrite(again(TextPrompt::Decide, &fields)?, draft).await? else {
        draft.is_not_judged();
        return Ok(());
    };
    let answer = decided.0.solution.answer.clone();
    let is_one_of_both = same(&first.answer, &answer) || same(&second.answer, &answer);
    draft.offer(decided);
    // That is a decision, and no third look by which it came out the same.
    draft.unchanged = 0;
    let stands = is_one_of_both && same(&draft.text.solution.answer, &answer);
    draft.mark = Some(if stands { Mark::Preferred } else { Mark::Exhausted });
    Ok(())
}
