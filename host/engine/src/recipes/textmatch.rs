//! `TextMatch` (arXiv:2412.18185): what does not match is told to the writer, who tries again.
//!
//! Questions about the idea are asked of every picture; the share of right answers is its score.
//! The writer is told which answers were wrong about the best picture so far and sees earlier
//! prompts with their scores as examples; it thinks step by step and writes one new prompt. A new
//! picture becomes the draft only if it scores higher.
//!
//! Editing, the writer writes an instruction in place of a prompt, and the best picture is changed by
//! it as a whole.
//!
//! What differs from the paper: its constants are not published, so that those of the recipe are ours;
//! what other critics find is told to the writer too; an answer of no use paints the best prompt again
//! with another seed, or, editing, asks for the idea itself.

use pentimento_model::{EditOp, Region, Score};
use pentimento_prompts::{Climb, Thought};

use super::climb::{percent, question};
use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// One picture in every round; the writer sees so many examples; a picture with score `good` ends
/// the run.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    edits: bool,
    examples: usize,
    good: Score,
) -> Result<Ending, RunError> {
    let mut pool = Pool::begin(run, good, 1).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        if edits {
            let idea = run.request.brief.idea.clone();
            let told = amend(run, &pool, examples).await?;
            let op = EditOp::Inpaint { region: Region::WHOLE, prompt: told.clone() };
            pool.change(run, vec![op], (&idea, &told)).await?;
        } else {
            let prompt = rewrite(run, &pool, examples).await?;
            pool.paint(run, &prompt, 1).await?;
        }
    }
}

/// A better prompt than that of the best picture.
pub(super) async fn rewrite(
    run: &mut Run<'_>,
    pool: &Pool,
    examples: usize,
) -> Result<String, RunError> {
    let idea = &run.request.brief.idea;
    let best = pool.best().ok_or_else(|| run.trace.diverged())?;
    let (prompts, scores) = percent(&pool.top(examples));
    let (prompt, wrong) = (&best.prompt, &best.wrong);
    let asked = Climb::Match { idea, prompt, wrong, prompts: &prompts, scores: &scores };
    let instead = "the best prompt is painted again with another seed";
    let written = run.put(question(&asked, instead)?, &Thought).await?;
    Ok(written.unwrap_or_else(|| best.prompt.clone()))
}

/// What to change in the best picture.
async fn amend(run: &mut Run<'_>, pool: &Pool, examples: usize) -> Result<String, RunError> {
    let idea = run.request.brief.idea.clone();
    let best = pool.best().ok_or_else(|| run.trace.diverged())?;
    let (prompts, scores) = percent(&pool.top(examples));
    let asked =
        Climb::Amend { idea: &idea, wrong: &best.wrong, prompts: &prompts, scores: &scores };
    let instead = "the editor is told the idea itself";
    let written = run.put(question(&asked, instead)?, &Thought).await?;
    Ok(written.unwrap_or(idea))
}
