//! One alternative made in a run, and where it came from.

use std::borrow::Cow;

use crate::{AppliedOp, ArtifactId, CandidateId, RoundNumber, Seed};

/// Where a candidate came from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Made from a prompt alone.
    Generated {
        /// What the generator was told.
        prompt: String,
        /// The generator's seed.
        seed: Seed,
    },
    /// The user's own picture, with which the run began.
    Given,
    /// Made by editing its parent.
    Corrected {
        /// What was changed, in order.
        ops: Vec<AppliedOp>,
        /// The editor's seed.
        seed: Seed,
    },
    /// Taken from what a model answered in words: the last answer journaled before it.
    Written {
        /// The recipe's word for what the model was asked for, such as `solve` or `refine`.
        step: Cow<'static, str>,
    },
}

/// One alternative. Candidates form a tree by `parent`.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its place in the pool.
    pub id: CandidateId,
    /// The candidate it was made from; `None` for those made from the prompt.
    pub parent: Option<CandidateId>,
    /// The round it was made in.
    pub round: RoundNumber,
    /// Its bytes.
    pub artifact: ArtifactId,
    /// How it was made.
    pub origin: Origin,
}
