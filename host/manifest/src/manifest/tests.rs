//! What a `plugin.toml` may say.

use std::error::Error;

use proptest::prelude::*;

use super::*;
use crate::{Change, Method, Scope, compare};

const GOOD: &str = r#"
name = "critic-x"
version = "0.1.0"
role = "critic"
world = "pentimento:plugin/critic@0.1.0"
"#;

const FULL: &str = r#"
manifest = 1
must-understand = ["fetch", "secrets", "limits"]
name = "tool-x"
version = "0.1.0"
role = "tool"
world = "pentimento:plugin/tool@0.1.0"

[wants]
artifacts = "looks at the picture"
memory = { reason = "keeps what it saw", bytes = 4096 }
tools = { reason = "counts with it", plugins = ["critic-detector"], calls = 1 }
models = { reason = "asks", names = ["judge"] }

[wants.fetch]
reason = "asks a service"
rules = [
  { host = "api.example.org", methods = ["POST", "GET"], secret = { name = "key", header = "authorization" } },
  { scheme = "http", host = "192.0.2.1", port = 8080 },
]

[limits]
wall-ms = 500
memory-mib = 16
"#;

fn cause(text: &str) -> String {
    let error = Manifest::parse(text).unwrap_err();
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}

#[test]
fn a_plugin_may_want_nothing() {
    let manifest = Manifest::parse(GOOD).unwrap();
    assert_eq!((manifest.name.as_str(), manifest.role), ("critic-x", Role::Critic));
    assert!(manifest.wants.is_empty() && manifest.powers().is_empty());
}

#[test]
fn wishes_carry_their_reasons() {
    let text = format!("{GOOD}[wants]\nlog = \"says\\u001b[2J why\"");
    let manifest = Manifest::parse(&text).unwrap();
    assert_eq!(manifest.wants.get(&Capability::Log).unwrap().reason, "says[2J why");
}

#[test]
fn a_request_comes_down_to_powers_in_words() {
    let manifest = Manifest::parse(FULL).unwrap();
    let words: Vec<_> = manifest.powers().into_iter().map(|power| power.words).collect();
    assert_eq!(
        words,
        [
            "artifacts",
            "memory of 4096 bytes",
            "tools critic-detector, once a call",
            "models judge, 4 times a call, up to 1000 tokens",
            "fetch GET http://192.0.2.1:8080",
            "fetch GET,POST https://api.example.org:443 with the secret key as authorization",
        ]
    );
    assert_eq!(manifest.limits, AskedLimits { wall_ms: Some(500), memory_mib: Some(16) });
}

#[test]
fn a_rule_fits_what_it_names_and_nothing_else() {
    let manifest = Manifest::parse(FULL).unwrap();
    let Scope::Fetch { rules } = &manifest.wants.get(&Capability::Fetch).unwrap().scope else {
        panic!("not a fetch scope");
    };
    let fits =
        |scheme, host, port, method| rules.iter().any(|rule| rule.fits(scheme, host, port, method));
    assert!(fits("https", "api.example.org", 443, Method::Post));
    assert!(fits("http", "192.0.2.1", 8080, Method::Get));
    for (scheme, host, port, method) in [
        ("http", "api.example.org", 443, Method::Post),
        ("https", "api.example.org", 444, Method::Post),
        ("https", "example.org", 443, Method::Post),
        ("https", "xapi.example.org", 443, Method::Get),
        ("https", "api.example.org", 443, Method::Delete),
        ("http", "192.0.2.1", 8080, Method::Post),
    ] {
        assert!(!fits(scheme, host, port, method), "{scheme} {host} {port}");
    }
}

#[test]
fn the_hash_is_of_the_powers_alone() {
    let hash = |text: &str| Manifest::parse(text).unwrap().request();
    let full = hash(FULL);
    for same in [
        FULL.replace("asks a service", "phones home"),
        FULL.replace("version = \"0.1.0\"", "version = \"9\""),
        FULL.replace("wall-ms = 500", "wall-ms = 400"),
    ] {
        assert_eq!(hash(&same), full);
    }
    for other in [
        FULL.replace("4096", "4097"),
        FULL.replace("8080", "8081"),
        FULL.replace("[\"POST\", \"GET\"]", "[\"POST\"]"),
        FULL.replace("header = \"authorization\"", "header = \"x-key\""),
        FULL.replace("calls = 1", "calls = 2"),
    ] {
        assert_ne!(hash(&other), full);
    }
}

#[test]
fn the_difference_of_two_requests_is_shown() {
    let older = Manifest::parse(&format!("{GOOD}[wants]\nlog = \"a\"\nclock = \"b\"")).unwrap();
    let newer = Manifest::parse(&format!("{GOOD}[wants]\nlog = \"c\"\nrandom = \"d\"")).unwrap();
    let words = |change: Change| match change {
        Change::Added(power) => format!("+{}", power.words),
        Change::Dropped(power) => format!("-{}", power.words),
        Change::Kept(power) => format!("={}: {}", power.words, power.reason),
    };
    let changes: Vec<_> =
        compare(&older.powers(), &newer.powers()).into_iter().map(words).collect();
    assert_eq!(changes, ["+random", "-clock", "=log: c"]);
}

#[test]
fn every_rule_has_a_complaint() {
    let wants = |line: &str| format!("{GOOD}[wants]\n{line}");
    let rule = |keys: &str| wants(&format!("fetch = {{ reason = \"r\", rules = [{{ {keys} }}] }}"));
    let long = "x".repeat(70_000);
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
        (&format!("{GOOD}manifest = 2"), "format 2; this host reads 1"),
        (&format!("{GOOD}must-understand = [\"log\", \"gpu\"]"), "a host that lacks `gpu`"),
        (&format!("{GOOD}# {long}"), "at most 65536"),
        (&format!("{GOOD}[limits]\nwall-ms = 9"), "at least 10"),
        (&format!("{GOOD}[limits]\nmemory-mib = 0"), "at least 1"),
        (&format!("{GOOD}[limits]\ncpu = 1"), "unknown field `cpu`"),
        (&wants("network = \"to phone home\""), "there is no facet `network`"),
        (&wants("log = \" \""), "`log` needs a reason"),
        (&wants("log = true"), "`log` must be a reason in quotes"),
        (&wants("log = \"a\"\nlog = \"b\""), "duplicate key"),
        (&wants("log = { reason = \"a\", all = true }"), "`log`: unknown field `all`"),
        (&wants("memory = { reason = \"a\", bytes = 0 }"), "must be 1 to 1048576, not 0"),
        (&wants("memory = { reason = \"a\", bytes = 1048577 }"), "not 1048577"),
        (&wants("tools = \"a\""), "`tools`: missing field `plugins`"),
        (&wants("tools = { reason = \"a\", plugins = [] }"), "`tools` plugins must be 1 to 16"),
        (&wants("tools = { reason = \"a\", plugins = [\"../x\"] }"), "`tools` names `../x`"),
        (&wants("models = { reason = \"a\", names = [\"m\"], calls = 65 }"), "1 to 64, not 65"),
        (&wants("fetch = \"a\""), "`fetch`: missing field `rules`"),
        (&rule("host = \"*.example.org\""), "without wildcards"),
        (&rule("host = \"2130706433\""), "without wildcards"),
        (&rule("host = \"a\", methods = []"), "names no method for `a`"),
        (&rule("host = \"a\", methods = [\"TRACE\"]"), "unknown variant `TRACE`"),
        (&rule("host = \"a\", scheme = \"file\""), "unknown variant `file`"),
        (&rule("host = \"a\", port = 70000"), "expected u16"),
        (&rule("host = \"a\", path = \"/\""), "unknown field `path`"),
        (&rule("host = \"a\", secret = { name = \"k\", header = \"host\" }"), "cannot go into"),
        (&rule("host = \"a\", secret = { name = \"k\", header = \"a: b\" }"), "cannot go into"),
        (
            &rule("host = \"a\", scheme = \"http\", secret = { name = \"k\", header = \"x\" }"),
            "must not travel without https",
        ),
    ];
    for (text, complaint) in rows {
        let said = cause(text);
        assert!(said.contains(complaint), "wanted {complaint:?} in {said:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(position in 0_usize..1000, text: String, cut: bool) {
        let mut changed = FULL.to_owned();
        let position = position.min(changed.len());
        if changed.is_char_boundary(position) {
            changed.insert_str(position, &text);
            if cut {
                changed.truncate(position);
            }
        }
        let _ = Manifest::parse(&changed);
        let _ = Manifest::parse(&text);
    }
}
