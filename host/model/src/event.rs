//! The closed list of things that happen in a run.
//!
//! The journal is these events made durable; every display, report and resumption is a reader of
//! them. An event with a [`StepKey`] holds a primitive's whole result: whoever meets the same key
//! again reads the event instead of doing the work again.

use std::time::Duration;

use crate::{
    ArtifactId, Assessment, Bounds, Budget, Candidate, CandidateId, CastMember, Constraints,
    EditOp, Errand, Exchange, Finding, Layout, Mode, RoundNumber, RunId, Seed, Spending, StepKey,
    Verdict,
};

/// Why a run made no further round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StopReason {
    /// Everything asked for was seen.
    Accepted,
    /// The controller proposed no change, though the draft is not accepted.
    NoOps,
    /// All rounds were used.
    Rounds,
    /// The picture budget was used.
    Images,
    /// The budget does not allow another call of a model.
    Calls,
    /// The budget does not allow as many tokens as another call may take.
    Tokens,
    /// The budget does not allow what another call may cost.
    Money,
    /// The time was used.
    Time,
    /// The assessors the recipe needs did not answer.
    NoOpinion,
    /// The judge of the loop kept rising while a held-out assessor fell.
    Hacking,
}

impl StopReason {
    /// The code, as used in journals and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NoOps => "no-ops",
            Self::Rounds => "rounds",
            Self::Images => "images",
            Self::Calls => "calls",
            Self::Tokens => "tokens",
            Self::Money => "money",
            Self::Time => "time",
            Self::NoOpinion => "no-opinion",
            Self::Hacking => "hacking",
        }
    }

    /// True if the run had not come to its end, but had no more to spend.
    pub const fn is_budget(self) -> bool {
        matches!(self, Self::Images | Self::Calls | Self::Tokens | Self::Money | Self::Time)
    }

    /// All reasons.
    pub const ALL: [Self; 10] = [
        Self::Accepted,
        Self::NoOps,
        Self::Rounds,
        Self::Images,
        Self::Calls,
        Self::Tokens,
        Self::Money,
        Self::Time,
        Self::NoOpinion,
        Self::Hacking,
    ];
}

/// How a call came to bring nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// It failed, and the server may have charged for it.
    Failed,
    /// An attempt failed, the server may have charged for it, and the next one begins at once.
    Retried,
    /// The program ended while it was under way: it was made again, and may have been paid twice.
    Interrupted,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOutcome {
    /// Accept or give up, never revise.
    pub verdict: Verdict,
    /// The candidate that is handed to the user: never judged worse than the first.
    pub best: CandidateId,
    /// Why the run stopped.
    pub stop: StopReason,
    /// Pictures made or edited.
    pub images: u32,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum RunEvent {
    /// The first event of every run.
    RunStarted {
        /// Its name.
        run: RunId,
        /// The user's sentence.
        idea: String,
        /// The recipe's name.
        recipe: String,
        /// The recipe's settled text (TOML), so that a report needs no other file.
        recipe_text: String,
        /// The painter's preset, or the provider's model name.
        painter: String,
        /// Where all randomness comes from.
        seed: Seed,
        /// What the run may spend.
        budget: Budget,
        /// What the user attached: a picture to change, facts. Stored before this event.
        attached: Vec<ArtifactId>,
        /// Who plays the roles that the recipe asks, painter aside; empty in journals from before this was
        /// noted.
        cast: Vec<CastMember>,
    },
    /// A new round begins.
    RoundStarted {
        /// Its number; 0 is the first candidate.
        round: RoundNumber,
    },
    /// The idea was read.
    Parsed {
        /// Hash of what this depends on.
        key: StepKey,
        /// What the idea asks for.
        constraints: Constraints,
        /// Time spent.
        took: Duration,
    },
    /// A candidate was made; its artifact is already stored.
    CandidateReady {
        /// Hash of what this depends on.
        key: StepKey,
        /// The candidate.
        candidate: Candidate,
        /// What it cost, attempts included that were lost on the way.
        spending: Spending,
        /// Time spent.
        took: Duration,
    },
    /// A call is about to be made that may have to be paid.
    CallBegun {
        /// Hash of what the step depends on that it is made for.
        key: StepKey,
        /// The most that one attempt may cost.
        most: Spending,
    },
    /// A call that had begun brought nothing. It was paid, or may have been, if it says so.
    CallLost {
        /// Hash of what the step depends on that it was made for.
        key: StepKey,
        /// How that came about.
        how: Loss,
        /// The most it may have cost.
        spending: Spending,
        /// Time spent.
        took: Duration,
    },
    /// Another run came to the same before: its result, out of the cache, is what is told next with
    /// this key. Nothing is paid for it.
    FromCache {
        /// Hash of what the step depends on.
        key: StepKey,
        /// What it cost when it was made.
        saved: Spending,
    },
    /// A step was not begun, because it might have cost more than the budget allows.
    BudgetReached {
        /// Hash of what the step depends on.
        key: StepKey,
        /// Which bound.
        stop: StopReason,
    },
    /// A run that had ended because a step was not begun goes on with that step: there is more to spend. All
    /// that was told since of its end holds no longer.
    WentOn {
        /// Hash of what the step depends on.
        key: StepKey,
        /// What the run's calls may take from here on, all before included.
        bounds: Bounds,
    },
    /// A model was asked in words or pictures, and answered.
    Answered {
        /// Hash of what this depends on.
        key: StepKey,
        /// What was asked and answered.
        exchange: Exchange,
        /// What it cost, attempts included that were lost on the way.
        spending: Spending,
        /// Time spent.
        took: Duration,
    },
    /// A tool was called, and answered or broke.
    Performed {
        /// Hash of what this depends on.
        key: StepKey,
        /// What it was told, and what came of it.
        errand: Errand,
        /// Time spent.
        took: Duration,
    },
    /// What a model answered could not be used, and something else was done instead.
    FellBack {
        /// The recipe's word for what was asked for.
        step: String,
        /// What was wrong with the answer, in our words.
        reason: String,
        /// What was done instead.
        instead: String,
    },
    /// An assessor answered, or broke.
    Assessed {
        /// Hash of what this depends on.
        key: StepKey,
        /// Which candidate.
        candidate: CandidateId,
        /// How much say it had; absent in journals from before this was noted.
        mode: Option<Mode>,
        /// What it said.
        assessment: Assessment,
        /// Time spent.
        took: Duration,
    },
    /// The controller compared the layout with the constraints and proposed another one.
    Reviewed {
        /// Hash of what this depends on.
        key: StepKey,
        /// Which candidate.
        candidate: CandidateId,
        /// What the detector saw.
        seen: Layout,
        /// What the controller wants instead.
        proposed: Layout,
        /// What is wrong, in the controller's words.
        findings: Vec<Finding>,
        /// Time spent.
        took: Duration,
    },
    /// The layouts' difference was turned into operations; they are carried out next.
    CorrectionPlanned {
        /// Which candidate.
        candidate: CandidateId,
        /// What will be changed, in order.
        ops: Vec<EditOp>,
    },
    /// A round was decided.
    Decided {
        /// Which round.
        round: RoundNumber,
        /// What was decided.
        verdict: Verdict,
        /// The draft that is carried on: the best so far.
        draft: CandidateId,
        /// One sentence on why.
        reason: String,
    },
    /// The last event of every finished run.
    RunFinished {
        /// How it ended.
        outcome: RunOutcome,
    },
}

impl RunEvent {
    /// The key under which a primitive's result is found again; `None` for events that are
    /// decided anew from others.
    pub fn key(&self) -> Option<StepKey> {
        match self {
            Self::Parsed { key, .. }
            | Self::CandidateReady { key, .. }
            | Self::CallBegun { key, .. }
            | Self::CallLost { key, .. }
            | Self::FromCache { key, .. }
            | Self::Answered { key, .. }
            | Self::Performed { key, .. }
            | Self::BudgetReached { key, .. }
            | Self::WentOn { key, .. }
            | Self::Assessed { key, .. }
            | Self::Reviewed { key, .. } => Some(*key),
            Self::RunStarted { .. }
            | Self::RoundStarted { .. }
            | Self::FellBack { .. }
            | Self::CorrectionPlanned { .. }
            | Self::Decided { .. }
            | Self::RunFinished { .. } => None,
        }
    }

    /// What it says was paid, or may have been.
    pub const fn spending(&self) -> Spending {
        match self {
            Self::CandidateReady { spending, .. }
            | Self::Answered { spending, .. }
            | Self::CallLost { spending, .. } => *spending,
            _ => Spending::NONE,
        }
    }

    /// The time it says was spent.
    pub const fn took(&self) -> Duration {
        match self {
            Self::Parsed { took, .. }
            | Self::CandidateReady { took, .. }
            | Self::Answered { took, .. }
            | Self::Performed { took, .. }
            | Self::CallLost { took, .. }
            | Self::Assessed { took, .. }
            | Self::Reviewed { took, .. } => *took,
            _ => Duration::ZERO,
        }
    }
}

/// An event with the moment it was journaled.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedEvent {
    /// Since the Unix epoch.
    pub at: Duration,
    /// What happened.
    pub event: RunEvent,
}
