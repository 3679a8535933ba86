//! Builds guest crates into WebAssembly components, for build scripts and for `plugin build`.
//!
//! It runs cargo for `wasm32-unknown-unknown` with the compiler and linker that `scripts/setup`
//! prepared; because the linker is `wasm-component-ld`, what cargo writes is a component. Which
//! guests are built, and what becomes of them, is left to the caller.

mod error;
mod guests;
mod toolchain;

pub use error::ForgeError;
pub use guests::{Guests, shared_target_dir};
pub use toolchain::Toolchain;

/// The one target guests are built for: no WASI, hence nothing to import but our own facets.
pub const GUEST_TARGET: &str = "wasm32-unknown-unknown";
