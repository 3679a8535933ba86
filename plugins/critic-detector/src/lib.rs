//! The eye: finds the objects of the embedded world, their classes, looks and boxes, from pixels
//! alone.
//!
//! Whether what it finds is what was asked for, is not its business.

pub mod classify;
pub mod color;
pub mod detect;
pub mod grid;
pub mod picture;
pub mod segment;
pub mod shape;
pub mod templates;

pub use detect::{Detection, detect};
pub use picture::Picture;
