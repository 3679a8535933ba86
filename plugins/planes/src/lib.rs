//! Work on whole planes of pixels: how alike two are, and which marked pixels belong together.
//!
//! Plain arithmetic without the host, so that the same code runs in a plugin and, to be compared
//! with it, natively. Where the planes come from is the plugins' business.

mod components;
mod ssim;

pub use components::{Component, components};
pub use ssim::{WINDOW, ssim};
