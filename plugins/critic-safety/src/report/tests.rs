//! Findings and scores.

use pentimento_sdk::Place;

use crate::{Policy, judge, judge_unseen};

fn policy() -> Policy {
    Policy::of(None).unwrap()
}

#[test]
fn the_score_falls_once_a_rule() {
    let rows = [
        ("a quiet day", 1.0),
        ("damn", 0.8),
        ("damn, damn, crap", 0.8),
        ("damn, jo@mail.net", 0.64),
        ("GB82WEST12345698765432", 0.4),
        ("damn -----BEGIN PRIVATE KEY-----", 0.0),
    ];
    for (text, score) in rows {
        let found = judge(&policy(), "a story", text).score.unwrap();
        assert!((found - score).abs() < 0.001, "{text}: {found}");
    }
}

#[test]
fn no_finding_repeats_what_it_found() {
    let text = "damn d4mn jo@mail.net +49 30 1234567 password: hunter2hunter2";
    let critique = judge(&policy(), text, text);
    assert_eq!(critique.findings.len(), 10);
    for finding in &critique.findings {
        let said = format!("{finding:?}");
        for secret in ["damn", "d4mn", "jo@mail", "1234567", "hunter"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}

#[test]
fn the_idea_is_judged_without_a_place_and_without_the_score() {
    let critique = judge(&policy(), "a damn cat", "a cat");
    assert_eq!(critique.findings[0].code, "policy.idea");
    assert_eq!(critique.findings[0].message, "the idea contains a swear word: “d•••”");
    assert!(critique.findings[0].place.is_none());
    assert!((critique.score.unwrap() - 1.0).abs() < 0.001);
}

#[test]
fn a_text_finding_lies_on_the_bytes_as_written() {
    let critique = judge(&policy(), "", "ö ｄａｍｎ!");
    let Some(Place::TextSpan(span)) = critique.findings[0].place else {
        unreachable!("a finding without a place");
    };
    assert_eq!((span.start, span.end), (3, 15));
}

#[test]
fn of_a_picture_only_the_idea_is_judged() {
    let critique = judge_unseen(&policy(), "a damn cat", "image/png");
    assert!(critique.abstain.unwrap().contains("image/png"));
    assert_eq!((critique.findings.len(), critique.score), (1, None));
}

#[test]
fn what_is_not_told_is_counted() {
    let critique = judge(&policy(), "", &"damn ".repeat(50));
    let last = critique.findings.last().unwrap();
    assert_eq!(last.message, "30 further places break the policy in the same way");
}
