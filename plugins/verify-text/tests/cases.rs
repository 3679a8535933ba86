//! The golden cases, checked natively: the same texts, settings and expectations as in `cases/`.

use std::{collections::BTreeMap, fs, path::Path};

use pentimento_sdk::{Check, CheckOutcome, Failure, Finding, Severity};
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
    let outcome = match found.outcome {
        CheckOutcome::Pass => "pass",
        CheckOutcome::Fail => "fail",
        CheckOutcome::Unknown => "unknown",
    };
    assert_eq!(Some(outcome), expect.outcome.as_deref(), "{about}: {}", found.proof);
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

#[test]
fn a_text_that_is_too_long_is_refused() {
    let failure = prepare(Some(r#"[{"kind":"json"}]"#), "text/plain", 1 << 20).unwrap_err();
    assert_eq!(failure.code, "too-large");
    assert!(failure.message.contains("1048576 bytes"), "{}", failure.message);
}
