//! Benchmarks: runs a task's prompts through a recipe and scores the pictures against the truth.
//!
//! Gold answers live here and in the task files; they never enter the engine. The scorer reads the
//! easel's truth through its oracle and is not the critic that steers the loop; how well that
//! critic sees is measured beside it.
//!
//! Read: [`task`] (prompts with gold) → `lmd`, `geneval` (their rules) → [`harness`] (running) →
//! [`tally`] (counting) → `sight` (the eye's own accuracy). Benchmarks of texts are [`words`]; a detector is
//! measured alone in [`photographs`].

mod equal;
mod error;
mod geneval;
pub mod harness;
mod lmd;
pub mod photographs;
mod sheet;
mod side_by_side;
mod sight;
pub mod tally;
pub mod task;
mod witness;
pub mod words;

pub use equal::Equal;
pub use error::BenchError;
pub use harness::{BenchRequest, Progress, run};
pub use sheet::sheet;
pub use sight::Sight;
pub use tally::{BenchResult, CategoryResult};
pub use task::Task;
