//! A question to a model and its answer, as a run remembers them.

use crate::{Finish, Token};

/// What was asked and answered. Pictures stand in it by the name of their artifact.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Whom: `writer`, `seer` or `judge`.
    pub role: String,
    /// The recipe's word for what it was asked for, such as `select`.
    pub step: String,
    /// Everything that was said to the model.
    pub asked: String,
    /// What it said: a stranger's text.
    pub answer: String,
    /// Why the answer ends there.
    pub finish: Finish,
    /// The model that answered, in the provider's word.
    pub model: String,
    /// The answer's first tokens with their probabilities, if those were asked for.
    pub tokens: Vec<Token>,
}
