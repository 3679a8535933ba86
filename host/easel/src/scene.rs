//! What is in a picture, before it is drawn: background, items, boxes.
//!
//! A scene is the closed world's truth. It stays inside this crate and in the [`crate::Oracle`];
//! neither the engine nor any plugin ever sees one.

use pentimento_model::{Attribute, Region, Seed};

/// One object in a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneItem {
    /// The class, in the vocabulary's own word.
    pub noun: String,
    /// How it is tinted; `None` leaves the sprite's natural colors.
    pub attribute: Option<Attribute>,
    /// Tight box of the silhouette as drawn (sprite without its white border and shadow).
    pub region: Region,
    /// Mirrored left to right.
    pub flipped: bool,
}

/// A whole picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Name of the background in `pentimento_world::BACKGROUNDS`.
    pub background: String,
    /// Varies the background's details.
    pub background_seed: Seed,
    /// In painting order.
    pub items: Vec<SceneItem>,
}
