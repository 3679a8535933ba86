//! Hostile guests that do not come back or ask for too much: each limit has one that trips it, and
//! after each the next good call works.

use std::time::Duration;

use pentimento_model::{Argument, Assessment, Brief, FaultKind, Seed};
use pentimento_sandbox::{Allocation, Quarantine, RunScope, Sandbox, SandboxSettings};

use crate::guest::Guest;
use crate::guests::{
    ECHO, HOSTILE, TRIVIAL, ask, everything, fault_of, hurried, load, picture, tight, wait,
};

fn check(misdeed: &str, kind: FaultKind, message: &str) {
    check_with(tight(), misdeed, kind, message);
}

fn check_with(settings: SandboxSettings, misdeed: &str, kind: FaultKind, message: &str) {
    let plugin = load(settings, &HOSTILE, &everything());
    let fault = fault_of(ask(&plugin, misdeed, &picture()));
    assert_eq!((fault.kind, fault.message.as_str()), (kind, message));
    let next = ask(&plugin, "behave", &picture());
    assert!(matches!(next, Assessment::Given { .. }), "the next call suffers: {next:?}");
}

#[test]
fn an_endless_loop_ends_at_the_deadline() {
    check_with(hurried(), "loop", FaultKind::Timeout, "it did not answer within 500ms");
}

#[test]
fn endless_recursion_runs_out_of_stack_not_of_our_stack() {
    check("recurse", FaultKind::Trap, "wasm trap: call stack exhausted");
}

#[test]
fn a_trap_is_a_fault() {
    check("trap", FaultKind::Trap, "wasm trap: wasm `unreachable` instruction executed");
}

#[test]
fn a_panic_is_a_fault() {
    check("panic", FaultKind::Trap, "wasm trap: wasm `unreachable` instruction executed");
}

#[test]
fn memory_beyond_the_budget_is_refused_and_named() {
    check("memory", FaultKind::Limit, "it needs more than the 16 MiB of memory it may have");
}

#[test]
fn an_author_may_tighten_the_limits_and_not_widen_them() {
    for (asked, mib) in [(2, 2), (15, 15), (64, 16), (u32::MAX, 16)] {
        let limits = format!("{}\n[limits]\nmemory-mib = {asked}\n", HOSTILE.manifest);
        let guest = Guest { manifest: limits, component: HOSTILE.component.clone() };
        let fault = fault_of(ask(&load(tight(), &guest, &everything()), "memory", &picture()));
        let message = format!("it needs more than the {mib} MiB of memory it may have");
        assert_eq!((fault.kind, fault.message), (FaultKind::Limit, message), "{asked}");
    }
    for (asked, ms) in [(20, 20), (u32::MAX, 500)] {
        let limits = format!("{}\n[limits]\nwall-ms = {asked}\n", HOSTILE.manifest);
        let guest = Guest { manifest: limits, component: HOSTILE.component.clone() };
        let fault = fault_of(ask(&load(hurried(), &guest, &everything()), "loop", &picture()));
        let message = format!("it did not answer within {ms}ms");
        assert_eq!((fault.kind, fault.message), (FaultKind::Timeout, message), "{asked}");
    }
}

#[test]
fn handles_beyond_the_table_end_the_call() {
    check("handles", FaultKind::Limit, "it holds more than 1000 handles at once");
}

#[test]
fn more_data_than_may_be_handed_over_ends_the_call() {
    check("many texts", FaultKind::Limit, "it hands over more than 1024 KiB at once");
}

#[test]
fn pictures_beyond_the_budget_are_refused() {
    check(
        "pictures",
        FaultKind::Failed,
        "a picture of 1000×1000 cannot be had: it must have 1 to 16000000 pixels, and all pictures \
         made in one call at most 64 MiB (too-large)",
    );
}

#[test]
fn a_picture_larger_than_any_computer_is_refused() {
    check(
        "huge picture",
        FaultKind::Failed,
        "a picture of 4294967295×4294967295 cannot be had: it must have 1 to 16000000 pixels, and \
         all pictures made in one call at most 64 MiB (too-large)",
    );
}

#[test]
fn pixels_outside_the_picture_are_refused() {
    check(
        "outside",
        FaultKind::Failed,
        "the rectangle 2×4294967295 at (4294967295, 1) is empty or not inside the picture of 8×4 \
         (out-of-range)",
    );
}

#[test]
fn the_same_bounds_hold_where_address_space_is_short() {
    let settings = |settings: SandboxSettings| SandboxSettings {
        allocation: Some(Allocation::OnDemand),
        ..settings
    };
    let rows = [
        (hurried(), "loop", FaultKind::Timeout, "it did not answer within 500ms"),
        (tight(), "recurse", FaultKind::Trap, "wasm trap: call stack exhausted"),
        (
            tight(),
            "memory",
            FaultKind::Limit,
            "it needs more than the 16 MiB of memory it may have",
        ),
    ];
    for (bounds, misdeed, kind, message) in rows {
        check_with(settings(bounds), misdeed, kind, message);
    }
}

#[test]
fn endless_logging_ends_at_the_deadline_and_leaves_a_short_clean_log() {
    let plugin = load(hurried(), &HOSTILE, &everything());
    let fault = fault_of(ask(&plugin, "log", &picture()));
    assert_eq!(fault.kind, FaultKind::Timeout);
    assert!(fault.log.len() < 40, "{} lines", fault.log.len());
    assert!(fault.log.iter().map(String::len).sum::<usize>() < 5_000);
    assert!(fault.log.iter().all(|line| !line.contains(char::is_control)), "{:?}", fault.log);
}

#[test]
fn many_calls_at_once_wait_for_their_turn() {
    let plugin = load(tight(), &HOSTILE, &everything());
    let assessor = plugin.assessor().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap();
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let assessor = std::sync::Arc::clone(&assessor);
            runtime.spawn(async move {
                let brief = Brief::from_idea("behave");
                assessor.assess(&brief, &picture(), Seed(1)).await
            })
        })
        .collect();
    for call in calls {
        let assessment = runtime.block_on(call).unwrap();
        assert!(matches!(assessment, Assessment::Given { .. }), "{assessment:?}");
    }
}

#[test]
fn few_of_those_that_only_compute_are_at_it_at_once() {
    let threads = std::thread::available_parallelism().unwrap().get();
    let quarantine = Quarantine::NEVER;
    let sandbox = Sandbox::new(SandboxSettings { quarantine, ..hurried() }).unwrap();
    let hostile = sandbox.load(&HOSTILE.manifest, &HOSTILE.component, &everything()).unwrap();
    let assessor = hostile.assessor().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_time().build().unwrap();
    let calls: Vec<_> = (0..2 * threads + 4)
        .map(|_| {
            let assessor = std::sync::Arc::clone(&assessor);
            runtime.spawn(async move {
                assessor.assess(&Brief::from_idea("loop"), &picture(), Seed(1)).await
            })
        })
        .collect();
    let mut most = 0;
    while !calls.iter().all(tokio::task::JoinHandle::is_finished) {
        most = most.max(sandbox.in_use().calls);
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!((1..=2 * threads).contains(&most), "{most} at once");
    for call in calls {
        let fault = fault_of(runtime.block_on(call).unwrap());
        assert_eq!(fault.kind, FaultKind::Timeout, "all had their turn");
    }
}

#[test]
fn a_plugin_that_keeps_breaking_is_no_longer_called_and_others_are() {
    let sandbox = Sandbox::new(tight()).unwrap();
    let load =
        |guest: &Guest| sandbox.load(&guest.manifest, &guest.component, &everything()).unwrap();
    let (hostile, honest) = (load(&HOSTILE), load(&TRIVIAL));
    for _ in 0..5 {
        assert_eq!(fault_of(ask(&hostile, "trap", &picture())).kind, FaultKind::Trap);
    }
    let fault = fault_of(ask(&hostile, "behave", &picture()));
    let message = "it is in quarantine: 5 of its last 20 calls broke, so it is not called any more";
    assert_eq!((fault.kind, fault.message.as_str()), (FaultKind::Limit, message));
    assert!(matches!(ask(&honest, "go on", &picture()), Assessment::Given { .. }));
}

#[test]
fn a_tool_that_was_told_five_impossible_things_in_one_run_still_works_in_others() {
    let sandbox = Sandbox::new(tight()).unwrap();
    let tool = sandbox.load(&ECHO.manifest, &ECHO.component, &everything()).unwrap();
    let perform = |run: &RunScope, repeat: &str| {
        let arguments = [Argument::new("repeat", repeat)];
        wait(tool.clone().in_run(run).tool().unwrap().perform(&arguments, &[], Seed(1)))
    };
    let (greedy, modest) = (RunScope::default(), RunScope::default());
    for _ in 0..5 {
        assert!(perform(&greedy, "4000000000").is_err(), "no memory holds that");
        assert!(perform(&modest, "2").is_ok());
    }
    let fault = perform(&greedy, "2").unwrap_err();
    assert_eq!(fault.kind, FaultKind::Limit);
    assert!(
        fault.message.contains("5 of its last 20 calls in this run broke"),
        "{}",
        fault.message
    );
    assert!(perform(&modest, "2").is_ok() && perform(&RunScope::default(), "2").is_ok());
}
