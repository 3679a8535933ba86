//! Language models as black-box optimizers (arXiv:2309.05950): hill climbing by good and bad
//! examples.
//!
//! A pool of prompts is painted and scored. In every step the writer sees the best prompts and the
//! worst ones, as two lists without scores: what tells them apart is the direction to climb in. It
//! writes one better prompt, which is painted, scored and joins the pool.
//!
//! What differs from the paper and its code: the pool begins with few ways of saying the idea, since
//! each costs a picture, and not with 80 templates; there are no restarts; the score is that of any
//! examiner, of one picture; an answer of no use is asked for once more (there: up to 15 times),
//! then the best prompt is painted again; and a picture that is good enough ends the run.

use pentimento_model::Score;
use pentimento_prompts::{Climb, Prompts};

use super::climb::{names, question};
use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// `start` ways of saying the idea beside itself, then a step in every round; the writer is shown
/// `examples` good and as many bad prompts.
pub(crate) async fn perform(
    run: &mut Run<'_>,
    (start, examples): (usize, usize),
    good: Score,
) -> Result<Ending, RunError> {
    let mut pool = Pool::begin(run, good, 1).await?;
    if start > 0 && !pool.is_good() {
        for prompt in first_pool(run, start).await? {
            pool.paint(run, &prompt, 1).await?;
        }
    }
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        let prompt = step(run, &pool, examples).await?;
        pool.paint(run, &prompt, 1).await?;
    }
}

/// Other ways of saying the idea.
async fn first_pool(run: &mut Run<'_>, count: usize) -> Result<Vec<String>, RunError> {
    let idea = run.request.brief.idea.clone();
    let asked = Climb::Vary { idea: &idea, count };
    let instead = "the pool begins with the idea alone";
    let written = run.put(question(&asked, instead)?, &Prompts { wanted: count }).await?;
    Ok(written.unwrap_or_default())
}

/// One step up the hill.
async fn step(run: &mut Run<'_>, pool: &Pool, examples: usize) -> Result<String, RunError> {
    let idea = run.request.brief.idea.clone();
    let (good, bad) = (names(&pool.top(examples)), names(&pool.bottom(examples)));
    let asked = Climb::Step { idea: &idea, count: 1, good: &good, bad: &bad };
    let instead = "the best prompt is painted again with another seed";
    let written = run.put(question(&asked, instead)?, &Prompts { wanted: 1 }).await?;
    let best = pool.best().map_or(idea.clone(), |best| best.prompt.clone());
    Ok(written.and_then(|mut all| all.pop()).unwrap_or(best))
}
