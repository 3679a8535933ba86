//! The algorithms a recipe can name, with the parameters and roles of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::{
    TextAlgorithm,
    parameter::{ACCEPT_SCORE, DRAFTS, PRESERVE_IOU, Parameter, ROUNDS, STOP_EARLY},
};

/// Someone a recipe needs besides its assessors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads the idea.
    Parser,
    /// Makes pictures and edits them.
    Painter,
    /// Compares what was seen with what was asked for.
    Controller,
    /// Answers in words.
    Writer,
    /// Answers questions about pictures.
    Seer,
    /// Compares pictures.
    Judge,
}

impl Role {
    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parser => "parser",
            Self::Painter => "painter",
            Self::Controller => "controller",
            Self::Writer => "writer",
            Self::Seer => "seer",
            Self::Judge => "judge",
        }
    }
}

/// An algorithm with the settings that only it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Algorithm {
    /// Self-correcting LLM-controlled Diffusion (arXiv:2311.16090).
    Sld {
        /// Boxes that overlap more than this (intersection over union) are left alone.
        preserve_iou: f32,
    },
    /// The same idea painted several times, the best kept.
    BestOfN {
        /// Stop at the first picture with nothing wrong in it.
        stop_early: bool,
    },
    /// `Idea2Img` (arXiv:2310.08541).
    Idea2Img {
        /// Pictures of each round.
        drafts: u32,
        /// The judge's score, of 10, from which the final picture is accepted.
        accept_score: u32,
    },
    /// One that makes texts.
    Text(TextAlgorithm),
}

/// What a recipe's candidates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Pictures.
    Picture,
    /// Texts.
    Text,
}

impl Algorithm {
    /// The names of all algorithms that make pictures.
    pub const NAMES: [&'static str; 3] = ["sld", "best-of-n", "idea2img"];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sld { .. } => "sld",
            Self::BestOfN { .. } => "best-of-n",
            Self::Idea2Img { .. } => "idea2img",
            Self::Text(text) => text.name(),
        }
    }

    /// Who must be there.
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Sld { .. } | Self::BestOfN { .. } => {
                &[Role::Parser, Role::Painter, Role::Controller]
            }
            Self::Idea2Img { .. } => &[Role::Painter, Role::Writer, Role::Seer],
            Self::Text(_) => TextAlgorithm::ROLES,
        }
    }

    /// What its candidates are.
    pub const fn medium(&self) -> Medium {
        match self {
            Self::Sld { .. } | Self::BestOfN { .. } | Self::Idea2Img { .. } => Medium::Picture,
            Self::Text(_) => Medium::Text,
        }
    }

    /// True if a detector's findings say what is in a picture.
    pub(crate) fn has_detector(name: &str) -> bool {
        name != "idea2img" && !TextAlgorithm::NAMES.contains(&name)
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "sld" => Some(&[ROUNDS, PRESERVE_IOU]),
            "best-of-n" => Some(&[ROUNDS, STOP_EARLY]),
            "idea2img" => Some(&[ROUNDS, DRAFTS, ACCEPT_SCORE]),
            _ => TextAlgorithm::parameters_of(name),
        }
    }
}
