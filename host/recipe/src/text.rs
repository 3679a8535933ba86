//! The algorithms that make texts, with the parameters and roles of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::{
    Reflection, Role, Search, Sight,
    parameter::{
        AGREEMENT, ALTERNATIVES, Parameter, ROUNDS, SEARCHES, STOP_EARLY, Setting, TEMPERATURE,
        reflection::ATTEMPTS,
    },
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
    SelfRefine {
        /// How many of the latest attempts the writer and the critic are told.
        history: u32,
    },
    /// CRITIC (arXiv:2305.11738).
    Critic,
    /// CRITIC on programs (arXiv:2305.11738, section 4.2).
    CriticProgram,
    /// CRITIC on queries to a database.
    CriticSql,
    /// CRITIC on questions of fact (arXiv:2305.11738, section 4.1).
    CriticSearch {
        /// Searches of one correction, at most.
        searches: u32,
    },
    /// `ProgCo` (arXiv:2501.01264).
    ProgCo,
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
    /// One that thinks about a text again.
    Reflection(Reflection),
    /// One that searches.
    Search(Search),
    /// One that answers a question about a picture.
    Sight(Sight),
}

/// What a recipe's tool is asked for once before a run, where a tool that cannot do its part says so
/// before anything is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Names and values of arguments.
    pub arguments: &'static [(&'static str, &'static str)],
    /// What the program in them comes to, if there is one.
    pub value: Option<&'static str>,
}

impl TextAlgorithm {
    /// The names of all algorithms that make texts.
    pub const NAMES: &'static [&'static str] = &[
        "best-of-n-text",
        "self-refine",
        "self-consistency",
        "critic",
        "critic-program",
        "critic-search",
        "critic-sql",
        "progco",
        "critic-cot",
        "backtrack",
        "if-or-else",
        "p-true",
        "self-contrast",
        "magicore",
        "chatprotect",
        "self-polish",
        "plan-verify",
        "multi-turn-correct",
        "perspective-taking",
        "self-cite",
        "mcts",
        "think-cite",
        "forest-of-thought",
        "iterative-deepening",
        "rain",
        "promptbreeder",
        "best-of-n-sight",
        "volcano",
        "lookback",
    ];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::BestOfN { .. } => "best-of-n-text",
            Self::SelfRefine { .. } => "self-refine",
            Self::Critic => "critic",
            Self::CriticProgram => "critic-program",
            Self::CriticSql => "critic-sql",
            Self::CriticSearch { .. } => "critic-search",
            Self::ProgCo => "progco",
            Self::CriticCot => "critic-cot",
            Self::Backtrack { .. } => "backtrack",
            Self::IfOrElse => "if-or-else",
            Self::SelfConsistency { .. } => "self-consistency",
            Self::Reflection(reflection) => reflection.name(),
            Self::Search(search) => search.name(),
            Self::Sight(sight) => sight.name(),
        }
    }

    /// Who must be there: one model is enough for each of them.
    pub(crate) const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Sight(_) => Sight::ROLES,
            _ => &[Role::Writer],
        }
    }

    /// True if the algorithm with this name has a tool work.
    pub(crate) fn has_tool(name: &str) -> bool {
        let with_tool = ["critic-program", "critic-search", "critic-sql", "progco", "think-cite"];
        with_tool.contains(&name)
    }

    /// What its tool is asked for once before a run; nothing where there is no tool.
    pub(crate) const fn trial(&self) -> Option<Trial> {
        match self {
            Self::CriticSearch { .. } | Self::Search(Search::ThinkCite { .. }) => {
                Some(Trial { arguments: &[("query", "a"), ("count", "1")], value: None })
            }
            Self::CriticSql => Some(Trial { arguments: &[("query", "SELECT 1")], value: None }),
            // The same in every language that a tool may speak.
            Self::CriticProgram | Self::ProgCo => {
                Some(Trial { arguments: &[("code", "6 * 7")], value: Some("42") })
            }
            _ => None,
        }
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "best-of-n-text" | "self-consistency" => {
                Some(&[ROUNDS, TEMPERATURE, AGREEMENT, STOP_EARLY])
            }
            "self-refine" => Some(&[ROUNDS, ATTEMPTS]),
            "critic" | "critic-program" | "critic-sql" | "progco" | "critic-cot" | "if-or-else" => {
                Some(&[ROUNDS])
            }
            "critic-search" => Some(&[ROUNDS, SEARCHES]),
            "backtrack" => Some(&[ROUNDS, ALTERNATIVES]),
            _ => Reflection::parameters_of(name)
                .or_else(|| Search::parameters_of(name))
                .or_else(|| Sight::parameters_of(name)),
        }
    }

    /// The parameters that only this algorithm has, with their values.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        match *self {
            Self::SelfRefine { history } => {
                ATTEMPTS.whole_unless_usual(history).into_iter().collect()
            }
            Self::Critic
            | Self::CriticProgram
            | Self::CriticSql
            | Self::ProgCo
            | Self::CriticCot
            | Self::IfOrElse => Vec::new(),
            Self::CriticSearch { searches } => vec![SEARCHES.whole(searches)],
            Self::Backtrack { alternatives } => vec![ALTERNATIVES.whole(alternatives)],
            Self::Reflection(reflection) => reflection.settings(),
            Self::Search(search) => search.settings(),
            Self::Sight(sight) => sight.settings(),
            Self::BestOfN { temperature, agreement, stop_early }
            | Self::SelfConsistency { temperature, agreement, stop_early } => vec![
                TEMPERATURE.number(temperature),
                AGREEMENT.number(agreement),
                STOP_EARLY.flag(stop_early),
            ],
        }
    }

    /// Texts of round 0, and of every round after it, at most.
    pub(crate) const fn texts(&self) -> (u32, u32) {
        match self {
            Self::Reflection(reflection) => reflection.texts(),
            Self::Search(search) => search.texts(),
            _ => (1, 1),
        }
    }

    /// Calls of models, as (role, how many), if every answer is of use at once. A judge, if there is
    /// one, gives the feedback in the writer's place.
    pub(crate) fn words(&self, rounds: u32, judge: bool) -> Vec<(Role, u32)> {
        let (writes, judges) = match self {
            Self::BestOfN { .. }
            | Self::SelfConsistency { .. }
            | Self::Critic
            | Self::CriticProgram
            | Self::CriticSql => (rounds + 1, 0),
            // Every search is wanted by an answer of its own.
            Self::CriticSearch { searches } => (1 + rounds * (searches + 1), 0),
            // An answer and a verification; then, at most, what the verification found in words,
            // both again, and a contrast with a third answer.
            Self::ProgCo => (2 + rounds * 5, 0),
            Self::SelfRefine { .. } | Self::CriticCot => (rounds + 1, rounds),
            Self::Backtrack { alternatives } => (1 + rounds * alternatives, rounds),
            // There is a second turn and a third, and no more.
            Self::IfOrElse => (1 + rounds.min(2), 0),
            Self::Reflection(reflection) => reflection.words(rounds),
            Self::Search(search) => search.words(rounds),
            Self::Sight(sight) => return vec![(Role::Seer, sight.words(rounds))],
        };
        let likened = (Role::Embedder, self.comparisons(rounds));
        match (judges, judge) {
            (0, _) => vec![(Role::Writer, writes), likened],
            (_, true) => vec![(Role::Writer, writes), (Role::Judge, judges), likened],
            (_, false) => vec![(Role::Writer, writes + judges), likened],
        }
    }

    /// How often texts are compared by their vectors, at most, if somebody can do that.
    pub(crate) const fn comparisons(&self, rounds: u32) -> u32 {
        match *self {
            Self::Reflection(Reflection::SelfContrast { perspectives, contrasted }) => {
                (perspectives > contrasted) as u32
            }
            // Every pair of a round may have its loser changed after a list.
            Self::Search(Search::Promptbreeder { units, .. }) => rounds.saturating_mul(units / 2),
            _ => 0,
        }
    }

    /// Texts of one comparison, at most.
    pub(crate) const fn compared(&self) -> u32 {
        match *self {
            Self::Reflection(Reflection::SelfContrast { perspectives, .. }) => perspectives,
            Self::Search(Search::Promptbreeder { units, .. }) => units,
            _ => 0,
        }
    }
}
