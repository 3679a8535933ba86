//! The embedded painter: draws and edits scenes of the closed world, imperfectly on purpose.

pub mod scene;
pub mod backgrounds;
pub mod draw;
mod numbers;
pub mod ramps;
pub mod silhouette;
pub mod sprites;
pub mod sticker;

pub use backgrounds::background;
pub use draw::draw;
pub use sprites::{sprite_aspect, sprite_raster};
pub use sticker::silhouette_mask;
