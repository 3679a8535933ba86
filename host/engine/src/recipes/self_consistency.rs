//! Self-consistency (arXiv:2203.11171): many answers to one question, and the one given most often.
//!
//! What differs from the paper: sampling may stop when no further answer can change the vote, which
//! keeps the same answer; and a text that verifiers object to is handed out, but not accepted. The
//! vote itself hears nobody, as in the paper.

use crate::{
    RunError,
    run::{Ending, Run},
    samples::Samples,
};

/// Every round answers anew; the draft is the earliest text with the answer given most often.
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
        let settled = stop_early && run.further() > 0 && samples.is_settled(run.further());
        if let Some(ending) = run.settle_samples(samples.by_vote().as_ref(), settled, agreement)? {
            return Ok(ending);
        }
    }
    Err(RunError::NoText)
}
