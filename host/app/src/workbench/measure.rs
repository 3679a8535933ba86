//! How long a plugin takes and how much memory: compiled, loaded, called.
//!
//! It measures one machine at one moment. Whether that is quick enough is for the reader to say.

use std::{
    thread,
    time::{Duration, Instant},
};

use pentimento_easel::{Easel, Preset};
use pentimento_model::{Artifact, Fault, Seed};
use pentimento_sandbox::{LoadedPlugin, RunLimits, RunScope, Sandbox, SandboxSettings};
use tokio::runtime::Runtime;

use super::{WorkbenchError, among_bundled, load_alone};
use crate::{
    AppError,
    trial::{self, Came, Case, Task},
};

/// Loads from the cache that are timed: each takes well under a millisecond.
const WARM_LOADS: usize = 50;

/// Calls that are timed at least, however slow they are: fewer have no percentiles.
const FEWEST_CALLS: usize = 20;

/// Calls that are timed at most: a hundredth of them is still a hundred.
const MOST_CALLS: usize = 10_000;

/// What the plugin is asked about if no case says it: a picture the embedded painter can paint.
const IDEA: &str = "three red apples to the left of a blue cup";

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What the plugin was asked: a case's name, or a picture of our own.
    pub asked: String,
    /// Checked, compiled and linked, with an empty cache.
    pub cold_load: Duration,
    /// The same from the cache: the median.
    pub warm_load: Duration,
    /// Calls that were timed one by one.
    pub calls: usize,
    /// One call, fresh instance included: the median.
    pub p50: Duration,
    /// One call: 99 of 100 are quicker.
    pub p99: Duration,
    /// Calls a second on one thread, and on two.
    pub calls_per_second: [f64; 2],
    /// The most bytes of linear memory a call had.
    pub peak_memory: usize,
}

/// Measures a plugin with a case, or with a picture of our own; about `span` for each of the
/// three series of calls.
pub fn measure(
    manifest: &str,
    component: &[u8],
    case: Option<&Case>,
    span: Duration,
) -> Result<Measured, AppError> {
    let sandbox = Sandbox::new(SandboxSettings::default())?;
    let begun = Instant::now();
    let plugin = load_alone(&sandbox, manifest, component)?;
    let cold_load = begun.elapsed();
    let plugin = among_bundled(&sandbox, plugin)?;
    let warm_load = warm_load(manifest, component)?;
    let runtime = runtime()?;
    let (asked, task) = match case {
        Some(case) => (format!("the case `{}`", case.name()), case.task().clone()),
        None => (format!("a picture of {IDEA}"), runtime.block_on(painted())?),
    };
    let settings = case.map(|case| case.settings().clone()).unwrap_or_default();
    // A run's budget is for runs; this one may take as long as it was told to.
    let run = RunScope::new(RunLimits::UNBOUNDED);
    let call = Call { plugin: plugin.configured(settings).in_run(&run), asked, task };
    // The first call decodes the picture for all others.
    call.answered(&runtime)?;
    let mut times = timed_calls(&runtime, &call, span)?;
    times.sort();
    let calls_per_second = [rate(&call, 1, span)?, rate(&call, 2, span)?];
    Ok(Measured {
        asked: call.asked,
        cold_load,
        warm_load,
        calls: times.len(),
        p50: percentile(&times, 50),
        p99: percentile(&times, 99),
        calls_per_second,
        peak_memory: sandbox.peak_memory(),
    })
}

/// What is called again and again.
struct Call {
    plugin: LoadedPlugin,
    asked: String,
    task: Task,
}

impl Call {
    /// One call. One that fails is worth no figure, so it is an error.
    fn answered(&self, runtime: &Runtime) -> Result<(), AppError> {
        match runtime.block_on(trial::ask(&self.plugin, &self.task))? {
            Came::Fault(Fault { message, .. }) => {
                Err(WorkbenchError::NoAnswer { asked: self.asked.clone(), message }.into())
            }
            Came::Opinion(_) | Came::Answer(_) => Ok(()),
        }
    }
}

fn runtime() -> Result<Runtime, WorkbenchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|source| WorkbenchError::Measure { source })
}

/// The median time of a load from a cache of its own.
fn warm_load(manifest: &str, component: &[u8]) -> Result<Duration, AppError> {
    let folder = tempfile::tempdir().map_err(|source| WorkbenchError::Measure { source })?;
    let cache_dir = Some(folder.path().to_owned());
    let sandbox = Sandbox::new(SandboxSettings { cache_dir, ..SandboxSettings::default() })?;
    load_alone(&sandbox, manifest, component)?;
    let mut times = Vec::with_capacity(WARM_LOADS);
    for _ in 0..WARM_LOADS {
        let begun = Instant::now();
        load_alone(&sandbox, manifest, component)?;
        times.push(begun.elapsed());
    }
    times.sort();
    Ok(percentile(&times, 50))
}

/// A picture for critics and verifiers; a tool is called without arguments.
async fn painted() -> Result<Task, WorkbenchError> {
    let made = Easel::new(Preset::Perfect).generate(IDEA, Seed(1)).await;
    let made = made.map_err(|error| WorkbenchError::Measure {
        source: std::io::Error::other(error.to_string()),
    })?;
    Ok(Task::about(IDEA, Artifact::new(made.media_type, made.bytes)))
}

fn timed_calls(runtime: &Runtime, call: &Call, span: Duration) -> Result<Vec<Duration>, AppError> {
    let begun = Instant::now();
    let mut times = Vec::new();
    while times.len() < FEWEST_CALLS || (begun.elapsed() < span && times.len() < MOST_CALLS) {
        let called = Instant::now();
        call.answered(runtime)?;
        times.push(called.elapsed());
    }
    Ok(times)
}

/// Calls a second with this many threads, each with a runtime of its own.
fn rate(call: &Call, threads: usize, span: Duration) -> Result<f64, AppError> {
    let count = || -> Result<u32, AppError> {
        let runtime = runtime()?;
        let (begun, mut calls) = (Instant::now(), 0);
        while calls == 0 || begun.elapsed() < span {
            call.answered(&runtime)?;
            calls += 1;
        }
        Ok(calls)
    };
    let begun = Instant::now();
    let counts = thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        let ended = started.into_iter().map(|one| {
            let broke = || WorkbenchError::Measure {
                source: std::io::Error::other("a thread that called the plugin broke off"),
            };
            one.join().map_err(|_| AppError::from(broke()))?
        });
        ended.collect::<Result<Vec<u32>, AppError>>()
    })?;
    let calls: u32 = counts.iter().sum();
    Ok(f64::from(calls) / begun.elapsed().as_secs_f64())
}

/// The nearest rank in a sorted list: the smallest value that is not less than this part of all.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let times: Vec<_> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }
}
