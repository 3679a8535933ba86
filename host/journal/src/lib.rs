//! The run folder: see the page below.
#![doc = include_str!("README.md")]

mod artifacts;
mod error;
mod limits;
mod line;
mod lock;
mod log;
mod names;
mod past_run;
mod recover;
mod run_folder;
mod runs;

pub use error::{FolderError, LineFault};
pub use lock::Owner;
pub use past_run::PastRun;
pub use recover::Torn;
pub use run_folder::RunFolder;
pub use runs::{ListedRun, find, list};

#[cfg(test)]
mod tests;
