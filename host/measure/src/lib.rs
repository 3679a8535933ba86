//! What the journals of runs come to in numbers. Pure: events and counts in, figures out.
//!
//! The truth is nobody's business here: whoever knows it (`bench`) hands it over as `true` or
//! `false`, candidate by candidate. What needs none is read from the journal alone, and is the same
//! for whoever reads it: the guard of a run under way, its report, a benchmark of many runs.
//!
//! Read: [`Course`] (events folded: who graded which draft) → [`Gap`] (the judge in the loop against
//! one outside it) → [`Change`] (right before, right after), [`Calibration`], [`Swapped`] (a judge
//! asked in both orders), [`chosen`] (what choosing is worth) → [`statistics`] (intervals and tests).

mod calibration;
mod change;
mod choice;
mod course;
mod gap;
pub mod statistics;
mod swapped;

pub use calibration::{Bin, Calibrated, Calibration, Location, calibrated, location};
pub use change::Change;
pub use choice::{Choice, chosen};
pub use course::{Course, Graded, Judge, Settled, Stated, grade};
pub use gap::{Apart, Gap, GapRound, Point, gap_of_many};
pub use swapped::{Pair, Pick, Swapped, swapped};
