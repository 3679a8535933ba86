//! The clients against a scripted server: every protocol, every fault, and where keys do not go.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking"
)]

mod faults;
mod hostile;
mod keys;
mod limits;
mod paid;
mod pictures;
mod place;
mod programs;
mod real;
mod real_painter;
mod tapes;
mod words;
mod workflows;
