//! What one call costs, from nothing to answer.

use std::{
    thread,
    time::{Duration, Instant},
};

use pentimento_model::Grant;
use pentimento_sandbox::{Allocation, Limits, LoadedPlugin, Sandbox, SandboxSettings};

use crate::{
    bare::Bare,
    guests::{Asker, TRIVIAL, sandbox},
    table::{Bar, Figure, Figures},
    timing::Timing,
};

/// Calls that are timed one by one.
const CALLS: usize = 20_000;

/// Calls of each thread, timed together.
const CALLS_IN_A_ROW: u32 = 40_000;

/// Loads from the cache.
const LOADS: usize = 500;

pub(crate) fn measure(figures: &mut Figures) {
    let micros = Duration::from_micros;
    let pooled = sandbox(Allocation::Pooled, Limits::default());
    let plugin = TRIVIAL.load(&pooled, &Grant::default());
    let timing = one_by_one(&plugin);
    figures.time_at_most("fresh call, median", timing.median(), micros(30));
    figures.time_at_most("fresh call, 99 of 100", timing.below(0.99), micros(200));
    let (one, two) = (rate(&plugin, 1), rate(&plugin, 2));
    figures.add("fresh calls, one thread", Figure::PerSecond(one), Bar::None);
    let least = Bar::AtLeast(Figure::PerSecond(40_000.0));
    figures.add("fresh calls, two threads", Figure::PerSecond(two), least);

    let on_demand = sandbox(Allocation::OnDemand, Limits::default());
    let plugin = TRIVIAL.load(&on_demand, &Grant::default());
    figures.time("fresh call without the pool, median", one_by_one(&plugin).median());
    let bare = Bare::new(Allocation::Pooled);
    figures.time("instance alone, median", Timing::of(CALLS, || bare.start()).median());
    let mut warm = bare.start();
    figures.time("call into a warm instance, median", Timing::of(CALLS, || warm.call()).median());
    loads(figures);
}

fn one_by_one(plugin: &LoadedPlugin) -> Timing {
    let asker = Asker::new(plugin, 8);
    Timing::of(CALLS, || asker.ask("x"))
}

/// Calls a second of so many threads that share the sandbox.
fn rate(plugin: &LoadedPlugin, threads: u32) -> f64 {
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let asker = Asker::new(plugin, 8);
                for _ in 0..CALLS_IN_A_ROW {
                    asker.ask("x");
                }
            });
        }
    });
    f64::from(threads * CALLS_IN_A_ROW) / start.elapsed().as_secs_f64()
}

/// Loading: compiled, and from the cache.
fn loads(figures: &mut Figures) {
    let folder = tempfile::tempdir().unwrap();
    let cache_dir = Some(folder.path().to_owned());
    let caching = SandboxSettings { cache_dir, ..SandboxSettings::default() };
    let caching = Sandbox::new(caching).unwrap();
    let load = || TRIVIAL.load(&caching, &Grant::default());
    let first = Timing::of(1, load);
    let most = Duration::from_millis(1);
    figures.time_at_most("load from the cache, median", Timing::of(LOADS, load).median(), most);
    let plain = sandbox(Allocation::Pooled, Limits::default());
    drop(first);
    let cold = Timing::of(10, || TRIVIAL.load(&plain, &Grant::default()));
    figures.time("load with compiling, median", cold.median());
}
