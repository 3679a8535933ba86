//! Seed selection in the manner of `InitNO` (arXiv:2404.04650): the noise is chosen first, then the
//! words.
//!
//! The idea is painted with several seeds, and the seed of the best picture is kept. All further
//! prompts, which the writer improves by what was answered wrong, are painted from that seed.
//!
//! What differs from the paper: it optimizes the first noise itself by attention inside the model; no
//! server offers that, and seeds are all of it that can be chosen from outside.

use pentimento_model::{Origin, Score, Seed};

use super::textmatch;
use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// So many seeds, then one picture in every round.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    seeds: u32,
    examples: usize,
    good: Score,
) -> Result<Ending, RunError> {
    let mut pool = Pool::begin(run, good, seeds).await?;
    let chosen = seed_of_best(run, &pool);
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        let prompt = textmatch::rewrite(run, &pool, examples).await?;
        pool.paint_from(run, &prompt, 1, chosen).await?;
    }
}

fn seed_of_best(run: &Run<'_>, pool: &Pool) -> Option<Seed> {
    let best = pool.best()?.candidate;
    let made = run.pool.iter().find(|candidate| candidate.id == best)?;
    match made.origin {
        Origin::Generated { seed, .. } => Some(seed),
        Origin::Given | Origin::Corrected { .. } | Origin::Written { .. } => None,
    }
}
