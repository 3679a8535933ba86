//! P(True) (arXiv:2207.05221, section 4): how likely is it that a proposed answer is true?
//!
//! Brainstorm answers → show them all, propose one, ask whether it is true → the likelihood of yes is
//! how far the answer is to be trusted. The paper finds that showing many answers helps the model to
//! judge one, and that the likelihood is calibrated well enough to decide by.
//!
//! As there, the likelihood of yes is its share of yes and no, where the provider tells both.
//!
//! What differs from the paper: the question is put as yes or no, not as the letters of a choice; where
//! likelihoods are not told, several answers are counted, and those of no use are no yes; the answers that are proposed are the brainstormed ones themselves, the most frequent first, and the
//! likeliest is kept (there: one sample is judged, and nothing chosen). A text that verifiers find worse
//! is not kept however likely it is held to be.

use pentimento_model::{RoundNumber, Score};
use pentimento_prompts::{Solution, TextFields, TextPrompt};

use crate::{
    RunError,
    draft::Draft,
    policy::{Mark, outranks},
    run::{Ending, Run},
    samples::{Chosen, Samples},
    write::question,
};

/// The recipe's numbers.
#[derive(Clone, Copy)]
pub(super) struct Knobs {
    pub answers: u32,
    pub temperature: f32,
    pub votes: u32,
    pub accept: Score,
}

/// Round 0 draws all answers and judges the most frequent one; every further round judges the next.
pub(super) async fn perform(run: &mut Run<'_>, knobs: Knobs) -> Result<Ending, RunError> {
    run.begin_round(RoundNumber(0))?;
    let mut ideas = Samples::default();
    for _ in 0..knobs.answers {
        ideas.draw(run, knobs.temperature).await?;
    }
    let mut proposed = ideas.different().into_iter();
    let mut best = judge(run, &ideas, proposed.next().ok_or(RunError::NoText)?, knobs).await?;
    loop {
        let (draft, likely) = &mut best;
        draft.mark = match proposed.len() {
            _ if *likely >= knobs.accept.value().into() => Some(Mark::Trusted),
            0 => Some(Mark::Exhausted),
            _ => None,
        };
        if let Some(ending) = run.settle(draft)? {
            return Ok(ending);
        }
        run.next_round()?;
        if let Some(next) = proposed.next() {
            let (other, worth) = judge(run, &ideas, next, knobs).await?;
            if outranks((other.hearing.standing, worth), (best.0.hearing.standing, best.1)) {
                best = (other, worth);
            }
        }
    }
}

/// How likely a proposed answer is true rather than not; 0 if nobody says anything of use.
async fn judge(
    run: &mut Run<'_>,
    ideas: &Samples,
    Chosen { text, hearing, .. }: Chosen,
    knobs: Knobs,
) -> Result<(Draft, f64), RunError> {
    let idea = &run.request.brief.idea;
    let answer = |solution: &Solution| Solution { steps: Vec::new(), ..solution.clone() };
    let others: Vec<_> = ideas.texts().iter().map(|(text, _)| answer(&text.solution)).collect();
    let fields = TextFields {
        question: idea,
        draft: Some(&text.solution),
        others: &others,
        ..TextFields::default()
    };
    let who = run.ports.models.judge_or_writer();
    let asked = question(who, TextPrompt::Truth, &fields, "the answer is not trusted")?;
    let likely = run.likelihood_of_yes(&asked, knobs.votes).await?;
    let worth = likely.map_or(0.0, |likely| likely.between.value().into());
    Ok((Draft::new(text, hearing), worth))
}
