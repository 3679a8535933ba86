//! The golden cases, judged natively: the same texts, settings and expectations as in `cases/`.

use std::{collections::BTreeMap, fs, path::Path};

use critic_safety::{Policy, judge, judge_unseen};
use pentimento_sdk::{Critique, Failure, Finding, Severity};
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

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Note => "note",
        Severity::Minor => "minor",
        Severity::Major => "major",
        Severity::Blocking => "blocking",
    }
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
    for code in &expect.without {
        assert!(found.findings.iter().all(|one| one.code != *code), "{about}: {found:?}");
    }
    for wanted in &expect.findings {
        let fits = |finding: &&Finding| {
            finding.code == wanted.code
                && wanted.severity.as_deref().is_none_or(|word| severity(finding) == word)
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
            check(&toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
            count += 1;
        }
    }
    assert!(count >= 6, "{count} cases");
}
