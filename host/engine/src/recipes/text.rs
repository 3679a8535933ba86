//! The recipes that make texts, each in its own file.

use pentimento_recipe::TextAlgorithm;

use super::{
    Performed, backtrack, best_of_n_text, count, critic, critic_cot, critic_program, critic_search,
    if_or_else, progco, reflection, searches, self_consistency, self_refine, sight,
};
use crate::{history::History, run::Run};

/// Carries out the algorithm.
pub(super) fn perform<'r>(run: &'r mut Run<'_>, algorithm: TextAlgorithm) -> Performed<'r> {
    match algorithm {
        TextAlgorithm::BestOfN { temperature, agreement, stop_early } => {
            let knobs = best_of_n_text::Knobs { temperature, agreement, stop_early };
            Box::pin(best_of_n_text::perform(run, None, knobs))
        }
        TextAlgorithm::SelfConsistency { temperature, agreement, stop_early } => {
            Box::pin(self_consistency::perform(run, temperature, agreement, stop_early))
        }
        TextAlgorithm::SelfRefine { history } => {
            Box::pin(self_refine::perform(run, History::of_latest(count(history))))
        }
        TextAlgorithm::Critic => Box::pin(critic::perform(run)),
        TextAlgorithm::CriticProgram => {
            Box::pin(critic_program::perform(run, critic_program::Kind::Program))
        }
        TextAlgorithm::CriticSql => {
            Box::pin(critic_program::perform(run, critic_program::Kind::Query))
        }
        TextAlgorithm::CriticSearch { searches } => {
            Box::pin(critic_search::perform(run, count(searches)))
        }
        TextAlgorithm::ProgCo => Box::pin(progco::perform(run)),
        TextAlgorithm::CriticCot => Box::pin(critic_cot::perform(run)),
        TextAlgorithm::Backtrack { alternatives } => {
            Box::pin(backtrack::perform(run, alternatives))
        }
        TextAlgorithm::IfOrElse => Box::pin(if_or_else::perform(run)),
        TextAlgorithm::Reflection(one) => Box::pin(reflection::perform(run, one)),
        TextAlgorithm::Sight(one) => Box::pin(sight::perform(run, one)),
        TextAlgorithm::Search(one) => Box::pin(searches::perform(run, one)),
    }
}

#[cfg(test)]
mod tests;
