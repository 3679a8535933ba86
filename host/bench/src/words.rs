//! Benchmarks of texts: questions with gold answers, and traces with a labelled mistake.
//!
//! Gold answers and labels stay here. Who scores is never who steers: an answer is compared with the
//! gold one by the benchmark's own rule, whatever verifiers in the loop said.
//!
//! Read: [`questions`] (what is asked) → `course` (one run, read against the truth) →
//! [`harness`] (running) → [`tally`] (counting) with `compare` (pure statistics); [`traces`] is a
//! benchmark of a verifier alone.

mod allowance;
mod capped;
mod counting;
mod course;
pub mod duel;
mod hall;
pub mod harness;
pub mod judge;
mod keeping;
pub mod measured;
mod own;
pub mod questions;
mod sheet;
pub mod tally;
pub mod traces;

pub use duel::{DuelRequest, DuelResult, duel};
pub use harness::{WordsRequest, run};
pub use keeping::Keeping;
pub use measured::{Measured, measured};
pub use pentimento_measure::statistics::Interval;
pub use questions::QuestionTask;
pub use sheet::sheet;
pub use tally::WordsResult;
pub use traces::{TraceRequest, TraceResult, verify};

/// A p-value as it is read: what is smaller than a thousandth is not nothing.
pub fn chance(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}
