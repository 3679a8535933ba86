//! Runs recipes over ports. Never touches a file, a socket, a clock or a wasm store.

mod error;
pub mod ports;

pub use error::{KeepError, PortError, PortErrorKind, RunError};
