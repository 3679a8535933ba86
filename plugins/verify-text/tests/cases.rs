//! The golden cases, checked natively: the same texts, settings and expectations as in `cases/`.

use std::collections::BTreeMap;

use pentimento_sdk::{Check, Failure};
use serde::Deserialize;
use verify_text::{Task, check, prepare};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    /// Not read: constraints are never guessed from it.
    #[serde(rename = "idea")]
    _idea: Option<String>,
    text: Option<String>,
    candidate: Option<String>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    outcome: Option<String>,
    fails: Option<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    findings: Vec<golden::Wanted>,
}

fn judged(case: &Case) -> Result<Check, Failure> {
    let setting = case.settings.get("constraints").map(String::as_str);
    let (text, media_type) = match (&case.text, &case.candidate) {
        (Some(text), None) => (text.as_str(), "text/plain"),
        (None, Some(_)) => ("", "image/png"),
        _ => unreachable!("a case has a text or a picture"),
    };
    Ok(match prepare(setting, media_type, text.len() as u64)? {
        Task::Judge(constraints) => check(&constraints, text),
        Task::Nothing(check) => check,
    })
}

fn examine(case: &Case) {
    let (about, expect) = (&case.about, &case.expect);
    let found = match (judged(case), &expect.fails) {
        (Ok(found), None) => found,
        (Err(failure), Some(code)) => {
            assert_eq!(failure.code, *code, "{about}: {failure:?}");
            return;
        }
        (found, _) => unreachable!("{about}: {found:?}"),
    };
    let outcome = golden::outcome(found.outcome);
    assert_eq!(Some(outcome), expect.outcome.as_deref(), "{about}: {}", found.proof);
    golden::hold(about, &expect.without, &expect.findings, &found.findings);
}

#[test]
fn every_case_comes_out_as_expected() {
    golden::each(env!("CARGO_MANIFEST_DIR"), examine);
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let failure = prepare(Some(r#"[{"kind":"json"}]"#), "text/plain", 1 << 20).unwrap_err();
    assert_eq!(failure.code, "too-large");
    assert!(failure.message.contains("1048576 bytes"), "{}", failure.message);
}
