//! The other ways to keep a stranger's code out of one's process, measured beside ours.

use std::{path::Path, process::Command, time::Duration};

use serde::Deserialize;

use crate::{table::Figures, timing::Timing};

/// Processes that are started.
const STARTS: usize = 50;

/// What the peer prints; times in nanoseconds.
#[derive(Deserialize)]
struct Peer {
    compile: u64,
    fresh: u64,
    fresh_99: u64,
    warm: u64,
    read: u64,
    similarity: f64,
    components: f64,
}

pub(crate) fn measure(figures: &mut Figures) {
    process(figures, "spawn `/bin/true`, median", "/bin/true", &[]);
    process(figures, "spawn `python3 -c pass`, median", "python3", &["-c", "pass"]);
    match peer() {
        Ok(peer) => {
            let mut time = |what, nanoseconds| {
                figures.time(what, Duration::from_nanos(nanoseconds));
            };
            time("Extism: fresh call, median", peer.fresh);
            time("Extism: fresh call, 99 of 100", peer.fresh_99);
            time("Extism: call into a warm instance, median", peer.warm);
            time("Extism: compiling, median", peer.compile);
            time("Extism: 1024x1024 RGBA handed over and read: more", peer.read);
            figures.ratio("Extism: similarity, against native", peer.similarity);
            figures.ratio("Extism: components, against native", peer.components);
        }
        Err(why) => figures.not_run("Extism", &why),
    }
}

fn process(figures: &mut Figures, what: &str, program: &str, arguments: &[&str]) {
    let start = || Command::new(program).args(arguments).status();
    match start() {
        Ok(status) if status.success() => figures.time(what, Timing::of(STARTS, start).median()),
        Ok(status) => figures.not_run(what, &status.to_string()),
        Err(error) => figures.not_run(what, &error.to_string()),
    }
}

/// Builds and runs `bench/peers/extism`, a workspace of its own, because it brings another version
/// of wasmtime along.
fn peer() -> Result<Peer, String> {
    eprintln!("building the peer Extism; the first time this takes minutes");
    let manifest =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/peers/extism/Cargo.toml");
    let run = Command::new("cargo")
        .args(["run", "--quiet", "--release", "--locked", "--manifest-path"])
        .arg(manifest)
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !run.status.success() {
        let said = String::from_utf8_lossy(&run.stderr);
        eprintln!("{said}");
        return Err(said.lines().last().unwrap_or("it said nothing").to_owned());
    }
    serde_json::from_slice(&run.stdout).map_err(|error| error.to_string())
}
