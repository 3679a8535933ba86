//! A question to a model and its answer, as a run remembers them.

use crate::{Finish, Score, Token};

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

/// What an answer says of the draft that it was asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Remark {
    /// How good it is; `None` if no grade was asked for, or given.
    pub grade: Option<Score>,
    /// Where it first goes wrong; `None` if that was not asked for, or not said.
    pub located: Option<Located>,
}

/// Where a text first goes wrong, as somebody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Located {
    /// Nowhere.
    Nowhere,
    /// In this step, counted from 0.
    Step(u32),
}
