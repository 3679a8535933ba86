//! `GenAI-Rank` (with `VQAScore`, arXiv:2404.01291): of several pictures of an idea, the one that scores best.
//!
//! The baseline for recipes that rewrite prompts: the same pictures, spent on blind resampling, on
//! any idea (`best-of-n` needs one of the closed world). What differs from the paper: a picture that
//! is good enough ends the run.

use pentimento_model::Score;

use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// One picture in every round; one with score `good` ends the run.
pub(crate) async fn perform(run: &mut Run<'_>, good: Score) -> Result<Ending, RunError> {
    let idea = run.request.brief.idea.clone();
    let mut pool = Pool::begin(run, good, 1).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        pool.paint(run, &idea, 1).await?;
    }
}
