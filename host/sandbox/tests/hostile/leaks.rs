//! Carrying something from one call to the next, or from one plugin to another: statics, memory,
//! tables, handles, the clock and chance.

use pentimento_sandbox::{Allocation, SandboxSettings};

use crate::{
    host::{Host, ask, check, critique_of, picture},
    modes::{Critic, Ends, HONEST, Mode},
};

/// Marks everything a guest can mark, and counts the marks it found: in a global, in memory it
/// started with, in memory it grew, in a table, among its handles.
const MARKING: Critic = Critic {
    start: "(global $mark (mut i32) (i32.const 0))
        (table $table 1 10 funcref) (elem declare func $honest)
        (func $marks (result i32)
            (local $page i32)
            (local.set $page (memory.grow (i32.const 100)))
            (i32.add
                (i32.add
                    (i32.add (global.get $mark) (i32.load (i32.const 60000)))
                    (i32.add
                        (i32.load (i32.mul (local.get $page) (i32.const 65536)))
                        (i32.load (i32.add (i32.const 65532)
                            (i32.mul (i32.const 65536) (i32.add (local.get $page)
                                (i32.const 99)))))))
                (i32.add
                    (i32.eqz (ref.is_null (table.get $table (i32.const 0))))
                    (i32.sub (i32.const 9) (call $spare)))))
        (func $spare (result i32)
            (drop (table.grow $table (ref.null func) (i32.const 9)))
            (i32.sub (table.size $table) (i32.const 1)))
        (func $leave
            (global.set $mark (i32.const 1))
            (memory.fill (i32.const 59000) (i32.const 1) (i32.const 6540000))
            (drop (call $new (i32.const 5)))
            (table.set $table (i32.const 0) (ref.func $honest))
            (table.fill $table (i32.const 0) (ref.func $honest) (table.size $table)))",
    assess: "(local $found i32)
        (local.set $found (call $marks))
        (call $leave)
        (call $report (local.get $candidate) (local.get $found))",
    ..HONEST
};

/// The same marks as another plugin, so that its bytes, and the pool's slots for it, differ.
const SEARCHING: Critic = Critic {
    assess: "(local $found i32)
        (local.set $found (call $marks))
        (call $report (local.get $candidate) (local.get $found))",
    ..MARKING
};

pub(crate) const MODES: &[Mode] = &[
    Mode::critic("marks left for the next call", MARKING, Ends::Counts(0)),
    Mode::assess(
        "asking the clock until it moves",
        "(local $left i32) (local $first i64) (local $moved i32)
        (call $now (i32.const 512))
        (local.set $first (i64.load (i32.const 520)))
        (local.set $left (i32.const 100000))
        (loop $again
            (call $now (i32.const 512))
            (local.set $moved (i32.add (local.get $moved)
                (i64.ne (local.get $first) (i64.load (i32.const 520)))))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))
        (call $report (local.get $candidate) (local.get $moved))",
        Ends::Counts(0),
    ),
    Mode::assess(
        "asking chance until it repeats",
        "(local $left i32) (local $first i64) (local $again i32)
        (call $next (i32.const 512))
        (local.set $first (i64.load (i32.const 520)))
        (local.set $left (i32.const 100000))
        (loop $more
            (call $next (i32.const 512))
            (local.set $again (i32.add (local.get $again)
                (i64.eq (local.get $first) (i64.load (i32.const 520)))))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $more (local.get $left)))
        (call $report (local.get $candidate) (local.get $again))",
        Ends::Counts(0),
    ),
];

#[test]
fn a_guest_finds_nothing_to_measure_with() {
    check(MODES);
}

#[test]
fn nothing_survives_a_call_whoever_comes_next() {
    for allocation in [Allocation::Pooled, Allocation::OnDemand] {
        let allocation = Some(allocation);
        let host = Host::new(SandboxSettings { allocation, ..SandboxSettings::default() });
        let marking = host.load(&MARKING.component()).unwrap();
        let searching = host.load(&SEARCHING.component()).unwrap();
        for round in 0..40 {
            for plugin in [&marking, &searching] {
                let found = critique_of(ask(plugin, &picture())).findings;
                let step = found.first().and_then(|finding| finding.place);
                assert_eq!(step, Some(pentimento_model::Place::Step(0)), "round {round}");
            }
        }
    }
}

#[test]
fn chance_is_the_same_in_every_call_with_the_same_seed() {
    let host = Host::new(SandboxSettings::default());
    let chance = Critic {
        assess: "(call $next (i32.const 512))
            (call $report (local.get $candidate) (i32.load (i32.const 520)))",
        ..HONEST
    };
    let plugin = host.load(&chance.component()).unwrap();
    let first = critique_of(ask(&plugin, &picture()));
    assert_eq!(first.findings.len(), 1);
    assert_eq!(critique_of(ask(&plugin, &picture())), first);
}
