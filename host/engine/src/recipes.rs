//! One file for each algorithm, in the words of the primitives.

mod backtrack;
mod best_of_n;
mod best_of_n_text;
mod critic;
mod critic_cot;
mod idea2img;
mod if_or_else;
mod self_consistency;
mod self_refine;
mod sld;
mod text;

use pentimento_recipe::Algorithm;

use crate::{
    RunError,
    run::{Ending, Run},
};

/// Carries out the algorithm the recipe names.
pub(crate) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    match run.request.recipe.algorithm {
        Algorithm::Sld { .. } => sld::perform(run).await,
        Algorithm::BestOfN { stop_early } => best_of_n::perform(run, stop_early).await,
        Algorithm::Idea2Img { drafts, accept_score } => {
            idea2img::perform(run, drafts, accept_score).await
        }
        Algorithm::Text(algorithm) => text::perform(run, algorithm).await,
    }
}
