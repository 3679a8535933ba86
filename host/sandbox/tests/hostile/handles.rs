//! Handles: forged, used twice, kept, leaked, or a hundred thousand of them.

use pentimento_model::FaultKind::{Lie, Limit};

use crate::{
    host::check,
    modes::{Ends, Mode},
};

const TOO_MANY: Ends = Ends::Fault(Limit, "it holds more than 1000 handles at once");

const fn lie(what: &'static str) -> Ends {
    Ends::Fault(Lie, what)
}

pub(crate) const MODES: &[Mode] = &[
    Mode::assess(
        "a hundred thousand handles of the host",
        "(local $left i32)
        (local.set $left (i32.const 100000))
        (loop $again
            (call $picture (local.get $candidate) (i32.const 512))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))
        (call $honest (local.get $candidate))",
        TOO_MANY,
    ),
    Mode::assess(
        "a hundred thousand handles of its own",
        "(local $left i32)
        (local.set $left (i32.const 100000))
        (loop $again
            (drop (call $new (local.get $left)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))
        (call $honest (local.get $candidate))",
        TOO_MANY,
    ),
    Mode::assess(
        "a hundred thousand handles, one after the other",
        "(local $left i32)
        (local.set $left (i32.const 100000))
        (loop $again
            (call $drop (call $new (local.get $left)))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))
        (call $honest (local.get $candidate))",
        Ends::Harmless,
    ),
    Mode::assess(
        "leaving handles behind",
        "(local $left i32)
        (local.set $left (i32.const 900))
        (loop $again
            (call $picture (local.get $candidate) (i32.const 512))
            (local.set $left (i32.sub (local.get $left) (i32.const 1)))
            (br_if $again (local.get $left)))
        (call $honest (local.get $candidate))",
        Ends::Harmless,
    ),
    Mode::assess(
        "a handle that was never given",
        "(drop (call $size (i32.const 1234))) (unreachable)",
        lie("it hands over what it may not: unknown handle index 1234"),
    ),
    Mode::assess(
        "handle zero",
        "(drop (call $size (i32.const 0))) (unreachable)",
        lie("it hands over what it may not: unknown handle index 0"),
    ),
    Mode::assess(
        "a negative handle",
        "(drop (call $size (i32.const -1))) (unreachable)",
        lie("it hands over what it may not: unknown handle index 4294967295"),
    ),
    Mode::assess(
        "a handle used after it was given back",
        "(call $drop-artifact (local.get $candidate))
        (drop (call $size (local.get $candidate))) (unreachable)",
        lie("it hands over what it may not: unknown handle index 1"),
    ),
    Mode::assess(
        "a handle given back twice",
        "(call $drop-artifact (local.get $candidate)) (call $honest (local.get $candidate))",
        lie("it hands over what it may not: unknown handle index 1"),
    ),
    Mode::assess(
        "a picture given back twice",
        "(call $picture (local.get $candidate) (i32.const 512))
        (call $drop-image (i32.load (i32.const 516)))
        (call $drop-image (i32.load (i32.const 516)))
        (unreachable)",
        lie("it hands over what it may not: unknown handle index 2"),
    ),
    Mode::assess(
        "an artifact's handle used as a picture's",
        "(call $resize (local.get $candidate) (i32.const 1) (i32.const 1) (i32.const 512))
        (unreachable)",
        lie(
            "it hands over what it may not: handle index 1 used with the wrong type, expected guest-defined resource but found a different guest-defined resource",
        ),
    ),
    Mode::assess(
        "the candidate's handle kept",
        "(drop (call $honest (i32.const 0))) (unreachable)",
        lie("it hands over what it may not: unknown handle index 0"),
    ),
    Mode::assess(
        "the candidate's handle not given back",
        "(f32.store (i32.const 1036) (f32.const 1)) (i32.const 1024)",
        lie("it hands over what it may not: borrow handles still remain at the end of the call"),
    ),
    Mode::assess(
        "a handle made from thin air",
        "(call $drop (i32.const 77)) (unreachable)",
        lie("it hands over what it may not: unknown handle index 77"),
    ),
];

#[test]
fn handles_can_be_neither_forged_nor_hoarded_and_the_host_goes_on() {
    check(MODES);
}
