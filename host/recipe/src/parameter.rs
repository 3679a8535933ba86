//! Every parameter of every recipe: its range, its usual value and what it means.

use std::fmt;

/// What values a parameter may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// A whole number, bounds included.
    Whole {
        /// The least.
        least: u32,
        /// The greatest.
        most: u32,
        /// Taken if the recipe does not say.
        usual: u32,
    },
    /// A number, bounds included.
    Number {
        /// The least.
        least: f32,
        /// The greatest.
        most: f32,
        /// Taken if the recipe does not say.
        usual: f32,
    },
    /// `true` or `false`.
    Flag {
        /// Taken if the recipe does not say.
        usual: bool,
    },
}

impl fmt::Display for Range {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { least, most, .. } => {
                write!(formatter, "a whole number from {least} to {most}")
            }
            Self::Number { least, most, .. } => {
                write!(formatter, "a number from {least} to {most}")
            }
            Self::Flag { .. } => formatter.write_str("`true` or `false`"),
        }
    }
}

/// One parameter that a recipe can set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Its key under `[parameters]`.
    pub name: &'static str,
    /// What it may be.
    pub range: Range,
    /// What it does, in one sentence.
    pub meaning: &'static str,
}

/// A parameter with the value a recipe gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Which.
    pub parameter: Parameter,
    /// Its value, as it would stand in TOML.
    pub value: String,
}

/// Corrections or further pictures after the first candidate. Sixteen rounds are far beyond the
/// point where any published correction loop still gains.
pub(crate) const ROUNDS: Parameter = Parameter {
    name: "rounds",
    range: Range::Whole { least: 0, most: 16, usual: 3 },
    meaning: "How many rounds follow the first candidate.",
};

/// The layout difference's threshold. SLD's code uses 0.9; below one half, two neighbors could
/// pass for one object.
pub(crate) const PRESERVE_IOU: Parameter = Parameter {
    name: "preserve-iou",
    range: Range::Number { least: 0.5, most: 0.99, usual: 0.9 },
    meaning: "Objects whose present and wanted boxes overlap more than this are left alone.",
};

/// Whether sampling ends with the first good candidate, or when no further one can change a vote.
pub(crate) const STOP_EARLY: Parameter = Parameter {
    name: "stop-early",
    range: Range::Flag { usual: true },
    meaning: "Whether to stop as soon as nothing better can come.",
};

/// Pictures of a round (`num_prompt` in `Idea2Img`'s code, where it is 3).
pub(crate) const DRAFTS: Parameter = Parameter {
    name: "drafts",
    range: Range::Whole { least: 1, most: 8, usual: 3 },
    meaning: "How many prompts are written and painted in every round.",
};

/// The paper accepts nothing and makes all rounds; a verdict needs a line somewhere.
pub(crate) const ACCEPT_SCORE: Parameter = Parameter {
    name: "accept-score",
    range: Range::Whole { least: 1, most: 10, usual: 8 },
    meaning: "The judge's score, of 10, from which the final picture is accepted.",
};

/// Self-consistency samples at 0.7 (arXiv:2203.11171, section 3.1, for its largest models).
pub(crate) const TEMPERATURE: Parameter = Parameter {
    name: "temperature",
    range: Range::Number { least: 0.0, most: 2.0, usual: 0.7 },
    meaning: "How freely the writer chooses its words.",
};

/// The paper finds that answers many samples agree on are right more often (section 3.5), and draws
/// no line; more than half is the plainest.
pub(crate) const AGREEMENT: Parameter = Parameter {
    name: "agreement",
    range: Range::Number { least: 0.0, most: 1.0, usual: 0.5 },
    meaning: "Share of the answers above which what they agree on is accepted.",
};

/// The paper samples 8 (arXiv:2311.08516, section 4).
pub(crate) const ALTERNATIVES: Parameter = Parameter {
    name: "alternatives",
    range: Range::Whole { least: 1, most: 16, usual: 8 },
    meaning: "How often the wrong step is written otherwise.",
};
