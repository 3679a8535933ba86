//! Turns: whoever does the work takes so many calls at once, and so many a minute, or makes the same thing
//! once for all who want it; the others wait.
//!
//! A call is held, announced and made when its turn has come. Whoever only waits has nothing to pay, and
//! may leave.

use std::pin::Pin;

/// A place that others wait for until this is dropped. What it is, those who gave it know.
pub type Turn = Box<dyn Send + Sync>;

/// Until a turn comes.
pub type Waiting<'t> = Pin<Box<dyn Future<Output = Turn> + Send + 't>>;
