//! The algorithms that make texts, read from their parameters.

use toml::de::DeTable;

use super::Check;
use crate::{
    Sight, TextAlgorithm,
    parameter::{
        AGREEMENT, ALTERNATIVES, SEARCHES, STOP_EARLY, TEMPERATURE,
        reflection::ATTEMPTS,
        sight::{PROBES, STEPS_LOOKED_AT},
    },
};

impl Check<'_> {
    pub(super) fn text_algorithm(
        &mut self,
        name: &str,
        parameters: &DeTable<'_>,
    ) -> Option<TextAlgorithm> {
        match name {
            "best-of-n-text" => Some(TextAlgorithm::BestOfN {
                temperature: self.number(parameters, &TEMPERATURE)?,
                agreement: self.number(parameters, &AGREEMENT)?,
                stop_early: self.flag(parameters, &STOP_EARLY)?,
            }),
            "self-consistency" => Some(TextAlgorithm::SelfConsistency {
                temperature: self.number(parameters, &TEMPERATURE)?,
                agreement: self.number(parameters, &AGREEMENT)?,
                stop_early: self.flag(parameters, &STOP_EARLY)?,
            }),
            "self-refine" => {
                Some(TextAlgorithm::SelfRefine { history: self.whole(parameters, &ATTEMPTS)? })
            }
            "critic" => Some(TextAlgorithm::Critic),
            "critic-program" => Some(TextAlgorithm::CriticProgram),
            "critic-sql" => Some(TextAlgorithm::CriticSql),
            "critic-search" => {
                Some(TextAlgorithm::CriticSearch { searches: self.whole(parameters, &SEARCHES)? })
            }
            "progco" => Some(TextAlgorithm::ProgCo),
            "critic-cot" => Some(TextAlgorithm::CriticCot),
            "if-or-else" => Some(TextAlgorithm::IfOrElse),
            "backtrack" => Some(TextAlgorithm::Backtrack {
                alternatives: self.whole(parameters, &ALTERNATIVES)?,
            }),
            "best-of-n-sight" => Some(TextAlgorithm::Sight(Sight::BestOfN {
                temperature: self.number(parameters, &TEMPERATURE)?,
                agreement: self.number(parameters, &AGREEMENT)?,
                stop_early: self.flag(parameters, &STOP_EARLY)?,
            })),
            "volcano" => Some(TextAlgorithm::Sight(Sight::Volcano)),
            "lookback" => Some(TextAlgorithm::Sight(Sight::LookBack {
                steps: self.whole(parameters, &STEPS_LOOKED_AT)?,
                questions: self.whole(parameters, &PROBES)?,
            })),
            _ => match self.search(name, parameters) {
                Some(search) => Some(TextAlgorithm::Search(search)),
                None => self.reflection(name, parameters).map(TextAlgorithm::Reflection),
            },
        }
    }
}
