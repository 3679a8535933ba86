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
mod think_cite;
mod volcano;

use std::pin::Pin;

use pentimento_model::Score;
use pentimento_recipe::Algorithm;

use crate::{
    RunError,
    run::{Ending, Run},
};

/// A recipe under way, in no more memory than it needs itself: thousands may wait at once.
type Performed<'r> = Pin<Box<dyn Future<Output = Result<Ending, RunError>> + Send + 'r>>;

/// Carries out the algorithm the recipe names.
pub(crate) fn perform<'r>(run: &'r mut Run<'_>) -> Performed<'r> {
    match run.request.recipe.algorithm {
        Algorithm::Sld { asks_writer, .. } => Box::pin(sld::perform(run, asks_writer)),
        Algorithm::BestOfN { stop_early } => Box::pin(best_of_n::perform(run, stop_early)),
        Algorithm::Idea2Img { drafts, accept_score } => {
            Box::pin(idea2img::perform(run, drafts, accept_score))
        }
        Algorithm::Opt2I { prompts, pictures, history, stop_score } => {
            let (prompts, history) = (count(prompts), count(history));
            let good = Score::clamped(stop_score);
            Box::pin(opt2i::perform(run, opt2i::Knobs { prompts, pictures, history, good }))
        }
        Algorithm::Rank { stop_score } => Box::pin(rank::perform(run, Score::clamped(stop_score))),
        Algorithm::CyclePrompt { stop_score } => {
            Box::pin(cycleprompt::perform(run, Score::clamped(stop_score)))
        }
        Algorithm::BlackBox { start, examples, stop_score } => {
            let (start, examples) = (count(start), count(examples));
            Box::pin(blackbox::perform(run, (start, examples), Score::clamped(stop_score)))
        }
        Algorithm::TextMatch { edits, examples, stop_score } => {
            Box::pin(textmatch::perform(run, edits, count(examples), Score::clamped(stop_score)))
        }
        Algorithm::RichFeedback { regions, stop_score } => {
            Box::pin(rich_feedback::perform(run, count(regions), Score::clamped(stop_score)))
        }
        Algorithm::IterativeInpaint => Box::pin(iterative_inpaint::perform(run)),
        Algorithm::NeuroPrompts { clusters, stop_score } => {
            Box::pin(neuroprompts::perform(run, count(clusters), Score::clamped(stop_score)))
        }
        Algorithm::ContextCanvas { facts, hops, stop_score } => {
            Box::pin(context_canvas::perform(run, (count(facts), hops), Score::clamped(stop_score)))
        }
        Algorithm::InitNo { seeds, examples, stop_score } => {
            Box::pin(initno::perform(run, seeds, count(examples), Score::clamped(stop_score)))
        }
        Algorithm::Fabric { drafts, shown, stop_score } => {
            Box::pin(fabric::perform(run, drafts, count(shown), Score::clamped(stop_score)))
        }
        Algorithm::Text(algorithm) => text::perform(run, algorithm),
    }
}

/// A number of things.
fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
