//! What an assessor says of a candidate: an opinion, a checked fact, or why there is neither.
//!
//! A broken plugin is a value here, never an error: the round goes on without its opinion.

use crate::{Finding, PluginId, Score};

/// A critic's opinion.
#[derive(Clone, Debug, PartialEq)]
pub struct Critique {
    /// Overall grade; `None` if the critic only reports findings.
    pub score: Option<Score>,
    /// How sure the critic is of itself.
    pub confidence: Score,
    /// Why it declines to judge, if it does.
    pub abstained: Option<String>,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckOutcome {
    /// The fact holds.
    Pass,
    /// The fact does not hold.
    Fail,
    /// It could not be decided.
    Unknown,
}

impl CheckOutcome {
    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }

    /// All three.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Fail, Self::Unknown];
}

/// A verifier's checked fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// How it ended.
    pub outcome: CheckOutcome,
    /// What proves it.
    pub proof: String,
    /// What it found.
    pub findings: Vec<Finding>,
}

/// What an assessor returns.
#[derive(Clone, Debug, PartialEq)]
pub enum Opinion {
    /// A critic's.
    Critique(Critique),
    /// A verifier's.
    Check(Check),
}

impl Opinion {
    /// What was found, whoever found it.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Critique(critique) => &critique.findings,
            Self::Check(check) => &check.findings,
        }
    }
}

/// How a plugin broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// It ran into a WebAssembly trap (unreachable code, memory out of bounds, stack exhausted).
    Trap,
    /// It did not answer in time.
    Timeout,
    /// It asked for more memory, handles or table space than it may have.
    Limit,
    /// It returned something that breaks the contract (NaN, oversized lists, invalid places).
    Lie,
    /// It said itself that it could not do the work.
    Failed,
    /// It could not be started.
    Instantiate,
}

impl FaultKind {
    /// The word, in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Timeout => "timeout",
            Self::Limit => "limit",
            Self::Lie => "lie",
            Self::Failed => "failed",
            Self::Instantiate => "instantiate",
        }
    }

    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Trap, Self::Timeout, Self::Limit, Self::Lie, Self::Failed, Self::Instantiate];
}

/// A plugin broke: how, in one sentence, and the end of what it logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// How.
    pub kind: FaultKind,
    /// One sentence for a person; cleaned like a finding's message.
    pub message: String,
    /// The last of its log lines, if it wrote any.
    pub log: Vec<String>,
}

/// One assessor's answer about one candidate.
#[derive(Clone, Debug, PartialEq)]
pub enum Assessment {
    /// It answered.
    Given {
        /// Who.
        assessor: PluginId,
        /// What it said.
        opinion: Opinion,
    },
    /// It broke.
    Missing {
        /// Who.
        assessor: PluginId,
        /// How.
        fault: Fault,
    },
}

impl Assessment {
    /// Who answered or failed to.
    pub fn assessor(&self) -> &PluginId {
        match self {
            Self::Given { assessor, .. } | Self::Missing { assessor, .. } => assessor,
        }
    }

    /// What was found; nothing if the assessor broke.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Given { opinion, .. } => opinion.findings(),
            Self::Missing { .. } => &[],
        }
    }
}
