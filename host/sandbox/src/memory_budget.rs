//! How much memory a call may take: all its linear memories together, and all calls in progress
//! together.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use wasmtime::ResourceLimiter;

use crate::{fault::Exceeded, limits};

/// Bytes of linear memory over all calls of a sandbox.
#[derive(Default)]
pub(crate) struct LiveMemory {
    /// Those that calls in progress hold.
    held: AtomicUsize,
    /// The most any call has had.
    peak: AtomicUsize,
}

impl LiveMemory {
    /// Bytes that calls in progress hold.
    pub(crate) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// The most any call has had.
    pub(crate) fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }
}

/// Counts all linear memories of a call together. Growth beyond the budget is refused rather than
/// trapped: a guest may deal with that, and if it aborts instead, the fault says why.
pub(crate) struct MemoryBudget {
    left: usize,
    taken: usize,
    live: Arc<LiveMemory>,
    refused: bool,
    crowded_out: bool,
}

impl MemoryBudget {
    /// So many bytes for one call, of what all calls have together.
    pub(crate) fn of(bytes: usize, live: &Arc<LiveMemory>) -> Self {
        Self { left: bytes, taken: 0, live: Arc::clone(live), refused: false, crowded_out: false }
    }

    /// True if growth was refused at least once.
    pub(crate) fn refused(&self) -> bool {
        self.refused
    }

    /// True if growth was refused for what others held.
    pub(crate) fn crowded_out(&self) -> bool {
        self.crowded_out
    }

    /// Takes from what all calls have; false if that is used up.
    fn take(&self, bytes: usize) -> bool {
        let taken =
            |held: usize| held.checked_add(bytes).filter(|held| *held <= limits::LIVE_MEMORY);
        self.live.held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_ok()
    }
}

impl Drop for MemoryBudget {
    fn drop(&mut self) {
        self.live.held.fetch_sub(self.taken, Ordering::Relaxed);
    }
}

impl ResourceLimiter for MemoryBudget {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let growth = desired.saturating_sub(current);
        let is_own = growth <= self.left;
        if !is_own || !self.take(growth) {
            self.refused = true;
            self.crowded_out |= is_own;
            return Ok(false);
        }
        self.left -= growth;
        self.taken += growth;
        self.live.peak.fetch_max(self.taken, Ordering::Relaxed);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > limits::TABLE_ELEMENTS {
            let most = limits::TABLE_ELEMENTS;
            return Err(
                Exceeded::new(format!("it needs a table of more than {most} elements")).into()
            );
        }
        Ok(true)
    }

    fn instances(&self) -> usize {
        limits::CORE_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        limits::TABLES as usize
    }

    fn memories(&self) -> usize {
        limits::MEMORIES as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_calls_together_have_a_bound_and_give_back_what_they_took() {
        let live = Arc::<LiveMemory>::default();
        let half = limits::LIVE_MEMORY / 2;
        let call = || MemoryBudget::of(half, &live);
        let grow = |call: &mut MemoryBudget, bytes| call.memory_growing(0, bytes, None).unwrap();
        let (mut one, mut two, mut three) = (call(), call(), call());
        assert!(grow(&mut one, half) && grow(&mut two, half), "there is room for two");
        assert!(!grow(&mut three, 1) && three.refused(), "and for nobody else");
        assert!(three.crowded_out(), "which is for what the others hold");
        assert!(!grow(&mut one, 1), "nor for more of one");
        assert!(one.refused() && !one.crowded_out(), "which is its own bound");
        drop(one);
        assert!(grow(&mut three, half), "what one had is free again");
        drop((two, three));
        assert_eq!(live.held(), 0);
        assert_eq!(live.peak(), half);
    }
}
