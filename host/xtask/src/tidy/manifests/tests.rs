use super::*;

fn check(name: &str, dependencies: &str, expected: &[&str]) {
    let text = format!(
        "[package]\nname = \"x\"\n[lints]\nworkspace = true\n[dependencies]\n{dependencies}\n"
    );
    assert_eq!(problems(name, &text), expected);
}

#[test]
fn arrows_point_down() {
    check("host/engine/Cargo.toml", "pentimento-model.workspace = true", &[]);
}

#[test]
fn sideways_and_up_are_refused() {
    check(
        "host/sandbox/Cargo.toml",
        "pentimento-journal.workspace = true",
        &["`sandbox` (floor 3) must not use `journal` (floor 3)"],
    );
    check(
        "host/engine/Cargo.toml",
        "pentimento-app = { path = \"../app\" }",
        &["`engine` (floor 2) must not use `app` (floor 4)"],
    );
}

#[test]
fn a_new_crate_needs_a_floor() {
    check("host/extra/Cargo.toml", "", &["host/extra: give the crate a floor in xtask's `FLOORS`"]);
}

#[test]
fn heavy_dependencies_stay_with_their_owner() {
    check(
        "host/engine/Cargo.toml",
        "wasmtime = \"48\"",
        &["`engine` must not use `wasmtime`: it belongs to `sandbox`"],
    );
}

#[test]
fn plugins_know_only_the_sdk() {
    check(
        "plugins/critic-x/Cargo.toml",
        "pentimento-sdk.workspace = true\npentimento-model = \"1\"",
        &["plugins/critic-x/Cargo.toml: a plugin must not use the host's `pentimento-model`"],
    );
}

#[test]
fn lints_are_inherited() {
    assert_eq!(
        problems("tests/Cargo.toml", "[package]\nname = \"x\"\n"),
        ["tests/Cargo.toml: add `[lints] workspace = true`"]
    );
}
