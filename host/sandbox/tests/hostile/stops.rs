//! Not coming back: wherever a guest's code runs, its deadline and its stack end it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use pentimento_model::{Brief, FaultKind::Trap, Seed};
use tokio::task::JoinSet;

use crate::{
    host::{SHORT, check, picture},
    modes::{Critic, Ends, HONEST, Mode},
};

const STACK: Ends = Ends::Fault(Trap, "wasm trap: call stack exhausted");
const UNREACHABLE: Ends = Ends::Fault(Trap, "wasm trap: wasm `unreachable` instruction executed");

pub(crate) const MODES: &[Mode] = &[
    Mode::assess("a tight loop", "(loop $again (br $again)) (unreachable)", Ends::Timeout),
    Mode::critic(
        "a loop in the start function",
        Critic { start: "(func $run (loop $again (br $again))) (start $run)", ..HONEST },
        Ends::Timeout,
    ),
    Mode::critic(
        "a loop in realloc",
        Critic {
            libc: "(memory (export \"memory\") 1)
                (func (export \"realloc\") (param i32 i32 i32 i32) (result i32)
                    (loop $again (br $again)) (unreachable))",
            ..HONEST
        },
        Ends::Timeout,
    ),
    Mode::critic(
        "a loop in post-return",
        Critic {
            start: "(func (export \"done\") (param i32) (loop $again (br $again)))",
            lift: "(post-return (core func $main \"done\"))",
            ..HONEST
        },
        Ends::Timeout,
    ),
    Mode::assess(
        "a loop of host calls",
        "(loop $again (drop (call $size (local.get $candidate))) (br $again)) (unreachable)",
        Ends::Timeout,
    ),
    Mode::assess(
        "a loop of host calls that take long",
        "(call $picture (local.get $candidate) (i32.const 512))
        (loop $again
            (call $resize (i32.load (i32.const 516)) (i32.const 2000) (i32.const 2000)
                (i32.const 528))
            (call $drop-image (i32.load (i32.const 532)))
            (br $again))
        (unreachable)",
        Ends::Timeout,
    ),
    Mode::critic(
        "tail calls without end",
        Critic {
            start: "(func $run (result i32) (return_call $run))",
            assess: "(call $run)",
            ..HONEST
        },
        Ends::Timeout,
    ),
    Mode::assess(
        "filling all memory again and again",
        "(drop (memory.grow (i32.const 200)))
        (loop $again
            (memory.fill (i32.const 0) (i32.const 1) (i32.const 13107200))
            (br $again))
        (unreachable)",
        Ends::Timeout,
    ),
    Mode::critic(
        "recursion without end",
        Critic {
            start: "(func $deeper (param $depth i64) (result i64)
                (i64.add (local.get $depth)
                    (call $deeper (i64.add (local.get $depth) (i64.const 1)))))",
            assess: "(drop (call $deeper (i64.const 0))) (unreachable)",
            ..HONEST
        },
        STACK,
    ),
    Mode::critic(
        "recursion through a table",
        Critic {
            start: "(table funcref (elem $deeper)) (type $step (func (result i32)))
                (func $deeper (type $step)
                    (i32.add (i32.const 1) (call_indirect (type $step) (i32.const 0))))",
            assess: "(call $deeper)",
            ..HONEST
        },
        STACK,
    ),
    Mode::critic(
        "recursion with a host call on every level",
        Critic {
            start: "(func $deeper (param $handle i32) (result i64)
                (i64.add (call $size (local.get $handle))
                    (i64.add (call $deeper (local.get $handle))
                        (call $size (local.get $handle)))))",
            assess: "(drop (call $deeper (local.get $candidate))) (unreachable)",
            ..HONEST
        },
        STACK,
    ),
    Mode::critic(
        "recursion in the start function",
        Critic {
            start: "(func $deeper (call $deeper) (drop (memory.grow (i32.const 0))))
                (start $deeper)",
            ..HONEST
        },
        STACK,
    ),
    Mode::critic(
        "a trap in the start function",
        Critic { start: "(func $run (unreachable)) (start $run)", ..HONEST },
        UNREACHABLE,
    ),
    Mode::critic(
        "a trap in realloc",
        Critic {
            libc: "(memory (export \"memory\") 1)
                (func (export \"realloc\") (param i32 i32 i32 i32) (result i32) (unreachable))",
            ..HONEST
        },
        UNREACHABLE,
    ),
    Mode::critic(
        "a trap in post-return",
        Critic {
            start: "(func (export \"done\") (param i32) (unreachable))",
            lift: "(post-return (core func $main \"done\"))",
            ..HONEST
        },
        UNREACHABLE,
    ),
    Mode::assess(
        "a division by zero",
        "(i32.div_u (local.get $length) (i32.const 0))",
        Ends::Fault(Trap, "wasm trap: integer divide by zero"),
    ),
    Mode::assess(
        "reading beyond its memory",
        "(i32.load (i32.const -4))",
        Ends::Fault(Trap, "wasm trap: out of bounds memory access"),
    ),
    Mode::critic(
        "calling a function that is not in the table",
        Critic {
            start: "(table 1 funcref) (type $step (func (result i32)))",
            assess: "(call_indirect (type $step) (i32.const 0))",
            ..HONEST
        },
        Ends::Fault(Trap, "wasm trap: uninitialized element"),
    ),
    Mode::critic(
        "data that lies outside its memory",
        Critic { start: "(data (i32.const -1) \"far\")", ..HONEST },
        Ends::Fault(Trap, "wasm trap: out of bounds memory access"),
    ),
    Mode::critic(
        "calling the host from within realloc",
        Critic {
            libc: "(memory (export \"memory\") 1)
                (table $hooks (export \"hooks\") 1 funcref)
                (type $hook (func (param i32)))
                (func (export \"realloc\") (param i32 i32 i32 i32) (result i32)
                    (if (i32.eqz (ref.is_null (table.get $hooks (i32.const 0))))
                        (then (call_indirect $hooks (type $hook)
                            (i32.const 512) (i32.const 0))))
                    (i32.const 32768))",
            imports: "(import \"libc\" \"hooks\" (table $hooks 1 funcref))",
            start: "(elem declare func $now)",
            assess: "(table.set $hooks (i32.const 0) (ref.func $now))
                (call $media-type (local.get $candidate) (i32.const 512))
                (call $honest (local.get $candidate))",
            ..HONEST
        },
        Ends::Fault(Trap, "wasm trap: cannot leave component instance"),
    ),
    Mode::critic(
        "waiting for another thread",
        Critic {
            start: "(memory $own 1 1 shared)",
            assess: "(memory.atomic.wait32 $own (i32.const 0) (i32.const 0) (i64.const -1))",
            ..HONEST
        },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: threads must be enabled for shared memories",
        ),
    ),
];

#[test]
fn whoever_does_not_come_back_is_stopped_and_the_host_goes_on() {
    check(MODES);
}

/// A thread that looks for answers only when nobody is ready, as one does that carries out a crowd. Guests that
/// compute are always ready.
#[test]
fn whoever_waits_for_an_answer_hears_of_it_while_guests_compute() {
    let mut thread = tokio::runtime::Builder::new_multi_thread();
    let thread = thread.worker_threads(1).event_interval(u32::MAX).enable_time().build().unwrap();
    let plugin = SHORT.load(&MODES[0].component()).unwrap();
    let (heard, mut guests) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
    for _ in 0..2 {
        let (assessor, heard) = (plugin.assessor().unwrap(), heard.clone());
        let computed = async move {
            assessor.assess(&Brief::from_idea("a cat"), &picture(), Seed(7)).await;
            heard.load(Ordering::Relaxed)
        };
        guests.spawn_on(computed, thread.handle());
    }
    let answer = async move {
        tokio::time::sleep(Duration::from_millis(30)).await;
        heard.store(true, Ordering::Relaxed);
    };
    let answered = thread.spawn(answer);
    assert_eq!(thread.block_on(guests.join_all()), [true, true], "the answer came 270 ms before");
    thread.block_on(answered).unwrap();
}
