//! What hostile calls cost the others: how far a guest that never returns overruns its deadline, and
//! what an honest call costs before and after a thousand hostile ones, in the same run.

use std::time::Duration;

use divan::Bencher;
use pentimento_model::{Assessment, Brief, Capability, Grant, Seed};
use pentimento_sandbox::{Limits, LoadedPlugin, Quarantine, Sandbox, SandboxSettings};

use crate::{
    guest::guest,
    guests::{TRIVIAL, picture},
    wait,
};

/// The deadline of guests that never return. What is measured beyond it is the overrun, which must
/// stay below two ticks, 20 ms.
const DEADLINE: Duration = Duration::from_millis(100);

/// Misdeeds that end at once, one of each kind of ending.
const MISDEEDS: [&str; 5] = ["trap", "memory", "handles", "nan score", "many texts"];

fn sandbox(wall_time: Duration) -> Sandbox {
    let limits = Limits { wall_time, memory: 16 << 20 };
    let quarantine = Quarantine::NEVER;
    Sandbox::new(SandboxSettings { limits, quarantine, ..SandboxSettings::default() }).unwrap()
}

fn hostile(sandbox: &Sandbox) -> LoadedPlugin {
    let guest = guest("hostile");
    sandbox.load(&guest.manifest, &guest.component, &Grant::of(Capability::ALL)).unwrap()
}

fn ask(plugin: &LoadedPlugin, idea: &str) -> Assessment {
    let candidate = picture(8);
    wait(plugin.assessor().unwrap().assess(&Brief::from_idea(idea), &candidate, Seed(1)))
}

/// A tight loop with a deadline of 100 ms.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn loop_with_100_ms(bencher: Bencher) {
    let plugin = hostile(&sandbox(DEADLINE));
    bencher.bench_local(|| ask(&plugin, "loop"));
}

/// An honest call after so many hostile ones.
#[divan::bench(args = [0, 1_000], sample_count = 2000, sample_size = 5)]
fn honest_after_hostile(bencher: Bencher, calls: usize) {
    let sandbox = sandbox(Duration::from_mins(1));
    let (plugin, bad) = (
        sandbox.load(&TRIVIAL.manifest, &TRIVIAL.component, &Grant::default()).unwrap(),
        hostile(&sandbox),
    );
    for misdeed in MISDEEDS.iter().cycle().take(calls) {
        ask(&bad, misdeed);
    }
    let (assessor, brief, candidate) =
        (plugin.assessor().unwrap(), Brief::from_idea("x"), picture(8));
    bencher.bench_local(|| wait(assessor.assess(&brief, &candidate, Seed(1))));
}
