//! Lanes: threads that carry out runs, and who carries out which.
//!
//! Threads that take each other's work leave no core idle, which counts while few runs compute. But they give a
//! run that has waited to whichever of them is free: what one has in its caches another one needs then, and what
//! one took of the memory another one gives back, with ten thousand runs a fifth of the processor's time
//! (docs/benchmarks.md). So a crowd goes in lanes, one for each core, and a run stays where it began. With so
//! many in each, no lane is idle for long while another one has too much to do.

use std::{fmt, io, num::NonZeroUsize, sync::Arc, thread::available_parallelism};

use futures::FutureExt as _;
use tokio::{
    runtime::{Builder, Runtime},
    task::JoinSet,
};

/// Runs at once for each core, from which on they are a crowd.
const CROWD: usize = 64;

/// So many steps of runs a thread carries out before it looks whose answer has come meanwhile.
///
/// A thread's queue holds 256 of them, and what is beyond comes last. Looked at more often, as tokio does after
/// 61, thousands of answers that come later are gone on with before those that wait, so that the last run of
/// all ends later. More bring nothing that could be measured, and a step may compute for a millisecond or two. Once
/// no step is left, or none but those of plugins that compute, it looks at once in any case.
const STEPS_IN_A_ROW: u32 = 1024;

/// Threads that carry out runs.
pub struct Lanes {
    first: Lane,
    others: Vec<Lane>,
}

/// Threads that take each other's work, and what they carry out.
struct Lane {
    runtime: Runtime,
    /// Everything that is under way here holds one.
    under_way: Arc<()>,
}

impl Lanes {
    /// For so many runs at once, on all cores that this machine has for us.
    ///
    /// # Errors
    ///
    /// If the operating system gives no more threads.
    pub fn open(runs: usize) -> io::Result<Self> {
        Self::on(available_parallelism().unwrap_or(NonZeroUsize::MIN), runs)
    }

    /// The same on so many cores.
    ///
    /// # Errors
    ///
    /// If the operating system gives no more threads.
    pub fn on(cores: NonZeroUsize, runs: usize) -> io::Result<Self> {
        let is_crowd = runs / cores >= CROWD;
        let (lanes, threads) = if is_crowd { (cores.get(), 1) } else { (1, cores.get()) };
        let others = (1..lanes).map(|_| Lane::open(threads)).collect::<Result<_, _>>()?;
        Ok(Self { first: Lane::open(threads)?, others })
    }

    /// Carries out a task on the lane with the fewest, the first of several; there it stays.
    pub fn spawn<T: Send + 'static>(
        &self,
        tasks: &mut JoinSet<T>,
        task: impl Future<Output = T> + Send + 'static,
    ) {
        let load = |lane: &&Lane| Arc::strong_count(&lane.under_way);
        let lane = [&self.first].into_iter().chain(&self.others).min_by_key(load);
        let Lane { runtime, under_way } = lane.unwrap_or(&self.first);
        let place = under_way.clone();
        // No block of `async`, which would have room for the task twice.
        tasks.spawn_on(task.inspect(move |_| drop(place)), runtime.handle());
    }

    /// Waits for tasks, and whatever else goes by this clock, on the thread that calls.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.first.runtime.block_on(future)
    }
}

impl Lane {
    /// One thread alone may still wait for a disk (`block_in_place`): another one goes on with its tasks
    /// meanwhile, which a runtime of the calling thread could not have.
    fn open(threads: usize) -> io::Result<Self> {
        let mut runtime = Builder::new_multi_thread();
        runtime.worker_threads(threads).event_interval(STEPS_IN_A_ROW).enable_all();
        Ok(Self { runtime: runtime.build()?, under_way: Arc::default() })
    }
}

impl fmt::Debug for Lanes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lanes")
            .field("lanes", &(1 + self.others.len()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
