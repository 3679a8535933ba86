//! The examiners a recipe can name: who asks questions about a picture, and how many.
//!
//! How one asks and scores is told in the engine's file of the same name.

use crate::{
    Role,
    parameter::{CELLS, CONTRASTS, Parameter, QUESTIONS, Range, SAMPLES, TOGETHER, TRUST},
};

/// A critic made of questions to models, with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Examiner {
    /// Davidsonian Scene Graph (arXiv:2310.18235): atomic yes/no questions that depend on each
    /// other.
    Dsg {
        /// Questions about a picture, at most.
        questions: u32,
        /// All questions about a picture are put in one call.
        together: bool,
    },
    /// TIFA (arXiv:2303.11897): questions with choices, whose answers follow from the idea.
    Tifa {
        /// Questions about a picture, at most.
        questions: u32,
        /// All questions about a picture are put in one call.
        together: bool,
    },
    /// `VQAScore` (arXiv:2404.01291): how likely it is that the picture shows the idea.
    VqaScore {
        /// How often it is asked where the provider cannot say how likely an answer is.
        samples: u32,
    },
    /// `TextNorm` (arXiv:2404.01863): `VQAScore` for the idea, against that for contrary ideas.
    TextNorm {
        /// Contrary ideas.
        contrasts: u32,
        /// How often each is asked about where the provider cannot say how likely an answer is.
        samples: u32,
    },
    /// Rich feedback (arXiv:2312.10240): four scores, regions, and words that are not shown.
    Rich,
    /// How right each part of a picture is, as a map of digits.
    Map {
        /// Cells in a row, and rows.
        cells: u32,
        /// From this digit on, of 9, a cell is right.
        trust: u32,
    },
    /// The comparison of `CyclePrompt` (arXiv:2402.08756): the picture in words, compared with the
    /// idea.
    Cycle,
    /// What is written in the picture, against what the idea quotes.
    Lettering,
}

impl Examiner {
    /// The names of all examiners.
    pub const NAMES: [&'static str; 8] =
        ["dsg", "tifa", "vqascore", "textnorm", "cycle", "rich", "map", "lettering"];

    /// The examiner with this name, with the usual settings.
    pub(crate) fn usual(name: &str) -> Option<Self> {
        let usual = |parameter: Parameter| match parameter.range {
            Range::Whole { usual, .. } => usual,
            Range::Number { .. } | Range::Flag { .. } => 1,
        };
        let (questions, together) = (usual(QUESTIONS), false);
        match name {
            "dsg" => Some(Self::Dsg { questions, together }),
            "tifa" => Some(Self::Tifa { questions, together }),
            "vqascore" => Some(Self::VqaScore { samples: usual(SAMPLES) }),
            "textnorm" => {
                Some(Self::TextNorm { contrasts: usual(CONTRASTS), samples: usual(SAMPLES) })
            }
            "cycle" => Some(Self::Cycle),
            "rich" => Some(Self::Rich),
            "lettering" => Some(Self::Lettering),
            "map" => Some(Self::Map { cells: usual(CELLS), trust: usual(TRUST) }),
            _ => None,
        }
    }

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Dsg { .. } => "dsg",
            Self::Tifa { .. } => "tifa",
            Self::VqaScore { .. } => "vqascore",
            Self::TextNorm { .. } => "textnorm",
            Self::Cycle => "cycle",
            Self::Rich => "rich",
            Self::Map { .. } => "map",
            Self::Lettering => "lettering",
        }
    }

    /// Who must be there.
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Dsg { .. } | Self::Tifa { .. } | Self::TextNorm { .. } | Self::Cycle => {
                &[Role::Writer, Role::Seer]
            }
            Self::VqaScore { .. } | Self::Rich | Self::Map { .. } => &[Role::Seer],
            Self::Lettering => &[Role::Reader],
        }
    }

    /// Questions to the writer, asked once in a run: reading the idea.
    pub const fn readings(&self) -> u32 {
        match self {
            Self::Dsg { .. } => 3,
            Self::Tifa { .. } => 2,
            Self::TextNorm { .. } => 1,
            Self::VqaScore { .. }
            | Self::Cycle
            | Self::Rich
            | Self::Map { .. }
            | Self::Lettering => 0,
        }
    }

    /// Questions to the writer about one picture.
    pub const fn comparisons(&self) -> u32 {
        match self {
            Self::Cycle => 1,
            Self::Dsg { .. }
            | Self::Tifa { .. }
            | Self::VqaScore { .. }
            | Self::TextNorm { .. }
            | Self::Rich
            | Self::Map { .. }
            | Self::Lettering => 0,
        }
    }

    /// Questions to the seer about one picture, at most.
    pub const fn looks(&self) -> u32 {
        match *self {
            Self::Cycle
            | Self::Rich
            | Self::Map { .. }
            | Self::Dsg { together: true, .. }
            | Self::Tifa { together: true, .. } => 1,
            Self::Dsg { questions, .. } | Self::Tifa { questions, .. } => questions,
            Self::Lettering => 0,
            Self::VqaScore { samples } => samples,
            Self::TextNorm { contrasts, samples } => {
                contrasts.saturating_add(1).saturating_mul(samples)
            }
        }
    }

    /// The parameters of the examiner with this name.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "dsg" | "tifa" => Some(&[QUESTIONS, TOGETHER]),
            "vqascore" => Some(&[SAMPLES]),
            "textnorm" => Some(&[CONTRASTS, SAMPLES]),
            "cycle" | "rich" | "lettering" => Some(&[]),
            "map" => Some(&[CELLS, TRUST]),
            _ => None,
        }
    }
}
