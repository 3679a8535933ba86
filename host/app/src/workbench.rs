//! What an author does with a plugin: find it, build it, look into it, try it, measure it.
//!
//! Nothing here lets a plugin into runs: what it may do is decided elsewhere, by the operator.

mod error;
mod files;
mod found;
mod project;
mod rust;

pub use pentimento_sandbox::{CoreModule, Inspection, Interface};

pub use error::WorkbenchError;
pub use found::Found;
pub use project::{Language, Project};
