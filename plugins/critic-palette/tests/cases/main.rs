//! The golden cases, judged natively: the same pictures and expectations as in `cases/`.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test; numbers are small"
)]

mod pictures;

use std::{fs, path::PathBuf};

use critic_palette::judge;
use pentimento_sdk::{Critique, Finding, Pixels, Place, Region};
use serde::Deserialize;

use pictures::pictures;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    idea: String,
    candidate: String,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    score: Option<[f32; 2]>,
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
    place: Option<[f32; 4]>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn opened(name: &str) -> Pixels {
    let picture = image::open(folder().join(name)).unwrap().to_rgba8();
    Pixels::new(picture.width(), picture.height(), picture.into_raw()).unwrap()
}

/// Intersection over union.
fn overlap(one: Region, [x, y, width, height]: [f32; 4]) -> f32 {
    let across = (one.x + one.width).min(x + width) - one.x.max(x);
    let down = (one.y + one.height).min(y + height) - one.y.max(y);
    let both = across.max(0.0) * down.max(0.0);
    both / (one.width * one.height + width * height - both)
}

fn fits(finding: &Finding, wanted: &Wanted) -> bool {
    let placed = match (&finding.place, wanted.place) {
        (_, None) => true,
        (Some(Place::Region(region)), Some(place)) => overlap(*region, place) >= 0.5,
        _ => false,
    };
    finding.code == wanted.code
        && wanted.severity.as_deref().is_none_or(|word| golden::severity(finding) == word)
        && wanted.message_has.as_deref().is_none_or(|part| finding.message.contains(part))
        && placed
}

fn check(case: &Case, found: &Critique) {
    let about = &case.about;
    assert_eq!(found.abstain.is_some(), case.expect.abstains, "{about}: {found:?}");
    if let Some([least, most]) = case.expect.score {
        let score = found.score.unwrap();
        assert!(score >= least && score <= most, "{about}: {score} {:?}", found.findings);
    }
    for code in &case.expect.without {
        assert!(found.findings.iter().all(|one| one.code != *code), "{about}: {found:?}");
    }
    for wanted in &case.expect.findings {
        let any = found.findings.iter().any(|finding| fits(finding, wanted));
        assert!(any, "{about}: {wanted:?} in {:?}", found.findings);
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let case: Case = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            check(&case, &judge(&case.idea, &opened(&case.candidate)));
            count += 1;
        }
    }
    assert!(count >= 6, "{count} cases");
}

#[test]
fn every_picture_is_what_its_rule_draws() {
    for (name, picture) in pictures() {
        let found = image::open(folder().join(name)).unwrap().to_rgba8();
        assert_eq!(found, picture, "{name}: draw it again with the ignored test");
    }
}

#[test]
#[ignore = "writes the pictures of the cases"]
fn draw_the_pictures() {
    for (name, picture) in pictures() {
        picture.save(folder().join(name)).unwrap();
        let bytes = fs::metadata(folder().join(name)).unwrap().len();
        assert!(bytes <= 10_000, "{name}: {bytes} bytes");
    }
}
