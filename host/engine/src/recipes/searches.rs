//! The recipes that search, each in its own file.

use pentimento_recipe::Search;

use super::{count, forest_of_thought, iterative_deepening, mcts, promptbreeder, rain, think_cite};
use crate::{
    RunError,
    run::{Ending, Run},
};

/// Carries out the algorithm.
pub(super) async fn perform(run: &mut Run<'_>, search: Search) -> Result<Ending, RunError> {
    match search {
        Search::Mcts { explore, width, temperature, stop_worth } => {
            let (explore, width, good) = (explore.into(), count(width), stop_worth.into());
            mcts::perform(run, mcts::Knobs { explore, width, temperature, good }).await
        }
        Search::ThinkCite {
            explore,
            width,
            passages,
            statements,
            temperature,
            votes,
            stop_worth,
        } => {
            let (explore, width, good) = (explore.into(), count(width), stop_worth.into());
            let (passages, statements) = (count(passages), count(statements));
            let knobs = think_cite::Knobs {
                explore,
                width,
                passages,
                statements,
                temperature,
                votes,
                good,
            };
            think_cite::perform(run, knobs).await
        }
        Search::ForestOfThought { trees, explore, width, temperature } => {
            let (explore, children) = (explore.into(), count(width));
            let knobs = forest_of_thought::Knobs { trees, explore, children, temperature };
            forest_of_thought::perform(run, knobs).await
        }
        Search::IterativeDeepening { steps, growth, samples, temperature } => {
            let (steps, growth) = (count(steps), count(growth));
            let knobs = iterative_deepening::Knobs { steps, growth, samples, temperature };
            iterative_deepening::perform(run, knobs).await
        }
        Search::Rain { width, explore, visits, turns, value, temperature } => {
            let (width, explore, value) = (count(width), explore.into(), value.into());
            let knobs = rain::Knobs { explore, width, visits, turns, value, temperature };
            rain::perform(run, knobs).await
        }
        Search::Promptbreeder { units, answers, temperature, stop_worth } => {
            let good = stop_worth.into();
            let knobs = promptbreeder::Knobs { units, answers, temperature, good };
            promptbreeder::perform(run, knobs).await
        }
    }
}
