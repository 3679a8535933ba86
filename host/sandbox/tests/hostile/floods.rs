//! Asking for too much: memory, tables, instances, texts, lines.

use pentimento_model::FaultKind::{Failed, Lie, Limit};

use crate::{
    host::check,
    modes::{Critic, Ends, HONEST, Mode},
};

const MEMORY: Ends = Ends::Fault(Limit, "it needs more than the 16 MiB of memory it may have");
const TABLE: Ends = Ends::Fault(Limit, "it needs a table of more than 100000 elements");
const HANDED_OVER: Ends = Ends::Fault(Limit, "it hands over more than 1024 KiB at once");

pub(crate) const MODES: &[Mode] = &[
    Mode::assess(
        "growing memory page by page, using each",
        "(local $page i32)
        (loop $again
            (local.set $page (memory.grow (i32.const 1)))
            (i32.store (i32.mul (local.get $page) (i32.const 65536)) (i32.const 1))
            (br $again))
        (unreachable)",
        MEMORY,
    ),
    Mode::assess(
        "growing memory by all there is at once",
        "(i32.load (i32.mul (memory.grow (i32.const 65535)) (i32.const 65536)))",
        MEMORY,
    ),
    Mode::critic(
        "a memory that starts larger than allowed",
        Critic { start: "(memory $own 300)", ..HONEST },
        MEMORY,
    ),
    Mode::critic(
        "two memories that together are too large",
        Critic {
            start: "(memory $own 1)",
            assess: "(drop (memory.grow $memory (i32.const 130)))
                (if (i32.eq (memory.grow $own (i32.const 130)) (i32.const -1))
                    (then (unreachable)))
                (call $honest (local.get $candidate))",
            ..HONEST
        },
        MEMORY,
    ),
    Mode::assess(
        "growing memory, and being content with a refusal",
        "(drop (memory.grow (i32.const 65535)))
        (call $report (local.get $candidate) (memory.size))",
        Ends::Counts(1),
    ),
    Mode::critic(
        "growing a table without end",
        Critic {
            start: "(table $own 1 funcref)",
            assess: "(loop $again
                    (drop (table.grow $own (ref.null func) (i32.const 1000)))
                    (br $again))
                (unreachable)",
            ..HONEST
        },
        TABLE,
    ),
    Mode::critic(
        "growing memory and tables in turn",
        Critic {
            start: "(table $one 1 funcref) (table $two 1 funcref)",
            assess: "(loop $again
                    (drop (memory.grow (i32.const 1)))
                    (drop (table.grow $one (ref.null func) (i32.const 1000)))
                    (drop (table.grow $two (ref.null func) (i32.const 1001)))
                    (br $again))
                (unreachable)",
            ..HONEST
        },
        TABLE,
    ),
    Mode::critic(
        "a table that starts larger than allowed",
        Critic { start: "(table 100001 funcref)", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not have: \
             module table does not fit in pooling allocator requirements: table index 0 has a minimum element size of 100001 which exceeds the limit of 100000",
        ),
    ),
    Mode::assess(
        "a log line of two mebibytes",
        "(drop (memory.grow (i32.const 40)))
        (memory.fill (i32.const 65536) (i32.const 120) (i32.const 2097152))
        (call $write (i32.const 3) (i32.const 65536) (i32.const 2097152))
        (call $honest (local.get $candidate))",
        HANDED_OVER,
    ),
    Mode::assess(
        "log lines without end",
        "(loop $again
            (call $write (i32.const 0) (i32.const 4096) (i32.const 6))
            (br $again))
        (unreachable)",
        Ends::Timeout,
    ),
    Mode::assess(
        "a log line of a gibibyte that is not there",
        "(call $write (i32.const 0) (i32.const 65536) (i32.const 1073741824))
        (unreachable)",
        Ends::Fault(
            Lie,
            "it hands over what it may not: string pointer/length out of bounds of memory",
        ),
    ),
    Mode::assess(
        "scaled pictures without end",
        "(call $picture (local.get $candidate) (i32.const 512))
        (loop $again
            (call $resize (i32.load (i32.const 516)) (i32.const 1000) (i32.const 1000)
                (i32.const 528))
            (br_if $again (i32.eqz (i32.load8_u (i32.const 528)))))
        (drop (call $honest (local.get $candidate)))
        (memory.copy (i32.const 1028) (i32.const 532) (i32.const 16))
        (i32.store8 (i32.const 1024) (i32.const 1))
        (i32.const 1024)",
        Ends::Fault(
            Failed,
            "a picture of 1000×1000 cannot be had: it must have 1 to 16000000 pixels, and all \
             pictures made in one call at most 64 MiB (too-large)",
        ),
    ),
    Mode::assess(
        "a tile larger than its memory",
        "(call $picture (local.get $candidate) (i32.const 512))
        (call $resize (i32.load (i32.const 516)) (i32.const 2048) (i32.const 2048)
            (i32.const 528))
        (call $tile (i32.load (i32.const 532)) (i32.const 0) (i32.const 0) (i32.const 2048)
            (i32.const 2048) (i32.const 544))
        (call $honest (local.get $candidate))",
        Ends::Fault(Lie, "it hands over what it may not: realloc return: beyond end of memory"),
    ),
];

#[test]
fn whoever_asks_for_too_much_is_refused_and_the_host_goes_on() {
    check(MODES);
}
