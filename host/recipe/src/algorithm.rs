//! The algorithms a recipe can name, with the parameters and roles of each.
//!
//! How an algorithm works is told in the engine's file of the same name.

use crate::parameter::{PRESERVE_IOU, Parameter, ROUNDS, STOP_EARLY};

/// Someone a recipe needs besides its assessors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads the idea.
    Parser,
    /// Makes pictures and edits them.
    Painter,
    /// Compares what was seen with what was asked for.
    Controller,
}

impl Role {
    /// The word used in settings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parser => "parser",
            Self::Painter => "painter",
            Self::Controller => "controller",
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
}

impl Algorithm {
    /// The names of all algorithms.
    pub const NAMES: [&'static str; 2] = ["sld", "best-of-n"];

    /// The name used in recipes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sld { .. } => "sld",
            Self::BestOfN { .. } => "best-of-n",
        }
    }

    /// Who must be there.
    pub const fn roles(&self) -> &'static [Role] {
        match self {
            Self::Sld { .. } | Self::BestOfN { .. } => {
                &[Role::Parser, Role::Painter, Role::Controller]
            }
        }
    }

    /// The parameters a recipe of the algorithm with this name may set.
    pub(crate) fn parameters_of(name: &str) -> Option<&'static [Parameter]> {
        match name {
            "sld" => Some(&[ROUNDS, PRESERVE_IOU]),
            "best-of-n" => Some(&[ROUNDS, STOP_EARLY]),
            _ => None,
        }
    }
}
