//! Measures Extism with the kernels of the sandbox's benchmark, and prints the figures as JSON, times
//! in nanoseconds. Run by `cargo bench -p pentimento-sandbox -- neighbours`.

use std::{
    error::Error,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use extism::{CompiledPlugin, Manifest, Plugin, PluginBuilder, Wasm};
use hdrhistogram::Histogram;
use kernels::{Work, sum};
use pentimento_forge::{GUEST_TARGET, Toolchain};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// As in `host/sandbox/benches/bars`.
const CALLS: usize = 20_000;
const READINGS: usize = 200;
const TIMES: u32 = 8;
const ROUNDS: usize = 15;
const SIDE: usize = 1024;

fn main() -> Fallible<()> {
    let wasm = guest()?;
    let compile = timed(10, || compiled(&wasm))?;
    let plugin = compiled(&wasm)?;
    let fresh = timed(CALLS, || {
        let mut instance = Plugin::new_from_compiled(&plugin)?;
        instance.call::<&str, String>("assess", "x")
    })?;
    let mut instance = Plugin::new_from_compiled(&plugin)?;
    let warm = timed(CALLS, || instance.call::<&str, String>("assess", "x"))?;
    let pixels: Vec<u8> = (0..SIDE * SIDE * 4).map(|place| (place % 251) as u8).collect();
    let read = timed(READINGS, || {
        let mut instance = Plugin::new_from_compiled(&plugin)?;
        instance.call::<&[u8], String>("read", &pixels)
    })?;
    let natively = timed(READINGS, || Ok(sum(black_box(&pixels))))?;
    println!(
        "{}",
        serde_json::json!({
            "compile": compile.value_at_quantile(0.5),
            "fresh": fresh.value_at_quantile(0.5),
            "fresh_99": fresh.value_at_quantile(0.99),
            "warm": warm.value_at_quantile(0.5),
            "read": read.value_at_quantile(0.5).saturating_sub(natively.value_at_quantile(0.5)),
            "similarity": ratio(&plugin, "similarity", Work::Similarity)?,
            "components": ratio(&plugin, "components", Work::Components)?,
        })
    );
    Ok(())
}

/// A kernel here against the same natively, without what making the pictures costs.
fn ratio(plugin: &CompiledPlugin, name: &str, work: Work) -> Fallible<f64> {
    let within = |times: u32| {
        timed(ROUNDS, || {
            let mut instance = Plugin::new_from_compiled(plugin)?;
            instance.call::<String, String>("work", format!("{name} {times}"))
        })
    };
    let natively = |times: u32| timed(ROUNDS, || Ok(work.done(black_box(times))));
    let net = |all: Histogram<u64>, idle: Histogram<u64>| {
        all.value_at_quantile(0.5).saturating_sub(idle.value_at_quantile(0.5)) as f64
    };
    Ok(net(within(TIMES)?, within(0)?) / net(natively(TIMES)?, natively(0)?))
}

fn timed<T>(
    goes: usize,
    mut go: impl FnMut() -> Result<T, extism::Error>,
) -> Fallible<Histogram<u64>> {
    let mut timing = Histogram::new(3)?;
    for number in 0..goes + goes.div_ceil(10) {
        let start = Instant::now();
        let result = go()?;
        let elapsed = start.elapsed();
        drop(result);
        if number >= goes.div_ceil(10) {
            timing.record(elapsed.as_nanos() as u64)?;
        }
    }
    Ok(timing)
}

fn compiled(wasm: &[u8]) -> Result<CompiledPlugin, extism::Error> {
    PluginBuilder::new(Manifest::new([Wasm::data(wasm)])).with_cache_disabled().compile()
}

/// Builds the plugin with the toolchain that builds ours.
fn guest() -> Fallible<Vec<u8>> {
    let toolchain = Toolchain::find()?;
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::current_exe()?.with_file_name("extism-guest");
    // The toolchain's `wasm-ld` adds `-flavor wasm`, and so does rustc for a plain module.
    let lld = toolchain.linker.with_file_name("rust-lld");
    let upper = GUEST_TARGET.to_uppercase().replace('-', "_");
    let built = Command::new("cargo")
        .current_dir(workspace)
        .args(["build", "--quiet", "--release", "--locked", "--package", "extism-guest"])
        .args(["--target", GUEST_TARGET])
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", &target)
        .env(format!("CARGO_TARGET_{upper}_LINKER"), &lld)
        .env(format!("CARGO_TARGET_{upper}_RUSTFLAGS"), "-Ctarget-feature=+simd128")
        .status()?;
    if !built.success() {
        return Err("the guest could not be built".into());
    }
    let wasm: PathBuf = target.join(GUEST_TARGET).join("release").join("extism_guest.wasm");
    Ok(fs::read(wasm)?)
}
