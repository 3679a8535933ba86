//! The sandbox with real guests: what honest ones get, what hostile ones run into, and what is
//! not let in at all.
//!
//! Guests are built from `plugins/` by `guests.rs`; without a guest target these tests fail and
//! say what to run.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must stop")]

mod admission;
mod answers;
mod cached;
mod facets;
mod fetch;
mod guest;
mod guests;
mod interpreter;
mod javascript;
mod models;
mod python;
mod stopped;
mod surroundings;
mod tools;
