//! The embedded painter: draws and edits scenes of the closed world, imperfectly on purpose.

pub mod scene;
