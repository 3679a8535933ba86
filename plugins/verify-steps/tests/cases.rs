//! The golden cases, checked natively: the same questions, texts and expectations as in `cases/`.

use serde::Deserialize;
use verify_steps::check;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    idea: String,
    text: String,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    outcome: String,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    findings: Vec<golden::Wanted>,
}

fn examine(case: &Case) {
    let (about, expect) = (&case.about, &case.expect);
    let found = check(&case.idea, &case.text);
    let outcome = golden::outcome(found.outcome);
    assert_eq!(outcome, expect.outcome, "{about}: {}", found.proof);
    golden::hold(about, &expect.without, &expect.findings, &found.findings);
}

#[test]
fn every_case_comes_out_as_expected() {
    golden::each(env!("CARGO_MANIFEST_DIR"), examine);
}
