//! A request to stop, shared between whoever hears Ctrl-C and the run.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A flag that anyone with a clone can raise. The run looks at it before every primitive.
#[derive(Clone, Debug, Default)]
pub struct StopFlag(Arc<AtomicBool>);

impl StopFlag {
    /// Asks the run to stop. Cannot be taken back.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once someone asked.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
