//! Golden cases for the native tests of plugins: read, and held against what was found.
//!
//! What a case asks, and how it is answered, each plugin's test says; the host tries the same cases
//! in its sandbox.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on says so by panicking"
)]

use std::{fs, path::Path};

use pentimento_sdk::{CheckOutcome, Finding, Severity};
use serde::{Deserialize, de::DeserializeOwned};

/// Cases that every plugin has at least.
const FEWEST: usize = 6;

/// A finding that must be there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wanted {
    /// Its code.
    pub code: String,
    /// Its severity, in a word.
    pub severity: Option<String>,
    /// A part of its message.
    pub message_has: Option<String>,
    /// How many there must be; at least one otherwise.
    pub times: Option<usize>,
}

/// Hands over every case in the folder `cases` of the crate in this folder.
pub fn each<Case: DeserializeOwned>(crate_folder: &str, examine: impl Fn(&Case)) {
    let mut count = 0;
    for entry in fs::read_dir(Path::new(crate_folder).join("cases")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            examine(&toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
            count += 1;
        }
    }
    assert!(count >= FEWEST, "{count} cases");
}

/// Holds what was found against the codes that must not be there and the findings that must.
#[track_caller]
pub fn hold(about: &str, without: &[String], wanted: &[Wanted], found: &[Finding]) {
    for code in without {
        assert!(found.iter().all(|one| one.code != *code), "{about}: {found:?}");
    }
    for wanted in wanted {
        let fits = |finding: &&Finding| {
            finding.code == wanted.code
                && wanted.severity.as_deref().is_none_or(|word| severity(finding) == word)
                && wanted.message_has.as_deref().is_none_or(|part| finding.message.contains(part))
        };
        let count = found.iter().filter(fits).count();
        let enough = wanted.times.map_or(count > 0, |times| count == times);
        assert!(enough, "{about}: {count} of {wanted:?} in {found:?}");
    }
}

/// A finding's severity, as cases write it.
pub fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Note => "note",
        Severity::Minor => "minor",
        Severity::Major => "major",
        Severity::Blocking => "blocking",
    }
}

/// A check's outcome, as cases write it.
pub fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Pass => "pass",
        CheckOutcome::Fail => "fail",
        CheckOutcome::Unknown => "unknown",
    }
}
