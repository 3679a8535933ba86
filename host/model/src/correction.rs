//! What a correction is made of: edit operations on a picture.
//!
//! The four operations are SLD's (section 3.3 of arXiv:2311.16090); `Inpaint` is for recipes that
//! only know where something is wrong. How an operation is carried out is the painter's business.

use crate::{Attribute, ItemName, Region};

/// One change to a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum EditOp {
    /// Take the object away and show what lies behind it.
    Delete {
        /// Which.
        item: ItemName,
        /// Where it is.
        region: Region,
    },
    /// Put a new object there.
    Add {
        /// Which.
        item: ItemName,
        /// Where it shall be.
        region: Region,
    },
    /// Move (and, if the sizes differ, scale) the object.
    Move {
        /// Which.
        item: ItemName,
        /// Where it is.
        from: Region,
        /// Where it shall be.
        to: Region,
    },
    /// Keep the object's shape and place, change its color or material.
    Restyle {
        /// Which, under its present name.
        item: ItemName,
        /// Where it is.
        region: Region,
        /// The color or material it shall have.
        attribute: Attribute,
    },
    /// Paint the region anew after a prompt.
    Inpaint {
        /// Where.
        region: Region,
        /// What to paint.
        prompt: String,
    },
}

impl EditOp {
    /// The operation's code, as used in journals and suggestions.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Delete { .. } => "delete",
            Self::Add { .. } => "add",
            Self::Move { .. } => "move",
            Self::Restyle { .. } => "restyle",
            Self::Inpaint { .. } => "inpaint",
        }
    }
}

/// An operation with what the painter says became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedOp {
    /// What was asked.
    pub op: EditOp,
    /// `None` if the painter says it was done, else why it could not be (nothing found there, …).
    /// A painter may be wrong about this: only looking again tells.
    pub refused: Option<String>,
}
