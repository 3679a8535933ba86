//! Memory comes back: a thousand hostile calls in a row leave the process no larger than it was.

use std::{fs, process::Command};

use crate::{
    host::{ask, host_for, picture},
    modes::{Ends, all},
};

/// Calls in a row.
const CALLS: usize = 1_000;

/// Bytes by which the process may have grown after them.
const GROWTH: usize = 20 << 20;

/// Resident bytes of this process.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() << 10
}

/// Other tests would be measured as well, so this runs in a process of its own, started below.
#[test]
#[ignore = "run by the test below"]
fn measured() {
    let hostile: Vec<_> = all()
        .filter(|mode| !matches!(mode.ends, Ends::Timeout))
        .filter_map(|mode| host_for(mode).load(&mode.component()).ok())
        .collect();
    assert!(hostile.len() >= 40, "{}", hostile.len());
    let before = resident();
    for plugin in hostile.iter().cycle().take(CALLS) {
        ask(plugin, &picture());
    }
    let after = resident();
    println!("{before} bytes before, {after} after");
    assert!(after < before + GROWTH);
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_hostile_calls_leave_the_process_no_larger() {
    let mut own = Command::new(std::env::current_exe().unwrap());
    let run = own.args(["--exact", "returned::measured", "--ignored"]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
