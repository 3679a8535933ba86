//! The algorithms that search, with the parameters of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::parameter::{
    Parameter, ROUNDS, Setting, TEMPERATURE,
    reflection::{ANSWERS, VOTES},
    search::{
        EXPLORE, GROWTH, PASSAGES, STATEMENTS, STEPS, STOP_WORTH, TREES, TURNS, UNITS, VALUE,
        VISITS, WAYS, WIDTH,
    },
};

/// An algorithm that searches, with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Search {
    /// Monte Carlo tree search over steps (arXiv:2404.12253).
    Mcts {
        /// How much is tried that is little known.
        explore: f32,
        /// Ways on from one place.
        width: u32,
        /// How freely the writer chooses its words.
        temperature: f32,
        /// A text that is worth this much is accepted.
        stop_worth: f32,
    },
    /// Think&Cite (arXiv:2412.14860): the same over statements on evidence.
    ThinkCite {
        /// How much is tried that is little known.
        explore: f32,
        /// Ways on from one place.
        width: u32,
        /// Passages of one search, and citations of one statement, at most.
        passages: u32,
        /// Statements of a text, at most.
        statements: u32,
        /// How freely the writer chooses its words.
        temperature: f32,
        /// How often a yes or no is asked for where its likelihood cannot be had.
        votes: u32,
        /// A text that is worth this much is accepted.
        stop_worth: f32,
    },
    /// Forest-of-Thought (arXiv:2412.09078).
    ForestOfThought {
        /// Trees that grow side by side.
        trees: u32,
        /// How much is tried that is little known.
        explore: f32,
        /// Refinements of one answer.
        width: u32,
        /// How freely the writer chooses its words.
        temperature: f32,
    },
    /// Iterative Deepening Sampling (arXiv:2502.05449).
    IterativeDeepening {
        /// Steps of the first budget.
        steps: u32,
        /// How many times longer each budget is than the one before.
        growth: u32,
        /// Ways on at the end of each.
        samples: u32,
        /// How freely the writer chooses its words.
        temperature: f32,
    },
    /// RAIN (arXiv:2309.07124).
    Rain {
        /// Ways on from a new place.
        width: u32,
        /// How much is tried that is little known.
        explore: f32,
        /// More visits than this are needed to commit to a step.
        visits: u32,
        /// Turns of the search for one step, at most.
        turns: u32,
        /// What a step must be worth, from −1 to 1.
        value: f32,
        /// How freely the writer chooses its words.
        temperature: f32,
    },
    /// Promptbreeder (arXiv:2309.16797).
    Promptbreeder {
        /// Instructions that are bred side by side.
        units: u32,
        /// Answers by which an instruction is judged.
        answers: u32,
        /// How freely the writer chooses its words.
        temperature: f32,
        /// A text that is worth this much is accepted.
        stop_worth: f32,
    },
}

impl Search {
    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Mcts { .. } => "mcts",
            Self::ThinkCite { .. } => "think-cite",
            Self::ForestOfThought { .. } => "forest-of-thought",
            Self::IterativeDeepening { .. } => "iterative-deepening",
            Self::Rain { .. } => "rain",
            Self::Promptbreeder { .. } => "promptbreeder",
        }
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "mcts" => Some(&[ROUNDS, EXPLORE, WIDTH, TEMPERATURE, STOP_WORTH]),
            "think-cite" => Some(&[
                ROUNDS,
                EXPLORE,
                WIDTH,
                PASSAGES,
                STATEMENTS,
                TEMPERATURE,
                VOTES,
                STOP_WORTH,
            ]),
            "forest-of-thought" => Some(&[ROUNDS, TREES, EXPLORE, WIDTH, TEMPERATURE]),
            "iterative-deepening" => Some(&[ROUNDS, STEPS, GROWTH, WAYS, TEMPERATURE]),
            "rain" => Some(&[ROUNDS, WIDTH, EXPLORE, VISITS, TURNS, VALUE, TEMPERATURE]),
            "promptbreeder" => Some(&[ROUNDS, UNITS, ANSWERS, TEMPERATURE, STOP_WORTH]),
            _ => None,
        }
    }

    /// The parameters that only this algorithm has, with their values.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        match *self {
            Self::Mcts { explore, width, temperature, stop_worth } => vec![
                EXPLORE.number(explore),
                WIDTH.whole(width),
                TEMPERATURE.number(temperature),
                STOP_WORTH.number(stop_worth),
            ],
            Self::ThinkCite {
                explore,
                width,
                passages,
                statements,
                temperature,
                votes,
                stop_worth,
            } => vec![
                EXPLORE.number(explore),
                WIDTH.whole(width),
                PASSAGES.whole(passages),
                STATEMENTS.whole(statements),
                TEMPERATURE.number(temperature),
                VOTES.whole(votes),
                STOP_WORTH.number(stop_worth),
            ],
            Self::ForestOfThought { trees, explore, width, temperature } => vec![
                TREES.whole(trees),
                EXPLORE.number(explore),
                WIDTH.whole(width),
                TEMPERATURE.number(temperature),
            ],
            Self::IterativeDeepening { steps, growth, samples, temperature } => vec![
                STEPS.whole(steps),
                GROWTH.whole(growth),
                WAYS.whole(samples),
                TEMPERATURE.number(temperature),
            ],
            Self::Rain { width, explore, visits, turns, value, temperature } => vec![
                WIDTH.whole(width),
                EXPLORE.number(explore),
                VISITS.whole(visits),
                TURNS.whole(turns),
                VALUE.number(value),
                TEMPERATURE.number(temperature),
            ],
            Self::Promptbreeder { units, answers, temperature, stop_worth } => vec![
                UNITS.whole(units),
                ANSWERS.whole(answers),
                TEMPERATURE.number(temperature),
                STOP_WORTH.number(stop_worth),
            ],
        }
    }

    /// Texts of round 0, and of every round after it, at most.
    pub(crate) const fn texts(&self) -> (u32, u32) {
        match *self {
            Self::Mcts { .. } | Self::ThinkCite { .. } => (1, 1),
            Self::ForestOfThought { trees, .. } => (trees, trees),
            Self::IterativeDeepening { samples, .. } => (1, samples),
            // At most, every turn finds a place of which nothing is known.
            Self::Rain { width, turns, .. } => (1, turns.saturating_mul(width)),
            Self::Promptbreeder { units, answers, .. } => {
                (units.saturating_mul(answers), (units / 2).saturating_mul(answers))
            }
        }
    }

    /// Calls of the writer, and of the judge or else the writer, at most, if every answer is of use at
    /// once.
    pub(crate) fn words(&self, rounds: u32) -> (u32, u32) {
        let (first, each) = self.texts();
        let texts = first.saturating_add(each.saturating_mul(rounds));
        match *self {
            Self::Mcts { .. } => (texts, texts),
            Self::ThinkCite { passages, votes, .. } => {
                // The thought, the second one, the statement; what that promises, and whether all it
                // cites supports it, each of them alone, and the others without it.
                let asked = passages.saturating_mul(2).saturating_add(1).saturating_mul(votes);
                let judged = asked.saturating_add(1).saturating_mul(rounds);
                (rounds.saturating_mul(3).saturating_add(1), judged.saturating_add(1))
            }
            Self::ForestOfThought { trees, .. } => {
                // Each text is scored; each refined one is scored again and criticized; and the expert.
                let refined = trees.saturating_mul(rounds);
                (texts, texts.saturating_add(refined.saturating_mul(2)).saturating_add(1))
            }
            // The beginning is weighed beside the whole; or each text in both orders.
            Self::IterativeDeepening { .. } | Self::Rain { .. } => (texts, texts.saturating_mul(2)),
            Self::Promptbreeder { units, .. } => {
                // A new mutation prompt and its use are two calls.
                let bred = (units / 2).saturating_mul(rounds).saturating_mul(2);
                (texts.saturating_add(units).saturating_add(bred), texts)
            }
        }
    }
}
