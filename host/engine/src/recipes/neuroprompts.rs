//! `NeuroPrompts` (arXiv:2311.12229): the same prompt, enhanced under constraints.
//!
//! The idea is painted as it is. The writer adds terms of given clusters and keeps every word of the
//! idea; the form of its answer holds it to both. The enhanced prompt is painted, and of the two
//! pictures the one that scores higher is kept, the plain one of equals.
//!
//! What differs from the paper and its code: a writer is asked, and held to the constraints by its
//! answer, where a tuned model is held to them while it decodes (`NeuroLogic`); terms are ours; there
//! are no artists and no negative prompt; the score is that of any examiner, not `PickScore`; and an
//! answer of no use twice gets the first term of each cluster.

use pentimento_model::Score;
use pentimento_prompts::{Climb, Enhanced};

use super::climb::{names, question};
use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// Prompts that were tried and are told as such.
const TRIED: usize = 8;

/// One enhanced prompt in every round, with terms of so many clusters.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    clusters: usize,
    good: Score,
) -> Result<Ending, RunError> {
    let idea = run.request.brief.idea.clone();
    let mut pool = Pool::begin(run, good, 1).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        let form = Enhanced { idea: &idea, clusters };
        let mut tried = names(&pool.top(TRIED));
        tried.retain(|prompt| *prompt != idea);
        let told = form.in_words();
        let asked = Climb::Enhance { idea: &idea, clusters: &told, prompts: &tried };
        let instead = "the idea is painted with the first term of each cluster";
        let written = run.put(question(&asked, instead)?, &form).await?;
        pool.paint(run, &written.unwrap_or_else(|| form.plain()), 1).await?;
    }
}
