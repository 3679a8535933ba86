//! How long something takes, over many goes.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// Durations of many goes at the same thing.
pub(crate) struct Timing {
    nanoseconds: Histogram<u64>,
}

impl Timing {
    pub(crate) fn new() -> Self {
        Self { nanoseconds: Histogram::new(3).unwrap() }
    }

    /// Times one go.
    pub(crate) fn time<T>(&mut self, go: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = go();
        self.add(start.elapsed());
        result
    }

    pub(crate) fn add(&mut self, duration: Duration) {
        self.nanoseconds.record(u64::try_from(duration.as_nanos()).unwrap().max(1)).unwrap();
    }

    /// Goes that were not timed, a tenth as many, and then those that are.
    pub(crate) fn of<T>(goes: usize, mut go: impl FnMut() -> T) -> Self {
        let mut timing = Self::new();
        for _ in 0..goes.div_ceil(10) {
            go();
        }
        for _ in 0..goes {
            timing.time(&mut go);
        }
        timing
    }

    pub(crate) fn median(&self) -> Duration {
        self.below(0.5)
    }

    /// What this part of the goes took at most.
    pub(crate) fn below(&self, part: f64) -> Duration {
        Duration::from_nanos(self.nanoseconds.value_at_quantile(part))
    }

    pub(crate) fn best(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.min())
    }

    pub(crate) fn worst(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.max())
    }
}
