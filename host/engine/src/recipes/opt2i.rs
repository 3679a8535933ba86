//! OPT2I (arXiv:2403.17804): a writer improves prompts, told only how well earlier ones did.
//!
//! The idea is painted and scored. In every round the writer sees the best prompts so far with
//! their scores, worst first, and writes new ones; each is painted several times, and the mean of
//! its pictures' scores goes into the history.
//!
//! What differs from the paper: the run ends at the first picture with a perfect score (there: at a
//! prompt whose pictures are all perfect), since a picture is what was asked for; the score is
//! that of any examiner; prompts that were tried before are not painted again; and an answer of no
//! use paints the best prompt again with other seeds.

use pentimento_model::{RunEvent, Score};
use pentimento_prompts::{Climb, Prompts};

use super::climb::{percent, question};
use crate::{
    RunError,
    run::{Ending, Run},
    scored::Pool,
};

/// What the recipe sets.
pub(crate) struct Knobs {
    /// New prompts of a round.
    pub prompts: usize,
    /// Pictures of a prompt.
    pub pictures: u32,
    /// Prompts that the writer is shown.
    pub history: usize,
    /// A picture with this score ends the run.
    pub good: Score,
}

/// The optimization loop.
pub(crate) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    let mut pool = Pool::begin(run, knobs.good, knobs.pictures).await?;
    loop {
        if let Some(ending) = pool.settle(run)? {
            return Ok(ending);
        }
        run.next_round()?;
        for prompt in propose(run, &pool, &knobs).await? {
            pool.paint(run, &prompt, knobs.pictures).await?;
        }
    }
}

/// The meta-prompt with the history.
async fn propose(run: &mut Run<'_>, pool: &Pool, knobs: &Knobs) -> Result<Vec<String>, RunError> {
    let idea = run.request.brief.idea.clone();
    let (prompts, scores) = percent(&pool.top(knobs.history));
    let count = knobs.prompts;
    let asked = Climb::Optimise { idea: &idea, count, prompts: &prompts, scores: &scores };
    let instead = "the best prompt is painted again with other seeds";
    let again = || pool.best().map_or(idea.clone(), |best| best.prompt.clone());
    let Some(mut new) = run.put(question(&asked, instead)?, &Prompts { wanted: count }).await?
    else {
        return Ok(vec![again()]);
    };
    new.retain(|prompt| !pool.knows(prompt));
    if new.is_empty() {
        let reason = "all prompts were tried before".to_owned();
        let (step, instead) = (asked.step().to_owned(), instead.to_owned());
        run.trace.note(RunEvent::FellBack { step, reason, instead })?;
        return Ok(vec![again()]);
    }
    Ok(new)
}
