//! What recipes that answer a question about a picture share: the picture, a question about it, and the
//! first answer.

use pentimento_model::{Artifact, RoundNumber};
use pentimento_prompts::{TextFields, TextPrompt};
use pentimento_recipe::{Role, Sight};

use super::{best_of_n_text, count, lookback, volcano};
use crate::{
    RunError,
    ask::Question,
    draft::{Draft, NOTHING},
    run::{Ending, Run},
    write::question,
};

/// Carries out the algorithm.
pub(super) async fn perform(run: &mut Run<'_>, sight: Sight) -> Result<Ending, RunError> {
    match sight {
        Sight::BestOfN { temperature, agreement, stop_early } => {
            let picture = picture(run)?;
            let knobs = best_of_n_text::Knobs { temperature, agreement, stop_early };
            best_of_n_text::perform(run, Some(&picture), knobs).await
        }
        Sight::Volcano => volcano::perform(run).await,
        Sight::LookBack { steps, questions } => {
            let knobs = lookback::Knobs { steps: count(steps), questions: count(questions) };
            lookback::perform(run, knobs).await
        }
    }
}

/// The picture that is asked about, alone.
pub(super) fn picture(run: &Run<'_>) -> Result<[Artifact; 1], RunError> {
    let recipe = || run.request.recipe.name.clone();
    let given = run.given.clone();
    Ok([given.ok_or_else(|| RunError::MissingPicture { recipe: recipe() })?])
}

/// A question to the seer with the picture before its eyes.
pub(super) fn about<'q>(
    picture: &'q [Artifact],
    prompt: TextPrompt,
    fields: &TextFields<'_>,
    instead: &'static str,
) -> Result<Question<'q>, RunError> {
    Ok(Question { pictures: picture, ..question(Role::Seer, prompt, fields, instead)? })
}

/// Round 0: the seer answers the question.
pub(super) async fn first(run: &mut Run<'_>, picture: &[Artifact]) -> Result<Draft, RunError> {
    run.begin_round(RoundNumber(0))?;
    let idea = &run.request.brief.idea;
    let fields = TextFields { question: idea, ..TextFields::default() };
    let asked = about(picture, TextPrompt::Regard, &fields, NOTHING)?;
    let text = run.write(asked, None, None).await?.ok_or(RunError::NoText)?;
    let hearing = run.hear(text.candidate).await?;
    Ok(Draft::new(text, hearing))
}
