//! Best of n for texts: the baseline that spends the same calls on blind resampling.
//!
//! The verifiers and critics are those that a recipe's texts meet, so that the two differ only in
//! what they do with what is found: here it chooses, there it corrects. Of questions about a picture the seer
//! is asked, in the words in which other recipes ask it first.

use pentimento_model::{Artifact, Temperature};
use pentimento_prompts::{TextFields, TextPrompt};

use super::sight::about;
use crate::{
    RunError,
    run::{Ending, Run},
    samples::Samples,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub temperature: f32,
    pub agreement: f32,
    pub stop_early: bool,
}

/// Every round answers anew; the draft is the text with the least wrong with it, and of equals one
/// with the answer given most often. With `stop_early` the first text that is proved ends the run.
/// `picture` is what is asked about, if anything is.
pub(super) async fn perform(
    run: &mut Run<'_>,
    picture: Option<&[Artifact]>,
    knobs: Knobs,
) -> Result<Ending, RunError> {
    let Knobs { temperature, agreement, stop_early } = knobs;
    let mut samples = Samples::default();
    for number in 0.. {
        run.begin_sample(number)?;
        match picture {
            None => samples.draw(run, temperature).await?,
            Some(picture) => {
                let idea = &run.request.brief.idea;
                let fields = TextFields { question: idea, ..TextFields::default() };
                let instead = "the vote goes on without it";
                let asked = about(picture, TextPrompt::Regard, &fields, instead)?;
                samples.ask(run, asked, Temperature::new(temperature)).await?;
            }
        }
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
