//! Every parameter of every recipe: its range, its usual value and what it means.

use std::fmt;

pub(crate) mod reflection;
pub(crate) mod search;
pub(crate) mod sight;

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

impl Parameter {
    /// This one with a whole number.
    pub(crate) fn whole(self, value: u32) -> Setting {
        Setting { parameter: self, value: value.to_string() }
    }

    /// The same, if it is not the usual number. For parameters that came later: runs that began without them
    /// have written the recipe down as it was, and go on with the very same.
    pub(crate) fn whole_unless_usual(self, value: u32) -> Option<Setting> {
        let Range::Whole { usual, .. } = self.range else { return Some(self.whole(value)) };
        (value != usual).then(|| self.whole(value))
    }

    /// This one with a number: with a decimal point as TOML wants it, even if it is whole.
    pub(crate) fn number(self, value: f32) -> Setting {
        Setting { parameter: self, value: format!("{value:?}") }
    }

    /// This one with `true` or `false`.
    pub(crate) fn flag(self, value: bool) -> Setting {
        Setting { parameter: self, value: value.to_string() }
    }
}

/// A parameter with the value a recipe gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Which.
    pub parameter: Parameter,
    /// Its value, as it would stand in TOML.
    pub value: String,
}

/// Corrections or further pictures after the first candidate. OPT2I makes 30, more than any other
/// published loop that is known here; blind resampling at the cost of a search over prompts needs hundreds.
pub(crate) const ROUNDS: Parameter = Parameter {
    name: "rounds",
    range: Range::Whole { least: 0, most: 1000, usual: 3 },
    meaning: "How many rounds follow the first candidate.",
};

/// The layout difference's threshold. SLD's code uses 0.9; below one half, two neighbors could
/// pass for one object.
pub(crate) const PRESERVE_IOU: Parameter = Parameter {
    name: "preserve-iou",
    range: Range::Number { least: 0.5, most: 0.99, usual: 0.9 },
    meaning: "Objects whose present and wanted boxes overlap more than this are left alone.",
};

/// SLD's own parser and controller are language models; the closed world has rules for both.
pub(crate) const ASKS_WRITER: Parameter = Parameter {
    name: "asks-writer",
    range: Range::Flag { usual: false },
    meaning: "Whether a writer reads the idea and plans the changes, in place of fixed rules.",
};

/// `TextMatch` has a half that edits; which of them helps depends on the painter.
pub(crate) const EDITS: Parameter = Parameter {
    name: "edits",
    range: Range::Flag { usual: false },
    meaning: "Whether the best picture is edited, in place of painting a new one.",
};

/// Regions that are painted anew in one round; ours. Each more leaves less of the picture as it was.
pub(crate) const REGIONS: Parameter = Parameter {
    name: "regions",
    range: Range::Whole { least: 1, most: 16, usual: 4 },
    meaning: "How many regions are painted anew in a round at most.",
};

/// Cells in a row of the map. A seer tells eight columns apart; finer maps are guesses.
pub(crate) const CELLS: Parameter = Parameter {
    name: "cells",
    range: Range::Whole { least: 2, most: 16, usual: 8 },
    meaning: "Into how many rows of as many cells a picture is divided.",
};

/// Below the middle of the scale nothing is trusted (the paper trusts pixels above one half).
pub(crate) const TRUST: Parameter = Parameter {
    name: "trust",
    range: Range::Whole { least: 1, most: 9, usual: 5 },
    meaning: "From which digit on, of 9, a cell is left as it is.",
};

/// `NeuroPrompts` lets its user choose clusters; these are ordered by use.
pub(crate) const CLUSTERS: Parameter = Parameter {
    name: "clusters",
    range: Range::Whole { least: 1, most: 5, usual: 3 },
    meaning: "Of how many clusters of terms the prompt must have one.",
};

/// Facts that a prompt can hold; ours.
pub(crate) const FACTS: Parameter = Parameter {
    name: "facts",
    range: Range::Whole { least: 1, most: 32, usual: 8 },
    meaning: "How many facts of the graph are used at most.",
};

/// Steps from a thing of the idea to a fact; two reach what belongs to what belongs to it.
pub(crate) const HOPS: Parameter = Parameter {
    name: "hops",
    range: Range::Whole { least: 1, most: 4, usual: 1 },
    meaning: "How many steps a fact may be away from a thing of the idea.",
};

/// Noises that are tried; ours. `GenAI-Rank` chooses among 3 to 9 pictures.
pub(crate) const SEEDS: Parameter = Parameter {
    name: "seeds",
    range: Range::Whole { least: 1, most: 16, usual: 4 },
    meaning: "With how many seeds the idea is painted before one is chosen.",
};

/// Pictures of each kind that a painter is shown as feedback. Providers take up to 16 in all.
pub(crate) const SHOWN: Parameter = Parameter {
    name: "shown",
    range: Range::Whole { least: 1, most: 8, usual: 4 },
    meaning: "How many liked, and as many disliked, pictures the painter is shown.",
};

/// Whether sampling ends with the first good candidate, or when no further one can change a vote.
pub(crate) const STOP_EARLY: Parameter = Parameter {
    name: "stop-early",
    range: Range::Flag { usual: true },
    meaning: "Whether to stop as soon as nothing better can come.",
};

/// Questions of one examination. DSG-1k's prompts have 8 on average; TIFA's have 6.3. The bound keeps
/// a writer who finds a hundred facts in an idea from making every picture dear.
pub(crate) const QUESTIONS: Parameter = Parameter {
    name: "questions",
    range: Range::Whole { least: 1, most: 64, usual: 16 },
    meaning: "How many questions the examiner asks about a picture at most.",
};

/// The papers put every question alone. One call is cheaper, but an answer may color the next.
pub(crate) const TOGETHER: Parameter = Parameter {
    name: "together",
    range: Range::Flag { usual: false },
    meaning: "Whether all questions about a picture are put in one call.",
};

/// Five answers give shares in steps of a fifth. `VQAScore` itself reads a probability instead.
pub(crate) const SAMPLES: Parameter = Parameter {
    name: "samples",
    range: Range::Whole { least: 1, most: 32, usual: 5 },
    meaning: "How often the examiner asks where likelihoods of answers cannot be had.",
};

/// Contrary ideas beside the idea; ours. `TextNorm` makes its sets by kind of prompt.
pub(crate) const CONTRASTS: Parameter = Parameter {
    name: "contrasts",
    range: Range::Whole { least: 1, most: 16, usual: 5 },
    meaning: "How many contrary ideas a picture is compared with.",
};

/// Pictures of a round (`num_prompt` in `Idea2Img`'s code, where it is 3).
pub(crate) const DRAFTS: Parameter = Parameter {
    name: "drafts",
    range: Range::Whole { least: 1, most: 8, usual: 3 },
    meaning: "How many prompts are written and painted in every round.",
};

/// New prompts of a round (OPT2I: 5).
pub(crate) const PROMPTS: Parameter = Parameter {
    name: "prompts",
    range: Range::Whole { least: 1, most: 16, usual: 5 },
    meaning: "How many prompts are written in every round.",
};

/// Pictures of a prompt, whose mean score counts (OPT2I: 4).
pub(crate) const PICTURES: Parameter = Parameter {
    name: "pictures",
    range: Range::Whole { least: 1, most: 8, usual: 4 },
    meaning: "How many pictures are painted from every prompt.",
};

/// Prompts with their scores that a writer is shown (OPT2I: the best 5).
pub(crate) const HISTORY: Parameter = Parameter {
    name: "history",
    range: Range::Whole { least: 1, most: 32, usual: 5 },
    meaning: "How many earlier prompts the writer is shown with their scores.",
};

/// The same as examples beside what is wrong; `TextMatch` publishes no number.
pub(crate) const EXAMPLES: Parameter = Parameter {
    name: "examples",
    range: Range::Whole { least: 0, most: 32, usual: 3 },
    meaning: "How many earlier prompts the writer is shown as examples.",
};

/// Prompts with which a hill climb begins. The paper has 80, which cost it no pictures.
pub(crate) const START: Parameter = Parameter {
    name: "start",
    range: Range::Whole { least: 0, most: 32, usual: 4 },
    meaning: "How many ways of saying the idea are painted before the first step.",
};

/// The score that ends the search. All questions answered right is 1.
pub(crate) const STOP_SCORE: Parameter = Parameter {
    name: "stop-score",
    range: Range::Number { least: 0.0, most: 1.0, usual: 1.0 },
    meaning: "The examiner's score from which a picture is accepted, which ends the run.",
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

/// The paper's code has 7 turns and asks for the answer in the last (arXiv:2305.11738, section 4.1).
pub(crate) const SEARCHES: Parameter = Parameter {
    name: "searches",
    range: Range::Whole { least: 1, most: 16, usual: 6 },
    meaning: "How often evidence is searched for before an answer is corrected, at most.",
};

/// The paper samples 8 (arXiv:2311.08516, section 4).
pub(crate) const ALTERNATIVES: Parameter = Parameter {
    name: "alternatives",
    range: Range::Whole { least: 1, most: 16, usual: 8 },
    meaning: "How often the wrong step is written otherwise.",
};
