//! The recipes that make texts, each in its own file.

use pentimento_recipe::TextAlgorithm;

use super::{
    backtrack, best_of_n_text, count, critic, critic_cot, critic_program, critic_search,
    if_or_else, progco, reflection, searches, self_consistency, self_refine, sight,
};
use crate::{
    RunError,
    run::{Ending, Run},
};

/// Carries out the algorithm.
pub(super) async fn perform(
    run: &mut Run<'_>,
    algorithm: TextAlgorithm,
) -> Result<Ending, RunError> {
    match algorithm {
        TextAlgorithm::BestOfN { temperature, agreement, stop_early } => {
            best_of_n_text::perform(run, temperature, agreement, stop_early).await
        }
        TextAlgorithm::SelfConsistency { temperature, agreement, stop_early } => {
            self_consistency::perform(run, temperature, agreement, stop_early).await
        }
        TextAlgorithm::SelfRefine => self_refine::perform(run).await,
        TextAlgorithm::Critic => critic::perform(run).await,
        TextAlgorithm::CriticProgram => {
            critic_program::perform(run, critic_program::Language::Python).await
        }
        TextAlgorithm::CriticSql => {
            critic_program::perform(run, critic_program::Language::Sql).await
        }
        TextAlgorithm::CriticSearch { searches } => {
            critic_search::perform(run, count(searches)).await
        }
        TextAlgorithm::ProgCo => progco::perform(run).await,
        TextAlgorithm::CriticCot => critic_cot::perform(run).await,
        TextAlgorithm::Backtrack { alternatives } => backtrack::perform(run, alternatives).await,
        TextAlgorithm::IfOrElse => if_or_else::perform(run).await,
        TextAlgorithm::Reflection(one) => Box::pin(reflection::perform(run, one)).await,
        TextAlgorithm::Sight(one) => Box::pin(sight::perform(run, one)).await,
        TextAlgorithm::Search(one) => Box::pin(searches::perform(run, one)).await,
    }
}

#[cfg(test)]
mod tests;
