//! The algorithms that think about a text again, with the parameters of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::parameter::{
    Parameter, ROUNDS, Setting, TEMPERATURE,
    reflection::{
        ACCEPT, ANSWERS, ATTEMPTS, AVERAGE, CITATIONS, CONFIDENCE, CONTRADICTION_VOTES, CONTRASTED,
        DETAIL, OWN, PERSPECTIVES, REWARD, SENTENCES, UNANIMITY, VOTES,
    },
};

/// An algorithm that thinks about a text again, with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reflection {
    /// P(True) (arXiv:2207.05221).
    PTrue {
        /// Answers that are drawn first.
        answers: u32,
        /// How freely the writer chooses its words then.
        temperature: f32,
        /// How often a yes or no is asked for where its likelihood cannot be had.
        votes: u32,
        /// How likely true an answer must be to be accepted.
        accept: f32,
    },
    /// Self-Contrast (arXiv:2401.02009).
    SelfContrast {
        /// From how many sides the question is answered at first.
        perspectives: u32,
        /// How many different answers are held against each other.
        contrasted: u32,
    },
    /// `MAgICoRe` (arXiv:2409.12147).
    Magicore {
        /// Answers that are drawn first, and kept after every round.
        answers: u32,
        /// How freely the writer chooses its words then.
        temperature: f32,
        /// The reward below which a question is hard.
        average: f32,
        /// The confidence below which a question is hard.
        confidence: f32,
    },
    /// `ChatProtect` (arXiv:2305.15852).
    ChatProtect {
        /// Sentences that are looked at, at most.
        sentences: u32,
        /// How often it is asked whether two sentences contradict.
        votes: u32,
        /// Share of the votes from which they are taken to.
        agreement: f32,
    },
    /// Self-Polish (arXiv:2305.14497).
    SelfPolish,
    /// A sound verifier in the loop of planning (arXiv:2402.08115).
    PlanVerify {
        /// What the writer is told: 0 that it is wrong, 1 the first mistake, 2 all of them.
        detail: u32,
        /// How many of the latest proposals the writer is told.
        history: u32,
    },
    /// Turns of correction, ended by the writer's own verdict (arXiv:2409.12917, arXiv:2502.19613).
    MultiTurn {
        /// How many of the latest turns the writer is told.
        history: u32,
    },
    /// Perspective-Taking (arXiv:2407.15366).
    PerspectiveTaking {
        /// The writer imagines itself in the place of those concerned, not them.
        own: bool,
    },
    /// `SelfCite` (arXiv:2502.09604).
    SelfCite {
        /// Statements that are given citations, at most.
        sentences: u32,
        /// Citations drawn for each.
        citations: u32,
        /// How freely they are drawn.
        temperature: f32,
        /// How often a yes or no is asked for where its likelihood cannot be had.
        votes: u32,
        /// What a citation is chosen by: 0 that it is enough and needed, 1 enough, 2 needed.
        reward: u32,
    },
}

impl Reflection {
    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PTrue { .. } => "p-true",
            Self::SelfContrast { .. } => "self-contrast",
            Self::Magicore { .. } => "magicore",
            Self::ChatProtect { .. } => "chatprotect",
            Self::SelfPolish => "self-polish",
            Self::PlanVerify { .. } => "plan-verify",
            Self::MultiTurn { .. } => "multi-turn-correct",
            Self::PerspectiveTaking { .. } => "perspective-taking",
            Self::SelfCite { .. } => "self-cite",
        }
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "p-true" => Some(&[ROUNDS, ANSWERS, TEMPERATURE, VOTES, ACCEPT]),
            "self-contrast" => Some(&[ROUNDS, PERSPECTIVES, CONTRASTED]),
            "magicore" => Some(&[ROUNDS, ANSWERS, TEMPERATURE, AVERAGE, CONFIDENCE]),
            "chatprotect" => Some(&[ROUNDS, SENTENCES, CONTRADICTION_VOTES, UNANIMITY]),
            "self-polish" => Some(&[ROUNDS]),
            "multi-turn-correct" => Some(&[ROUNDS, ATTEMPTS]),
            "plan-verify" => Some(&[ROUNDS, DETAIL, ATTEMPTS]),
            "perspective-taking" => Some(&[ROUNDS, OWN]),
            "self-cite" => Some(&[ROUNDS, SENTENCES, CITATIONS, TEMPERATURE, VOTES, REWARD]),
            _ => None,
        }
    }

    /// The parameters that only this algorithm has, with their values.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        match *self {
            Self::PTrue { answers, temperature, votes, accept } => vec![
                ANSWERS.whole(answers),
                TEMPERATURE.number(temperature),
                VOTES.whole(votes),
                ACCEPT.number(accept),
            ],
            Self::SelfContrast { perspectives, contrasted } => {
                vec![PERSPECTIVES.whole(perspectives), CONTRASTED.whole(contrasted)]
            }
            Self::Magicore { answers, temperature, average, confidence } => vec![
                ANSWERS.whole(answers),
                TEMPERATURE.number(temperature),
                AVERAGE.number(average),
                CONFIDENCE.number(confidence),
            ],
            Self::ChatProtect { sentences, votes, agreement } => vec![
                SENTENCES.whole(sentences),
                CONTRADICTION_VOTES.whole(votes),
                UNANIMITY.number(agreement),
            ],
            Self::SelfPolish => Vec::new(),
            Self::MultiTurn { history } => {
                ATTEMPTS.whole_unless_usual(history).into_iter().collect()
            }
            Self::PlanVerify { detail, history } => {
                let history = ATTEMPTS.whole_unless_usual(history);
                [DETAIL.whole(detail)].into_iter().chain(history).collect()
            }
            Self::PerspectiveTaking { own } => vec![OWN.flag(own)],
            Self::SelfCite { sentences, citations, temperature, votes, reward } => vec![
                SENTENCES.whole(sentences),
                CITATIONS.whole(citations),
                TEMPERATURE.number(temperature),
                VOTES.whole(votes),
                REWARD.whole(reward),
            ],
        }
    }

    /// Texts of round 0, and of every round after it, at most.
    pub(crate) const fn texts(&self) -> (u32, u32) {
        match *self {
            Self::PTrue { answers, .. } => (answers, 0),
            Self::SelfContrast { perspectives, contrasted } => (perspectives, contrasted),
            Self::Magicore { answers, .. } => (answers, answers),
            Self::ChatProtect { .. }
            | Self::SelfPolish
            | Self::PlanVerify { .. }
            | Self::MultiTurn { .. }
            | Self::PerspectiveTaking { .. }
            | Self::SelfCite { .. } => (1, 1),
        }
    }

    /// Calls of the writer, and of the judge or else the writer, at most, if every answer is of use at
    /// once.
    pub(crate) fn words(&self, rounds: u32) -> (u32, u32) {
        match *self {
            Self::PTrue { answers, votes, .. } => {
                let judged = answers.min(rounds.saturating_add(1));
                (answers, judged.saturating_mul(votes))
            }
            Self::SelfContrast { perspectives, contrasted } => {
                let pairs = contrasted * (contrasted - 1) / 2;
                let judges = rounds.saturating_mul(pairs + 1);
                (1 + perspectives + rounds.saturating_mul(contrasted), judges)
            }
            Self::Magicore { answers, .. } => {
                let all = answers.saturating_mul(rounds.saturating_add(1));
                (all, all.saturating_add(answers.saturating_mul(rounds)))
            }
            Self::ChatProtect { sentences, votes, .. } => {
                let looked_at = rounds.saturating_mul(sentences);
                let judges = looked_at.saturating_mul(votes.saturating_add(2));
                (1_u32.saturating_add(looked_at), judges.saturating_add(rounds))
            }
            Self::SelfPolish | Self::PerspectiveTaking { .. } => {
                (rounds.saturating_mul(2).saturating_add(1), 0)
            }
            Self::PlanVerify { .. } => (rounds.saturating_add(1), 0),
            Self::MultiTurn { .. } => (rounds.saturating_add(1), rounds),
            Self::SelfCite { sentences, citations, votes, reward, .. } => {
                let cited = sentences.saturating_mul(rounds.min(1));
                let drawn = cited.saturating_mul(citations);
                let asked = match reward {
                    0 => drawn.saturating_mul(2),
                    1 => drawn,
                    // The whole text is asked about once for each statement.
                    _ => drawn.saturating_add(cited),
                };
                (drawn.saturating_add(1), asked.saturating_mul(votes))
            }
        }
    }
}
