//! What is not let in, and what its author or the operator is told.

use std::error::Error;

use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{Sandbox, SandboxError, SandboxSettings};

use crate::guests::{ECHO, HOSTILE, TRIVIAL, WITNESS, everything};

const CRITIC: &str = "name = \"stranger\"\nversion = \"1\"\nrole = \"critic\"\n\
                      world = \"pentimento:plugin/critic@0.1.0\"\n";

fn refusal(manifest: &str, component: &[u8]) -> SandboxError {
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    sandbox.load(manifest, component, &everything()).unwrap_err()
}

fn check(manifest: &str, component: &[u8], message: &str, hint: &str) {
    let error = refusal(manifest, component);
    assert_eq!(error.to_string(), message);
    assert!(error.hint().unwrap().contains(hint), "{:?}", error.hint());
}

fn component(wat: &str) -> Vec<u8> {
    wat::parse_str(format!("(component {wat})")).unwrap()
}

#[test]
fn bytes_that_are_no_component() {
    let rows: [(&[u8], &str, &str); 3] = [
        (b"", "the plugin `stranger` is not WebAssembly", "complete"),
        (b"#!/bin/sh", "the plugin `stranger` is not WebAssembly", "complete"),
        (
            b"\0asm\x01\0\0\0",
            "the plugin `stranger` is a core WebAssembly module, not a component",
            "wasm-component-ld",
        ),
    ];
    for (bytes, message, hint) in rows {
        check(CRITIC, bytes, message, hint);
    }
}

#[test]
fn a_truncated_component() {
    let message = "the component of `critic-trivial` is damaged or uses features this host does \
                   not have";
    for length in [9, 1_000, TRIVIAL.component.len() - 1] {
        check(&TRIVIAL.manifest, &TRIVIAL.component[..length], message, "complete");
    }
}

#[test]
fn a_component_larger_than_any_plugin() {
    let mut large = TRIVIAL.component.clone();
    large.resize((32 << 20) + 1, 0);
    let message = "the component of `stranger` has 33554433 bytes; at most 33554432 are accepted";
    check(CRITIC, &large, message, "stripped");
}

#[test]
fn imports_that_are_none_of_ours() {
    let wasi = component("(import \"wasi:cli/environment@0.2.0\" (instance))");
    let message = "the plugin `stranger` imports `wasi:cli/environment@0.2.0`, which this host \
                   does not offer";
    check(CRITIC, &wasi, message, "wasm32-unknown-unknown");
    let bare = component("(import \"launch\" (func))");
    let message = "the plugin `stranger` imports `launch`, which this host does not offer";
    check(CRITIC, &bare, message, "facets");
    let future = component("(import \"pentimento:plugin/network@0.1.0\" (instance))");
    let message = "the plugin `stranger` imports `pentimento:plugin/network@0.1.0`, which this host \
                   does not offer";
    check(CRITIC, &future, message, "facets");
}

#[test]
fn another_version_of_our_interfaces() {
    let message = "the plugin `stranger` needs `pentimento:plugin/random@0.9.0`, and this host \
                   speaks `0.1.0`";
    let import = component("(import \"pentimento:plugin/random@0.9.0\" (instance))");
    check(CRITIC, &import, message, "build it again");
    let message = "the plugin `stranger` needs `pentimento:plugin/critiquing@0.2.0`, and this host \
                   speaks `0.1.0`";
    let export = component(
        "(instance $empty) (export \"pentimento:plugin/critiquing@0.2.0\" (instance $empty))",
    );
    check(CRITIC, &export, message, "build it again");
    let message = "the plugin `stranger` needs `pentimento:plugin/critic@0.2.0`, and this host \
                   speaks `0.1.0`";
    check(&CRITIC.replace("@0.1.0", "@0.2.0"), b"", message, "build it again");
}

#[test]
fn a_facet_used_but_not_wanted() {
    let (silent, _) = WITNESS.manifest.split_once("random =").unwrap();
    let message = "the plugin `witness` uses the facet `random`, which its `plugin.toml` does not \
                   want";
    check(silent, &WITNESS.component, message, "add `random = \"why\"` under `[wants]`");
}

#[test]
fn a_role_without_its_export() {
    let empty = component("");
    let message = "the plugin `stranger` is said to be a critic, but does not export \
                   `pentimento:plugin/critiquing@0.1.0`";
    check(CRITIC, &empty, message, "export_critic!");
    let tool = TRIVIAL.manifest.replace("critic", "tool");
    let message = "the plugin `tool-trivial` is said to be a tool, but does not export \
                   `pentimento:plugin/performing@0.1.0`";
    check(&tool, &TRIVIAL.component, message, "export_tool!");
    let critic = CRITIC.to_owned() + "[wants]\nartifacts = \"x\"\n";
    assert!(matches!(refusal(&critic, &ECHO.component), SandboxError::MissingExport { .. }));
}

#[test]
fn exports_and_imports_of_the_wrong_shape() {
    let message = "the plugin `stranger` does not fit the host's interfaces";
    let empty_export = component(
        "(instance $empty) (export \"pentimento:plugin/critiquing@0.1.0\" (instance $empty))",
    );
    check(CRITIC, &empty_export, message, "build it again");
    let wishful = component(
        "(import \"pentimento:plugin/random@0.1.0\" (instance (export \"root\" (func))))
         (instance $empty) (export \"pentimento:plugin/critiquing@0.1.0\" (instance $empty))",
    );
    let random = CRITIC.to_owned() + "[wants]\nrandom = \"x\"\n";
    check(&random, &wishful, message, "build it again");
}

#[test]
fn more_tables_memories_or_modules_than_a_plugin_may_have() {
    let modules = |module: &str, many: usize| {
        let instances = "(core instance (instantiate $m))".repeat(many);
        component(&format!("(core module $m {module}) {instances}"))
    };
    let rows = [
        (modules("(table 200000 funcref)", 1), "table"),
        (modules("(memory 1)", 5), "memories"),
        (modules("(table 1 funcref)", 17), "tables"),
        (modules("", 65), "core module instances"),
    ];
    for (component, what) in rows {
        let error = refusal(CRITIC, &component);
        assert!(matches!(error, SandboxError::Invalid { .. }), "{error:?}");
        let cause = error.source().unwrap().to_string();
        assert!(cause.contains(what), "{cause}");
    }
}

#[test]
fn the_hostile_guest_is_let_in_because_it_looks_honest() {
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let plugin = sandbox.load(&HOSTILE.manifest, &HOSTILE.component, &everything()).unwrap();
    assert_eq!(plugin.id().name, "hostile");
}

#[test]
fn a_component_that_carries_another_request() {
    let carried = pentimento_manifest::embed(&TRIVIAL.component, CRITIC).unwrap();
    let message =
        "the component of `critic-trivial` carries another `plugin.toml` than the one beside it";
    check(&TRIVIAL.manifest, &carried, message, "pentimento plugin build");
}

#[test]
fn private_input_and_a_way_out_need_a_second_consent() {
    let wants = "[wants]\nartifacts = \"looks\"\n\
                 fetch = { reason = \"sends\", rules = [{ host = \"example.org\" }] }\n";
    let manifest = format!("{CRITIC}{wants}");
    let message = "the plugin `stranger` may see private input and send requests, which needs a \
                   second consent";
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let without = Grant::of(Capability::ALL);
    let error = sandbox.load(&manifest, &TRIVIAL.component, &without).unwrap_err();
    assert_eq!(error.to_string(), message);
    assert!(error.hint().unwrap().contains("--with-private-input"));
    let consents = [
        everything(),
        Grant::of([Capability::Artifacts]),
        Grant::of([]).with_powers(["fetch GET https://example.org:443".to_owned()]),
    ];
    for consent in consents {
        assert!(sandbox.load(&manifest, &TRIVIAL.component, &consent).is_ok(), "{consent:?}");
    }
}

#[test]
fn what_was_embedded_is_admitted() {
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let component = pentimento_manifest::embed(&TRIVIAL.component, &TRIVIAL.manifest).unwrap();
    let plugin = sandbox.admit(&component, &Grant::default()).unwrap();
    assert_eq!(plugin.manifest().name, "critic-trivial");
    let error = sandbox.admit(&TRIVIAL.component, &Grant::default()).unwrap_err();
    assert_eq!(error.to_string(), "the component carries no `plugin.toml`");
    assert!(error.hint().unwrap().contains("pentimento plugin build"));
}
