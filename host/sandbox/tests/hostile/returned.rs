//! Everything comes back: a thousand hostile calls in a row leave the process as it was, in bytes,
//! threads and files, and the sandbox with nothing in use.

use std::{fs, process::Command, time::Duration};

use pentimento_sandbox::InUse;

use crate::{
    host::{Host, ask, ends_late, picture},
    modes::all,
};

/// Calls in a row.
const CALLS: usize = 1_000;

/// Bytes by which the process may have grown after them.
const GROWTH: usize = 20 << 20;

/// The time of calls that only their deadline ends: two ticks, so that a thousand calls take seconds.
const HASTE: Duration = Duration::from_millis(20);

/// A number of `/proc/self/status`.
fn status(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().unwrap()
}

/// Threads and open files.
fn held() -> (usize, usize) {
    (status("Threads"), fs::read_dir("/proc/self/fd").unwrap().count())
}

/// Other tests would be measured as well, so this runs in a process of its own, started below.
#[test]
#[ignore = "run by the test below"]
fn measured() {
    let (patient, hasty) = (Host::with(Duration::from_mins(1)), Host::with(HASTE));
    let host_for = |late: bool| if late { &hasty } else { &patient };
    let load = |mode: &crate::modes::Mode| host_for(ends_late(mode)).load(&mode.component()).ok();
    let (late, others): (Vec<_>, Vec<_>) = all().partition(|mode| ends_late(mode));
    let hostile: Vec<_> = late.iter().chain(&others).filter_map(load).collect();
    assert!(late.len() >= 8 && hostile.len() >= 48, "{} of {}", late.len(), hostile.len());
    let (before, held_before) = (status("VmRSS") << 10, held());
    for plugin in hostile.iter().cycle().take(CALLS) {
        ask(plugin, &picture());
    }
    let after = status("VmRSS") << 10;
    println!("{before} bytes before, {after} after");
    assert!(after < before + GROWTH);
    assert_eq!(held(), held_before, "threads and files");
    for host in [&patient, &hasty] {
        assert_eq!(host.in_use(), InUse::default());
    }
    patient.check_it_goes_on("a thousand hostile calls");
}

#[test]
fn an_honest_call_executes_the_same_after_every_mode() {
    let host = Host::counting(HASTE);
    let alone = host.honest_work();
    assert!(alone > 0);
    for mode in all() {
        if let Ok(plugin) = host.load(&mode.component()) {
            ask(&plugin, &picture());
            assert_eq!(host.honest_work(), alone, "after `{}`", mode.name);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_hostile_calls_leave_the_process_no_larger() {
    let mut own = Command::new(std::env::current_exe().unwrap());
    let run = own.args(["--exact", "returned::measured", "--ignored"]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
