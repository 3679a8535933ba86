//! One file for each algorithm, in the words of the primitives.

mod backtrack;
mod best_of_n;
mod best_of_n_text;
mod blackbox;
mod chatprotect;
mod climb;
mod context_canvas;
mod critic;
mod critic_cot;
mod critic_program;
mod critic_search;
mod cycleprompt;
mod fabric;
mod forest_of_thought;
mod idea2img;
mod if_or_else;
mod initno;
mod iterative_deepening;
mod iterative_inpaint;
mod lookback;
mod magicore;
mod mcts;
mod multi_turn_correct;
mod neuroprompts;
mod opt2i;
mod p_true;
mod perspective_taking;
mod plan_verify;
mod progco;
mod promptbreeder;
mod rain;
mod rank;
mod reflection;
mod rich_feedback;
mod searches;
mod self_cite;
mod self_consistency;
mod self_contrast;
mod self_polish;
mod self_refine;
mod sight;
mod sld;
mod text;
mod textmatch;
mod volcano;

use pentimento_model::Score;
use pentimento_recipe::Algorithm;

use crate::{
    RunError,
    run::{Ending, Run},
};

/// Carries out the algorithm the recipe names.
pub(crate) async fn perform(run: &mut Run<'_>) -> Result<Ending, RunError> {
    match run.request.recipe.algorithm {
        Algorithm::Sld { asks_writer, .. } => sld::perform(run, asks_writer).await,
        Algorithm::BestOfN { stop_early } => best_of_n::perform(run, stop_early).await,
        Algorithm::Idea2Img { drafts, accept_score } => {
            idea2img::perform(run, drafts, accept_score).await
        }
        Algorithm::Opt2I { prompts, pictures, history, stop_score } => {
            let (prompts, history) = (count(prompts), count(history));
            let good = Score::clamped(stop_score);
            opt2i::perform(run, opt2i::Knobs { prompts, pictures, history, good }).await
        }
        Algorithm::Rank { stop_score } => rank::perform(run, Score::clamped(stop_score)).await,
        Algorithm::CyclePrompt { stop_score } => {
            cycleprompt::perform(run, Score::clamped(stop_score)).await
        }
        Algorithm::BlackBox { start, examples, stop_score } => {
            let (start, examples) = (count(start), count(examples));
            blackbox::perform(run, (start, examples), Score::clamped(stop_score)).await
        }
        Algorithm::TextMatch { edits, examples, stop_score } => {
            textmatch::perform(run, edits, count(examples), Score::clamped(stop_score)).await
        }
        Algorithm::RichFeedback { regions, stop_score } => {
            rich_feedback::perform(run, count(regions), Score::clamped(stop_score)).await
        }
        Algorithm::IterativeInpaint => iterative_inpaint::perform(run).await,
        Algorithm::NeuroPrompts { clusters, stop_score } => {
            neuroprompts::perform(run, count(clusters), Score::clamped(stop_score)).await
        }
        Algorithm::ContextCanvas { facts, hops, stop_score } => {
            context_canvas::perform(run, (count(facts), hops), Score::clamped(stop_score)).await
        }
        Algorithm::InitNo { seeds, examples, stop_score } => {
            initno::perform(run, seeds, count(examples), Score::clamped(stop_score)).await
        }
        Algorithm::Fabric { drafts, shown, stop_score } => {
            fabric::perform(run, drafts, count(shown), Score::clamped(stop_score)).await
        }
        Algorithm::Text(algorithm) => text::perform(run, algorithm).await,
    }
}

/// A number of things.
fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
