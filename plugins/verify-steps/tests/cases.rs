//! The golden cases, checked natively: the same questions, texts and expectations as in `cases/`.

use std::{fs, path::Path};

use pentimento_sdk::{CheckOutcome, Finding, Severity};
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
    findings: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wanted {
    code: String,
    severity: Option<String>,
    message_has: Option<String>,
    times: Option<usize>,
}

fn examine(case: &Case) {
    let (about, expect) = (&case.about, &case.expect);
    let found = check(&case.idea, &case.text);
    let outcome = match found.outcome {
        CheckOutcome::Pass => "pass",
        CheckOutcome::Fail => "fail",
        CheckOutcome::Unknown => "unknown",
    };
    assert_eq!(outcome, expect.outcome, "{about}: {}", found.proof);
    for code in &expect.without {
        assert!(found.findings.iter().all(|one| one.code != *code), "{about}: {found:?}");
    }
    for wanted in &expect.findings {
        let fits = |finding: &&Finding| {
            finding.code == wanted.code
                && wanted
                    .severity
                    .as_deref()
                    .is_none_or(|word| (word == "major") == (finding.severity == Severity::Major))
                && wanted.message_has.as_deref().is_none_or(|part| finding.message.contains(part))
        };
        let count = found.findings.iter().filter(fits).count();
        let enough = wanted.times.map_or(count > 0, |times| count == times);
        assert!(enough, "{about}: {count} of {wanted:?} in {:?}", found.findings);
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut count = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            examine(&toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
            count += 1;
        }
    }
    assert!(count >= 6, "{count} cases");
}
