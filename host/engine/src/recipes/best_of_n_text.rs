//! Best of n for texts: the baseline that spends the same calls on blind resampling.
//!
//! The verifiers and critics are those that a recipe's texts meet, so that the two differ only in
//! what they do with what is found: here it chooses, there it corrects.

use crate::{
    RunError,
    run::{Ending, Run},
    samples::Samples,
};

/// Every round answers anew; the draft is the text with the least wrong with it, and of equals one
/// with the answer given most often. With `stop_early` the first text that is proved ends the run.
pub(super) async fn perform(
    run: &mut Run<'_>,
    temperature: f32,
    agreement: f32,
    stop_early: bool,
) -> Result<Ending, RunError> {
    let mut samples = Samples::default();
    for number in 0.. {
        run.begin_sample(number)?;
        samples.draw(run, temperature).await?;
        let chosen = samples.by_findings();
        let proved = chosen.as_ref().is_some_and(|chosen| chosen.hearing.proved);
        if let Some(ending) =
            run.settle_samples(chosen.as_ref(), stop_early && proved, agreement)?
        {
            return Ok(ending);
        }
    }
    Err(RunError::NoText)
}
