//! What an author does with a plugin: find it, build it, look into it, try it, measure it.
//!
//! Nothing here lets a plugin into runs: what it may do is decided elsewhere, by the operator.

mod error;
mod files;
mod project;
mod rust;

pub use error::WorkbenchError;
pub use project::{Language, Project};
