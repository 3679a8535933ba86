//! What an idea means, in a form that can be checked: objects with counts and colors, relations,
//! and what must be absent.
//!
//! This is SLD's parsed prompt (objects with attributes, background, negation; section 3.1 of
//! arXiv:2311.16090) with its spatial relations made explicit. Reading an idea is the parser's
//! business, judging a layout against it the controller's.

use crate::Attribute;

/// How many of an object are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(pub u32);

/// One kind of object that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedObject {
    /// The class, in the singular and in the vocabulary's own word: `cell phone`, never `mobile`.
    pub noun: String,
    /// The attribute every one of them must have; `None` if any will do.
    pub attribute: Option<Attribute>,
    /// How many, exactly.
    pub count: Count,
}

/// How one object lies to another, or on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// Center further left.
    LeftOf,
    /// Center further right.
    RightOf,
    /// Center higher.
    Above,
    /// Center lower.
    Below,
    /// Higher, horizontally over it, and near.
    OnTopOf,
    /// To its left or its right, and near. Never of the canvas.
    NextTo,
}

impl RelationKind {
    /// The phrase, as in `a cat left of a dog`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftOf => "left of",
            Self::RightOf => "right of",
            Self::Above => "above",
            Self::Below => "below",
            Self::OnTopOf => "on top of",
            Self::NextTo => "next to",
        }
    }

    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::LeftOf, Self::RightOf, Self::Above, Self::Below, Self::OnTopOf, Self::NextTo];
}

/// What a relation is measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationTarget {
    /// Another wanted object, by its index in [`Constraints::objects`].
    Object(usize),
    /// The canvas: `LeftOf` means "on the left of the picture".
    Canvas,
}

/// A spatial relation that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// Index in [`Constraints::objects`].
    pub subject: usize,
    /// How it must lie.
    pub kind: RelationKind,
    /// To what.
    pub target: RelationTarget,
}

/// Everything an idea asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// What must be there.
    pub objects: Vec<WantedObject>,
    /// Nouns that must not be there.
    pub absent: Vec<String>,
    /// How the objects must lie.
    pub relations: Vec<Relation>,
    /// The background's name in the painter's vocabulary (such as `beach`), if one was asked for.
    pub background: Option<String>,
}
