//! The hostile suite: components written by hand that do what no compiler would make a plugin do.
//!
//! Each is a [`Mode`](modes::Mode), a row of a table by topic that says how it must end, to the
//! letter. After each one an honest critic in the same sandbox is asked. Misdeeds that need no
//! hand-written code are in `plugins/hostile` and are tested in `tests/sandbox/`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on must stop")]

mod admission;
mod answers;
mod bombs;
mod bytes;
mod compilers;
mod critic;
mod floods;
mod handles;
mod host;
mod leaks;
mod memories;
mod modes;
mod returned;
mod stops;
mod storms;
