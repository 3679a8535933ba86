//! What is no plugin of ours: other bytes, other versions, other interfaces, other features.

use pentimento_model::FaultKind::Instantiate;

use crate::{
    host::{check, picture},
    modes::{Critic, Ends, HONEST, Mode},
};

fn component(text: &str) -> Vec<u8> {
    wat::parse_str(format!("(component {text})")).unwrap()
}

fn replaced(from: &str, to: &str) -> Vec<u8> {
    let text = include_str!("critic.wat");
    assert!(text.contains(from), "{from}");
    HONEST.in_frame(&text.replace(from, to))
}

pub(crate) const MODES: &[Mode] = &[
    Mode::made(
        "nothing at all",
        Vec::new,
        Ends::NotLetIn("the plugin `stranger` is not WebAssembly"),
    ),
    Mode::made(
        "a picture",
        || picture().bytes.to_vec(),
        Ends::NotLetIn("the plugin `stranger` is not WebAssembly"),
    ),
    Mode::made(
        "a core module",
        || wat::parse_str("(module (func (export \"assess\")))").unwrap(),
        Ends::NotLetIn("the plugin `stranger` is a core WebAssembly module, not a component"),
    ),
    Mode::made(
        "a core module that says it is a component",
        || {
            let mut module = wat::parse_str("(module (func (export \"assess\")))").unwrap();
            module.splice(4..8, [13, 0, 1, 0]);
            module
        },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: magic header not detected: bad magic number - expected=[     0x0,     \
             0x61,     0x73,     0x6d, ] actual=[     0x1,     0x60,     0x0,     0x0, ]",
        ),
    ),
    Mode::made(
        "another version of our interfaces",
        || replaced("critiquing@0.1.0", "critiquing@0.7.0"),
        Ends::NotLetIn(
            "the plugin `stranger` needs `pentimento:plugin/critiquing@0.7.0`, and this host \
             speaks `0.1.0`",
        ),
    ),
    Mode::made(
        "another version of a facet",
        || replaced("random@0.1.0", "random@1.0.0"),
        Ends::NotLetIn(
            "the plugin `stranger` needs `pentimento:plugin/random@1.0.0`, and this host speaks \
             `0.1.0`",
        ),
    ),
    Mode::made(
        "no export",
        || component(""),
        Ends::NotLetIn(
            "the plugin `stranger` is said to be a critic, but does not export \
             `pentimento:plugin/critiquing@0.1.0`",
        ),
    ),
    Mode::critic(
        "an import of the file system",
        Critic { before: "(import \"wasi:filesystem/preopens@0.2.6\" (instance))", ..HONEST },
        Ends::NotLetIn(
            "the plugin `stranger` imports `wasi:filesystem/preopens@0.2.6`, which this host \
             does not offer",
        ),
    ),
    Mode::critic(
        "an import of another component",
        Critic { before: "(import \"helper\" (component))", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: failed to parse WebAssembly module: root-level component imports are not supported",
        ),
    ),
    Mode::critic(
        "an import of a core module",
        Critic { before: "(import \"helper\" (core module))", ..HONEST },
        Ends::NotLetIn("the plugin `stranger` imports `helper`, which this host does not offer"),
    ),
    Mode::critic(
        "a facet it does not ask for",
        Critic {
            before: "(import \"pentimento:plugin/settings@0.1.0\" (instance
                (export \"get\" (func (param \"key\" string) (result string)))))",
            ..HONEST
        },
        Ends::NotLetIn(
            "the plugin `stranger` uses the facet `settings`, which its `plugin.toml` does not \
             want",
        ),
    ),
    Mode::made(
        "a function that its facet does not have",
        || {
            replaced(
                "(export \"next\" (func (result (result u64 (error $failure)))))",
                "(export \"next\" (func (result (result u64 (error $failure)))))
                 (export \"reseed\" (func (param \"seed\" u64)))",
            )
        },
        Ends::NotLetIn(
            "the plugin `stranger` does not fit the host's interfaces: component imports \
             instance `pentimento:plugin/random@0.1.0`, but a matching implementation was \
             not found in the linker: instance export `reseed` has the wrong type: function \
             implementation is missing",
        ),
    ),
    Mode::made(
        "a facet's function with other types",
        || {
            replaced(
                "(param \"self\" (borrow $artifact)) (result u64)",
                "(param \"self\" (borrow $image)) (result u64)",
            )
        },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: export name `[method]artifact.size` is not valid function does not \
             match expected resource name `image`",
        ),
    ),
    Mode::made(
        "another type of answer",
        || replaced("(field \"confidence\" f32)", "(field \"confidence\" f64)"),
        Ends::Fault(Instantiate, "expected `f32` found `f64`"),
    ),
    Mode::critic(
        "a component's start function",
        Critic { after: "(func $run (import \"run\")) (start $run)", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: support for component model `value`s is not enabled",
        ),
    ),
    Mode::critic(
        "memory of 64 bits",
        Critic { start: "(memory $own i64 1)", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: memory64 must be enabled for 64-bit memories",
        ),
    ),
    Mode::critic(
        "garbage-collected objects",
        Critic { start: "(type $pair (struct (field i32)))", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: cannot define struct types when gc types are disabled",
        ),
    ),
    Mode::critic(
        "an exported function that is async",
        Critic { lift: "async", ..HONEST },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: canonical option `async` requires the component model async feature",
        ),
    ),
    Mode::critic(
        "an import by an address with control characters",
        Critic { before: "(import \"url=<x\\1b[2J\\0a>\" (func))", ..HONEST },
        Ends::NotLetIn(
            "the plugin `stranger` imports `url=<x[2J >`, which this host does not offer",
        ),
    ),
    Mode::made(
        "an import named with control characters",
        || {
            let bytes = component("(import \"aaaaaa\" (func))");
            let at = bytes.windows(6).position(|window| window == b"aaaaaa").unwrap();
            let mut bytes = bytes;
            bytes.splice(at..at + 6, *b"\x1b[2J\x07\n");
            bytes
        },
        Ends::NotLetIn(
            "the component of `stranger` is damaged or uses features this host does not \
             have: import name `[2J ` is not a valid extern name `[2J ` is not in kebab \
             case",
        ),
    ),
];

#[test]
fn what_is_no_plugin_of_ours_is_not_let_in_and_the_host_goes_on() {
    check(MODES);
}
