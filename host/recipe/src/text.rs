//! The algorithms that make texts, with the parameters and roles of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::{
    Role,
    parameter::{AGREEMENT, ALTERNATIVES, Parameter, ROUNDS, STOP_EARLY, Setting, TEMPERATURE},
};

/// An algorithm that makes texts, with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TextAlgorithm {
    /// The same question answered several times, the best answer kept.
    BestOfN {
        /// How freely the writer chooses its words.
        temperature: f32,
        /// Share of the answers from which what they agree on is accepted.
        agreement: f32,
        /// Stop at the first text that a verifier proves.
        stop_early: bool,
    },
    /// Self-Refine (arXiv:2303.17651).
    SelfRefine,
    /// CRITIC (arXiv:2305.11738).
    Critic,
    /// Critic-CoT (arXiv:2408.16326).
    CriticCot,
    /// Backtracking to the first mistake (arXiv:2311.08516).
    Backtrack {
        /// How often the wrong step is written otherwise.
        alternatives: u32,
    },
    /// `IoE` (arXiv:2402.12563).
    IfOrElse,
    /// Self-consistency (arXiv:2203.11171).
    SelfConsistency {
        /// How freely the writer chooses its words.
        temperature: f32,
        /// Share of the answers from which what they agree on is accepted.
        agreement: f32,
        /// Stop when no further answer can change the vote.
        stop_early: bool,
    },
}

impl TextAlgorithm {
    /// The names of all algorithms that make texts.
    pub const NAMES: [&'static str; 7] = [
        "best-of-n-text",
        "self-refine",
        "self-consistency",
        "critic",
        "critic-cot",
        "backtrack",
        "if-or-else",
    ];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::BestOfN { .. } => "best-of-n-text",
            Self::SelfRefine => "self-refine",
            Self::Critic => "critic",
            Self::CriticCot => "critic-cot",
            Self::Backtrack { .. } => "backtrack",
            Self::IfOrElse => "if-or-else",
            Self::SelfConsistency { .. } => "self-consistency",
        }
    }

    /// Who must be there: one model is enough for all of them.
    pub(crate) const ROLES: &'static [Role] = &[Role::Writer];

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "best-of-n-text" | "self-consistency" => {
                Some(&[ROUNDS, TEMPERATURE, AGREEMENT, STOP_EARLY])
            }
            "self-refine" | "critic" | "critic-cot" | "if-or-else" => Some(&[ROUNDS]),
            "backtrack" => Some(&[ROUNDS, ALTERNATIVES]),
            _ => None,
        }
    }

    /// The parameters that only this algorithm has, with their values.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        let setting = |parameter: Parameter, value: String| Setting { parameter, value };
        match *self {
            Self::SelfRefine | Self::Critic | Self::CriticCot | Self::IfOrElse => Vec::new(),
            Self::Backtrack { alternatives } => {
                vec![setting(ALTERNATIVES, alternatives.to_string())]
            }
            Self::BestOfN { temperature, agreement, stop_early }
            | Self::SelfConsistency { temperature, agreement, stop_early } => vec![
                // Debug writes `1.0` where Display writes `1`, which TOML reads as a whole number.
                setting(TEMPERATURE, format!("{temperature:?}")),
                setting(AGREEMENT, format!("{agreement:?}")),
                setting(STOP_EARLY, stop_early.to_string()),
            ],
        }
    }

    /// Calls of models, as (role, how many), if every answer is of use at once. A judge, if there is
    /// one, gives the feedback in the writer's place.
    pub(crate) fn words(&self, rounds: u32, judge: bool) -> Vec<(Role, u32)> {
        let (writes, judges) = match self {
            Self::BestOfN { .. } | Self::SelfConsistency { .. } | Self::Critic => (rounds + 1, 0),
            Self::SelfRefine | Self::CriticCot => (rounds + 1, rounds),
            Self::Backtrack { alternatives } => (1 + rounds * alternatives, rounds),
            // There is a second turn and a third, and no more.
            Self::IfOrElse => (1 + rounds.min(2), 0),
        };
        match (judges, judge) {
            (0, _) => vec![(Role::Writer, writes)],
            (_, true) => vec![(Role::Writer, writes), (Role::Judge, judges)],
            (_, false) => vec![(Role::Writer, writes + judges)],
        }
    }
}
