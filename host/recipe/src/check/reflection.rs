//! The algorithms that think about a text again, read from their parameters.

use toml::de::DeTable;

use super::Check;
use crate::{
    Reflection,
    parameter::{
        TEMPERATURE,
        reflection::{
            ACCEPT, ANSWERS, ATTEMPTS, AVERAGE, CITATIONS, CONFIDENCE, CONTRADICTION_VOTES,
            CONTRASTED, DETAIL, OWN, PERSPECTIVES, REWARD, SENTENCES, UNANIMITY, VOTES,
        },
    },
};

impl Check<'_> {
    pub(super) fn reflection(&mut self, name: &str, from: &DeTable<'_>) -> Option<Reflection> {
        match name {
            "p-true" => Some(Reflection::PTrue {
                answers: self.whole(from, &ANSWERS)?,
                temperature: self.number(from, &TEMPERATURE)?,
                votes: self.whole(from, &VOTES)?,
                accept: self.number(from, &ACCEPT)?,
            }),
            "self-contrast" => Some(Reflection::SelfContrast {
                perspectives: self.whole(from, &PERSPECTIVES)?,
                contrasted: self.whole(from, &CONTRASTED)?,
            }),
            "magicore" => Some(Reflection::Magicore {
                answers: self.whole(from, &ANSWERS)?,
                temperature: self.number(from, &TEMPERATURE)?,
                average: self.number(from, &AVERAGE)?,
                confidence: self.number(from, &CONFIDENCE)?,
            }),
            "chatprotect" => Some(Reflection::ChatProtect {
                sentences: self.whole(from, &SENTENCES)?,
                votes: self.whole(from, &CONTRADICTION_VOTES)?,
                agreement: self.number(from, &UNANIMITY)?,
            }),
            "self-polish" => Some(Reflection::SelfPolish),
            "plan-verify" => Some(Reflection::PlanVerify {
                detail: self.whole(from, &DETAIL)?,
                history: self.whole(from, &ATTEMPTS)?,
            }),
            "multi-turn-correct" => {
                Some(Reflection::MultiTurn { history: self.whole(from, &ATTEMPTS)? })
            }
            "perspective-taking" => {
                Some(Reflection::PerspectiveTaking { own: self.flag(from, &OWN)? })
            }
            "self-cite" => Some(Reflection::SelfCite {
                sentences: self.whole(from, &SENTENCES)?,
                citations: self.whole(from, &CITATIONS)?,
                temperature: self.number(from, &TEMPERATURE)?,
                votes: self.whole(from, &VOTES)?,
                reward: self.whole(from, &REWARD)?,
            }),
            _ => None,
        }
    }
}
