//! Parameters of the recipes that answer questions about a picture.

use super::{Parameter, Range};

/// Steps of an answer that are looked back at; ours, against answers without end. `VISCO`'s answers have
/// three to four on average (5,604 steps of 1,645 questions, arXiv:2412.02172).
pub(crate) const STEPS_LOOKED_AT: Parameter = Parameter {
    name: "steps",
    range: Range::Whole { least: 1, most: 32, usual: 8 },
    meaning: "How many steps of an answer are looked back at, at most.",
};

/// Questions about one step; ours. With none, steps are judged without looking back: the paper's
/// baseline.
pub(crate) const PROBES: Parameter = Parameter {
    name: "questions",
    range: Range::Whole { least: 0, most: 8, usual: 3 },
    meaning: "How many questions about a step are looked up in the picture, at most.",
};
