//! Components meant to cost the checker or the compiler more than they cost their author.

use std::fmt::Write;

use crate::{
    host::check,
    modes::{Ends, HONEST, Mode},
};

/// A critic with a further core module in front.
fn with_module(module: &str) -> Vec<u8> {
    let text = include_str!("critic.wat").replace("{before}", &format!("(core module {module})"));
    HONEST.in_frame(&text)
}

fn functions(many: usize, body: &str) -> Vec<u8> {
    with_module(&format!("(func {body})").repeat(many))
}

/// One function that jumps to as many places as this.
fn jumps(many: usize) -> Vec<u8> {
    let targets = "0 ".repeat(many);
    functions(1, &format!("(block (br_table {targets} (i32.const 0)))"))
}

/// A type nested as deep as this, in an exported function.
fn nested(depth: usize) -> Vec<u8> {
    let mut text = "(component (type $t0 u8)".to_owned();
    for level in 1..=depth {
        write!(text, "(type $t{level} (option $t{}))", level - 1).unwrap();
    }
    write!(text, "(import \"deep\" (func (param \"it\" $t{depth}))))").unwrap();
    wat::parse_str(&text).unwrap()
}

/// A type that doubles in size with every level.
fn doubling(levels: usize) -> Vec<u8> {
    let mut text = "(component (type $t0 (tuple u8 u8))".to_owned();
    for level in 1..=levels {
        let below = level - 1;
        write!(text, "(type $t{level} (tuple $t{below} $t{below}))").unwrap();
    }
    write!(text, "(import \"wide\" (func (param \"it\" $t{levels}))))").unwrap();
    wat::parse_str(&text).unwrap()
}

/// Components in components, as deep as this. Written byte by byte, from the innermost outwards and
/// backwards: the text format stops earlier.
fn boxes(depth: usize) -> Vec<u8> {
    const HEADER: &[u8] = b"\0asm\x0d\0\x01\0";
    const COMPONENT_SECTION: u8 = 4;
    let mut backwards: Vec<u8> = HEADER.iter().rev().copied().collect();
    for _ in 0..depth {
        let mut rest = backwards.len();
        let mut length = Vec::new();
        while rest >= 0x80 {
            length.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        length.push(rest.to_le_bytes()[0]);
        backwards.extend(length.iter().rev());
        backwards.push(COMPONENT_SECTION);
        backwards.extend(HEADER.iter().rev());
    }
    backwards.reverse();
    backwards
}

const FUNCTIONS: &str = "the component of `stranger` has more than 40000 functions";
const FUNCTION: &str = "the component of `stranger` has more than 1048576 bytes in one function";
const NESTING: &str =
    "the component of `stranger` has more than 8 levels of components in one another";

pub(crate) const MODES: &[Mode] = &[
    Mode::made("fifty thousand functions", || functions(50_000, ""), Ends::NotLetIn(FUNCTIONS)),
    Mode::made(
        "a function of two mebibytes",
        || functions(1, &"(drop (i32.const 1))".repeat(700_000)),
        Ends::NotLetIn(FUNCTION),
    ),
    Mode::made(
        "a function with more variables than there are",
        || functions(1, &format!("(local {})", "i64 ".repeat(60_000))),
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: too many locals: locals exceed maximum",
        ),
    ),
    Mode::made(
        "components nested a hundred thousand deep",
        || boxes(100_000),
        Ends::NotLetIn(NESTING),
    ),
    Mode::made(
        "ten thousand functions",
        || functions(10_000, "(drop (i32.const 1))"),
        Ends::Harmless,
    ),
    Mode::made(
        "a jump table of two hundred thousand places",
        || jumps(200_000),
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: failed to compile: wasm[0]::function[0]: WebAssembly translation error: \
             Unsupported feature: `br_table` has 199999 targets, which exceeds the \
             implementation limit of 65520",
        ),
    ),
    Mode::made(
        "a type nested a thousand deep",
        || nested(1_000),
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: type nesting is too deep",
        ),
    ),
    Mode::made(
        "a type of a billion fields",
        || doubling(30),
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: effective type size exceeds the limit of 1000000",
        ),
    ),
    Mode::made("components nested a thousand deep", || boxes(1_000), Ends::NotLetIn(NESTING)),
    Mode::made(
        "more instances than a component may have",
        || with_module(") (core instance (instantiate 0)".repeat(80).as_str()),
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: The component transitively contains 82 core module instances, which \
             exceeds the configured maximum of 64 in the pooling allocator",
        ),
    ),
];

#[test]
fn what_costs_the_compiler_too_much_is_not_let_in_and_the_host_goes_on() {
    check(MODES);
}
