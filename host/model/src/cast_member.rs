//! Who plays a role in a run.

use std::num::NonZeroU32;

/// Somebody who is asked in a run, as far as it decides what is asked: enough to carry the run out once more
/// from its journal, wherever that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastMember {
    /// The role, such as `writer`.
    pub role: String,
    /// What its answers depend on beside the question, as it stands in the keys of primitives: whose model,
    /// and which.
    pub identity: String,
    /// It can say how likely the words of an answer were.
    pub knows_likelihoods: bool,
    /// It wants to be asked for words where a question can be answered in words, not for JSON.
    pub wants_words: bool,
    /// Tokens of an answer, at most, if that is fewer than usual.
    pub answer_tokens: Option<NonZeroU32>,
}
