//! Models in files on this machine, as settings describe them: where each is, of which family, and how it
//! is read.
//!
//! The program hands them to `pentimento-onnx`, which carries them out and is a program of its own (the
//! folder `onnx`): what both must agree on is here.

mod error;
mod family;
mod limits;
mod models;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use error::FileError;
pub use family::{Companion, Family, Pooling};
pub use limits::MODEL_BYTES;
pub use models::{LocalFile, LocalModel, LocalModels, file};
