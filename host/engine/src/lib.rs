//! The engine: see the page below.
#![doc = include_str!("README.md")]

mod answer;
mod ask;
mod assess;
mod attempts;
mod branches;
mod cells;
mod control;
mod correct;
mod decide;
mod detect;
pub mod diff;
mod draft;
mod error;
mod examine;
mod facts;
mod generate;
mod guard;
mod hearing;
mod ledger;
mod likelihood;
mod memory;
mod parse;
mod perform;
mod policy;
pub mod ports;
mod program;
mod recipes;
mod request;
mod review;
mod run;
mod samples;
mod scene;
mod scored;
mod search;
mod sentences;
mod share;
mod standing;
mod stepwise;
mod stop;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod toward;
mod trace;
mod worth;
mod write;

pub use ask::ANSWER_TOKENS;
pub use error::{KeepError, PortError, PortErrorKind, RunError};
pub use ledger::{Ledger, Refused, Reservation};
pub use memory::Memory;
pub use ports::{Models, Ports};
pub use request::RunRequest;
pub use run::{run, run_on};
pub use share::{Shared, Turn};
pub use stop::StopFlag;
