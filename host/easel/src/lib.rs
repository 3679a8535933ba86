//! The embedded painter: draws and edits scenes of the closed world, imperfectly on purpose.

pub mod backgrounds;
pub mod codec;
mod dice;
pub mod draw;
mod edits;
mod error;
mod faults;
mod feedback;
mod fit;
mod mask;
mod numbers;
mod oracle;
mod painter;
mod plan;
pub mod preset;
pub mod ramps;
pub mod scene;
pub mod silhouette;
pub mod sprites;
pub mod sticker;

pub use backgrounds::background;
pub use draw::draw;
pub use error::EaselError;
pub use mask::opening;
pub use oracle::{Oracle, Truth};
pub use painter::{Easel, PICTURE_SIZE};
pub use preset::Preset;
pub use sprites::{sprite_aspect, sprite_raster};
pub use sticker::silhouette_mask;
