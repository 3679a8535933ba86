//! What a call into the sandbox costs, next to the alternatives: `cargo bench -p
//! pentimento-sandbox`. The column `median` of `fresh_assess` with the pool is the figure the
//! project promises to keep below 50 µs.
//!
//! Warm calls and bare instantiation are measured on wasmtime itself, with the sandbox's settings,
//! because the sandbox offers neither.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark that cannot go on must stop")]

mod bare;
#[path = "../../tests/sandbox/guest.rs"]
mod guest;
mod guests;
mod hostile;

use std::process::Command;

use divan::{Bencher, counter::ItemsCount};
use pentimento_model::{Brief, Grant, Seed};
use pentimento_sandbox::{Allocation, Sandbox, SandboxSettings};
use tokio::runtime::{Builder, Runtime};

use guests::{TRIVIAL, WITNESS, picture};

const BOTH: [Allocation; 2] = [Allocation::Pooled, Allocation::OnDemand];

fn main() {
    divan::main();
}

thread_local! {
    /// One a thread: making one costs more than a call.
    static RUNTIME: Runtime = runtime();
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}

fn sandbox(allocation: Allocation) -> Sandbox {
    let allocation = Some(allocation);
    Sandbox::new(SandboxSettings { allocation, ..SandboxSettings::default() }).unwrap()
}

/// One opinion: fresh store, fresh instance, call, checked answer, all dropped again. On one and
/// on two threads that share the sandbox.
#[divan::bench(args = BOTH, threads = [1, 2], sample_count = 2000, sample_size = 5)]
fn fresh_assess(bencher: Bencher, allocation: Allocation) {
    let sandbox = sandbox(allocation);
    let plugin = sandbox.load(&TRIVIAL.manifest, &TRIVIAL.component, &Grant::default()).unwrap();
    let (assessor, brief, candidate) =
        (plugin.assessor().unwrap(), Brief::from_idea("x"), picture(8));
    bencher
        .counter(ItemsCount::new(1_u32))
        .with_inputs(runtime)
        .bench_refs(|runtime| runtime.block_on(assessor.assess(&brief, &candidate, Seed(1))));
}

/// The same with a guest that copies and sums a picture of 512×512, decoded before.
#[divan::bench(args = BOTH)]
fn fresh_assess_of_a_picture(bencher: Bencher, allocation: Allocation) {
    let sandbox = sandbox(allocation);
    let everything = Grant::of(pentimento_model::Capability::ALL).with_private_input_and_egress();
    let plugin = sandbox.load(&WITNESS.manifest, &WITNESS.component, &everything).unwrap();
    let (assessor, brief, candidate) =
        (plugin.assessor().unwrap(), Brief::from_idea("sum"), picture(512));
    bencher.bench_local(|| wait(assessor.assess(&brief, &candidate, Seed(1))));
}

/// A fresh store and instance, and nothing called.
#[divan::bench(args = BOTH)]
fn instantiate_alone(bencher: Bencher, allocation: Allocation) {
    let bare = bare::Bare::new(allocation);
    bencher.bench_local(|| bare.start());
}

/// A call into an instance that is already there.
#[divan::bench]
fn warm_call(bencher: Bencher) {
    let bare = bare::Bare::new(Allocation::Pooled);
    let mut warm = bare.start();
    bencher.bench_local(|| warm.call());
}

/// A plugin with an empty cache: checked, compiled, linked.
#[divan::bench(sample_count = 20)]
fn load_cold(bencher: Bencher) {
    let sandbox = sandbox(Allocation::Pooled);
    bencher.bench_local(|| {
        sandbox.load(&TRIVIAL.manifest, &TRIVIAL.component, &Grant::default()).unwrap()
    });
}

/// A plugin whose compiled form is in the cache: read, seal checked, linked.
#[divan::bench]
fn load_cached(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    let cache_dir = Some(folder.path().to_owned());
    let sandbox =
        Sandbox::new(SandboxSettings { cache_dir, ..SandboxSettings::default() }).unwrap();
    let load = || sandbox.load(&TRIVIAL.manifest, &TRIVIAL.component, &Grant::default()).unwrap();
    load();
    bencher.bench_local(load);
}

/// Setting up a sandbox, its pool and its ticker.
#[divan::bench(args = BOTH)]
fn start_sandbox(allocation: Allocation) -> Sandbox {
    sandbox(allocation)
}

/// The usual other way to keep a stranger's code out of one's process.
#[divan::bench]
fn spawn_a_process() {
    assert!(Command::new("/bin/true").status().unwrap().success());
}
