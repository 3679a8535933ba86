//! What a `plugin.toml` may say.

use std::error::Error;

use super::*;

const GOOD: &str = r#"
name = "critic-x"
version = "0.1.0"
role = "critic"
world = "pentimento:plugin/critic@0.1.0"
"#;

fn check(text: &str, complaint: &str) {
    let error = Manifest::parse(text).unwrap_err();
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    assert!(cause.contains(complaint), "{cause}");
}

#[test]
fn a_plugin_may_want_nothing() {
    let manifest = Manifest::parse(GOOD).unwrap();
    assert_eq!((manifest.name.as_str(), manifest.role), ("critic-x", Role::Critic));
    assert!(manifest.wants.is_empty());
}

#[test]
fn wishes_carry_their_reasons() {
    let manifest =
        Manifest::parse(&format!("{GOOD}[wants]\nlog = \"says\\u001b[2J why\"")).unwrap();
    assert_eq!(manifest.wants.get(&Capability::Log).unwrap(), "says[2J why");
}

#[test]
fn every_rule_has_a_complaint() {
    let wants = |line: &str| format!("{GOOD}[wants]\n{line}");
    let rows = [
        ("", "missing field `name`"),
        ("name = 1", "expected a string"),
        ("this is not TOML", "expected"),
        (&GOOD.replace("critic-x", "Critic X"), "`name` must be"),
        (&GOOD.replace("critic-x", &"x".repeat(65)), "`name` must be"),
        (&GOOD.replace("critic-x", ""), "`name` must be"),
        (&GOOD.replace("0.1.0\"\nrole", "\"\nrole"), "`version` must have"),
        (&GOOD.replace("role = \"critic\"", "role = \"judge\""), "unknown variant `judge`"),
        (&GOOD.replace("plugin/critic@", "plugin/tool@"), "`world` must be"),
        (&GOOD.replace("0.1.0\"\n", "0.3.0\"\n"), "needs `pentimento:plugin/critic@0.3.0`"),
        (&format!("{GOOD}sudo = true"), "unknown field `sudo`"),
        (&wants("network = \"to phone home\""), "there is no facet `network`"),
        (&wants("log = \" \""), "`log` needs a reason"),
        (&wants("log = true"), "expected a string"),
        (&wants("log = \"a\"\nlog = \"b\""), "duplicate key"),
    ];
    for (text, complaint) in rows {
        check(text, complaint);
    }
}
