//! The golden cases, judged natively: the same texts, settings and expectations as in `cases/`.

use std::collections::BTreeMap;

use critic_safety::{Policy, judge, judge_unseen};
use pentimento_sdk::{Critique, Failure};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    idea: String,
    text: Option<String>,
    candidate: Option<String>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    score: Option<[f32; 2]>,
    fails: Option<String>,
    #[serde(default)]
    abstains: bool,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    findings: Vec<golden::Wanted>,
}

fn judged(case: &Case) -> Result<Critique, Failure> {
    let policy = Policy::of(case.settings.get("policy").map(String::as_str))?;
    Ok(match (&case.text, &case.candidate) {
        (Some(text), None) => judge(&policy, &case.idea, text),
        (None, Some(_)) => judge_unseen(&policy, &case.idea, "image/png"),
        _ => unreachable!("a case has a text or a picture"),
    })
}

fn check(case: &Case) {
    let (about, expect) = (&case.about, &case.expect);
    let found = match (judged(case), &expect.fails) {
        (Ok(found), None) => found,
        (Err(failure), Some(code)) => {
            assert_eq!(failure.code, *code, "{about}: {failure:?}");
            return;
        }
        (found, _) => unreachable!("{about}: {found:?}"),
    };
    assert_eq!(found.abstain.is_some(), expect.abstains, "{about}: {found:?}");
    if let Some([least, most]) = expect.score {
        let score = found.score.unwrap_or(-1.0);
        assert!(score >= least - 0.001 && score <= most + 0.001, "{about}: {found:?}");
    }
    golden::hold(about, &expect.without, &expect.findings, &found.findings);
}

#[test]
fn every_case_comes_out_as_expected() {
    golden::each(env!("CARGO_MANIFEST_DIR"), check);
}
