//! The run folder: see the page below.
#![doc = include_str!("README.md")]

mod archive;
mod artifacts;
mod beginning;
mod check;
mod crowd;
mod durability;
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
mod soon;
mod syncfs;
mod texts;
mod together;
mod unkept;
mod volume;
mod writer;

pub use archive::{Packed, discard, pack, sweep, unpack};
pub use beginning::lost;
pub use check::{Checked, check};
pub use durability::Durability;
pub use error::{FolderError, LineFault};
pub use lock::Owner;
pub use past_run::PastRun;
pub use recover::Torn;
pub use run_folder::RunFolder;
pub use runs::{FoundRun, ListedRun, find, folders, list};

#[cfg(test)]
mod tests;
