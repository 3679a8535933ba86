//! Results of primitives, kept for other runs: one `SQLite` file that any number of processes share.
//!
//! A result is found by a hash of everything it depends on, and handed out only if it is still what
//! was put in. What is used least makes room for what is new. Nothing here can fail a run: a cache
//! that cannot be used is told once, and is left alone from then on. What may be shared is decided by
//! the engine; what an event looks like when it is written is `record`'s business.

mod cache;
mod error;
mod limits;
mod store;
mod turns;

pub use cache::{Cache, Held, Kind, Pruned};
pub use error::CacheError;

#[cfg(test)]
mod tests;
