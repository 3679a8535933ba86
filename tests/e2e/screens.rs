//! What people read, as snapshots: without color, at 80 columns.

use crate::program::Place;

/// Compares with the snapshot, with what differs from place to place filtered out.
#[track_caller]
fn check(name: &str, words: &[&str]) {
    let place = Place::new();
    let said = place.say(words).without_panic();
    let text = said.out + &said.err;
    let text = text.replace(&place.path().display().to_string(), "[HERE]");
    let text = text.replace(&format!("{}/cache", env!("CARGO_TARGET_TMPDIR")), "[CACHE]");
    for line in text.lines() {
        assert!(line.chars().count() <= 80 || line.contains("[CACHE]"), "too wide: {line}");
    }
    insta::with_settings!({
        snapshot_path => "screens", prepend_module_to_snapshot => false, omit_expression => true,
        filters => [(r"\d+(\.\d+)? (ms|s)\b", "[TIME]")],
    }, { insta::assert_snapshot!(name, text) });
}

#[test]
fn help() {
    check("help", &["--help"]);
}

#[test]
fn help_of_refine() {
    check("help-refine", &["refine", "--help"]);
}

#[test]
fn explain() {
    check("explain-exit-codes", &["explain"]);
    check("explain-presets", &["explain", "presets"]);
    check("explain-findings", &["explain", "findings"]);
    check("explain-stops", &["explain", "stops"]);
}

#[test]
fn recipes() {
    check("recipe-list", &["recipe", "list"]);
    check("recipe-show", &["recipe", "show", "sld"]);
}

#[test]
fn plugins() {
    check("help-plugin", &["plugin", "--help"]);
    check("help-plugin-test", &["plugin", "test", "--help"]);
}

#[test]
fn doctor() {
    check("doctor", &["doctor"]);
}

#[test]
fn a_typo_gets_advice() {
    check("unknown-words", &["refine", "three red aples and a flumph"]);
}
