//! What hostile calls cost the others: how far a guest that never returns overruns its deadline, and
//! what an honest call costs where a thousand hostile ones were, in the same run.

use std::{fs, time::Duration};

use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{Allocation, Limits};

use crate::{
    guests::{Asker, HOSTILE, TRIVIAL, sandbox},
    table::{Bar, Figure, Figures},
    timing::Timing,
};

/// The deadline of guests that never return.
const DEADLINE: Duration = Duration::from_millis(100);

/// Guests that never return.
const LOOPS: usize = 50;

/// Misdeeds that end at once, one of each kind of ending.
const MISDEEDS: [&str; 5] = ["trap", "memory", "handles", "nan score", "many texts"];

/// Hostile calls in a row.
const HOSTILE_CALLS: usize = 1_000;

/// Honest calls in turn, there and where nothing hostile ever was: so many blocks of so many.
const BLOCKS: usize = 40;
const HONEST_CALLS: usize = 500;

pub(crate) fn measure(figures: &mut Figures) {
    overrun(figures);
    afterwards(figures);
}

fn overrun(figures: &mut Figures) {
    let sandbox = sandbox(Allocation::Pooled, Limits { wall_time: DEADLINE, ..Limits::default() });
    let plugin = HOSTILE.load(&sandbox, &Grant::of(Capability::ALL));
    let asker = Asker::new(&plugin, 8);
    let mut timing = Timing::new();
    for _ in 0..LOOPS {
        timing.time(|| asker.ask("loop"));
    }
    let beyond = |time: Duration| time.saturating_sub(DEADLINE);
    figures.time("a tight loop beyond its deadline, median", beyond(timing.median()));
    let most = Duration::from_millis(20);
    figures.time_at_most(&format!("the same, worst of {LOOPS}"), beyond(timing.worst()), most);
}

fn afterwards(figures: &mut Figures) {
    let limits = Limits { wall_time: Duration::from_mins(1), memory: 16 << 20 };
    let [quiet, harassed] = [(); 2].map(|()| sandbox(Allocation::Pooled, limits));
    let (alone, honest) =
        (TRIVIAL.load(&quiet, &Grant::default()), TRIVIAL.load(&harassed, &Grant::default()));
    let hostile = HOSTILE.load(&harassed, &Grant::of(Capability::ALL));
    let (alone, honest) = (Asker::new(&alone, 8), Asker::new(&honest, 8));
    let hostile = Asker::new(&hostile, 8);
    for asker in [&alone, &honest] {
        calls(asker, &mut Timing::new());
    }
    let before = resident();
    for misdeed in MISDEEDS.iter().cycle().take(HOSTILE_CALLS) {
        hostile.ask(misdeed);
    }
    let grown = resident().zip(before).map(|(after, before)| after - before);
    let [mut without, mut with] = [Timing::new(), Timing::new()];
    for _ in 0..BLOCKS {
        calls(&alone, &mut without);
        calls(&honest, &mut with);
    }
    let ratio = with.median().as_secs_f64() / without.median().as_secs_f64();
    let what = format!("honest call after {HOSTILE_CALLS} hostile ones, against one without");
    figures.ratio_at_most(&what, ratio, 1.05);
    let what = format!("resident memory after {HOSTILE_CALLS} hostile calls: more");
    match grown {
        Some(grown) => {
            figures.add(&what, Figure::Bytes(grown), Bar::AtMost(Figure::Bytes(20 << 20)));
        }
        None => figures.not_run(&what, "this system has no /proc/self/status"),
    }
}

/// A block of honest calls.
fn calls(asker: &Asker<'_>, timing: &mut Timing) {
    for _ in 0..HONEST_CALLS {
        timing.time(|| asker.ask("x"));
    }
}

/// Resident bytes of this process.
fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<i64>().ok()? << 10)
}
