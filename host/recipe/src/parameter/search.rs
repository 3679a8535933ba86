//! Parameters of the recipes that search.

use super::{Parameter, Range};

/// How much is tried that is little known. `Forest-of-Thought`'s code has 1.4, RAIN's 2.
pub(crate) const EXPLORE: Parameter = Parameter {
    name: "explore",
    range: Range::Number { least: 0.0, most: 10.0, usual: 1.4 },
    meaning: "How much the search tries what it knows little of.",
};

/// Ways on from one place (`Forest-of-Thought`'s code: 3).
pub(crate) const WIDTH: Parameter = Parameter {
    name: "width",
    range: Range::Whole { least: 1, most: 16, usual: 3 },
    meaning: "How many ways on are tried from one place.",
};

/// The worth that ends a search; ours.
pub(crate) const STOP_WORTH: Parameter = Parameter {
    name: "stop-worth",
    range: Range::Number { least: 0.0, most: 1.0, usual: 0.95 },
    meaning: "What a text must be worth to be accepted, which ends the run.",
};

/// Passages of one search; ours. Fewer cost fewer questions of what supports what.
pub(crate) const PASSAGES: Parameter = Parameter {
    name: "passages",
    range: Range::Whole { least: 1, most: 8, usual: 3 },
    meaning: "How many passages a search brings, and a statement cites, at most.",
};

/// Statements of a text; ours, against texts without end.
pub(crate) const STATEMENTS: Parameter = Parameter {
    name: "statements",
    range: Range::Whole { least: 1, most: 32, usual: 6 },
    meaning: "How many statements a text has at most.",
};

/// Trees of a forest (`Forest-of-Thought`'s code: 2).
pub(crate) const TREES: Parameter = Parameter {
    name: "trees",
    range: Range::Whole { least: 1, most: 16, usual: 3 },
    meaning: "How many trees grow side by side.",
};

/// Steps of the first budget; ours: the paper counts tokens.
pub(crate) const STEPS: Parameter = Parameter {
    name: "steps",
    range: Range::Whole { least: 1, most: 32, usual: 2 },
    meaning: "How many steps the first budget has.",
};

/// By how much budgets grow (arXiv:2502.05449: 2).
pub(crate) const GROWTH: Parameter = Parameter {
    name: "growth",
    range: Range::Whole { least: 1, most: 8, usual: 2 },
    meaning: "How many times longer each budget is than the one before.",
};

/// Ways on at the end of a budget; ours.
pub(crate) const WAYS: Parameter = Parameter {
    name: "samples",
    range: Range::Whole { least: 1, most: 16, usual: 4 },
    meaning: "How many ways on are tried at the end of each budget.",
};

/// Visits before a step is committed to (RAIN's code: 6).
pub(crate) const VISITS: Parameter = Parameter {
    name: "visits",
    range: Range::Whole { least: 0, most: 32, usual: 6 },
    meaning: "More visits than this are needed to commit to a step.",
};

/// Turns of a search for one step (RAIN's code: 50).
pub(crate) const TURNS: Parameter = Parameter {
    name: "turns",
    range: Range::Whole { least: 1, most: 64, usual: 50 },
    meaning: "How many turns the search for one step has at most.",
};

/// What a step must be worth (RAIN's code: 0.8).
pub(crate) const VALUE: Parameter = Parameter {
    name: "value",
    range: Range::Number { least: -1.0, most: 1.0, usual: 0.8 },
    meaning: "A step must be worth more than this, from -1 to 1, to be committed to early.",
};

/// Units of a population (arXiv:2309.16797: 50).
pub(crate) const UNITS: Parameter = Parameter {
    name: "units",
    range: Range::Whole { least: 2, most: 50, usual: 4 },
    meaning: "How many instructions are bred side by side.",
};
