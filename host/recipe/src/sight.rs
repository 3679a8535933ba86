//! The algorithms that answer a question about a picture, with the parameters of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::{
    Role,
    parameter::{
        AGREEMENT, Parameter, ROUNDS, STOP_EARLY, Setting, TEMPERATURE,
        sight::{PROBES, STEPS_LOOKED_AT},
    },
};

/// An algorithm that answers a question about a picture, with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sight {
    /// The same question answered several times, the best answer kept.
    BestOfN {
        /// How freely the seer chooses its words.
        temperature: f32,
        /// Share of the answers from which what they agree on is accepted.
        agreement: f32,
        /// Stop at the first text that a verifier proves.
        stop_early: bool,
    },
    /// Volcano (arXiv:2311.07362).
    Volcano,
    /// `LookBack` (arXiv:2412.02172).
    LookBack {
        /// Steps that are looked back at, at most.
        steps: u32,
        /// Questions about one step, at most.
        questions: u32,
    },
}

impl Sight {
    /// Who must be there: one model that sees.
    pub(crate) const ROLES: &'static [Role] = &[Role::Seer];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::BestOfN { .. } => "best-of-n-sight",
            Self::Volcano => "volcano",
            Self::LookBack { .. } => "lookback",
        }
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "best-of-n-sight" => Some(&[ROUNDS, TEMPERATURE, AGREEMENT, STOP_EARLY]),
            "volcano" => Some(&[ROUNDS]),
            "lookback" => Some(&[ROUNDS, STEPS_LOOKED_AT, PROBES]),
            _ => None,
        }
    }

    /// The parameters that only this algorithm has, with their values.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        match *self {
            Self::BestOfN { temperature, agreement, stop_early } => vec![
                TEMPERATURE.number(temperature),
                AGREEMENT.number(agreement),
                STOP_EARLY.flag(stop_early),
            ],
            Self::Volcano => Vec::new(),
            Self::LookBack { steps, questions } => {
                vec![STEPS_LOOKED_AT.whole(steps), PROBES.whole(questions)]
            }
        }
    }

    /// Calls of the seer at most, if every answer is of use at once.
    pub(crate) const fn words(&self, rounds: u32) -> u32 {
        let each = match *self {
            Self::BestOfN { .. } => 1,
            // What does not agree, the answer again, and which of both.
            Self::Volcano => 3,
            // With nothing to look up, the judgement and the correction alone.
            Self::LookBack { questions: 0, .. } => 2,
            // For each step, what to look up and that; then another answer, the judgement, the correction.
            Self::LookBack { steps, questions } => {
                steps.saturating_mul(questions.saturating_add(1)).saturating_add(3)
            }
        };
        rounds.saturating_mul(each).saturating_add(1)
    }
}
