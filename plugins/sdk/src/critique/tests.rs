//! Built answers keep the contract that the host checks.

use super::*;
use crate::Severity;

#[test]
fn grades_are_brought_into_range() {
    for (given, kept) in
        [(0.5, 0.5_f32), (-1.0, 0.0), (7.0, 1.0), (f32::NAN, 0.0), (f32::INFINITY, 1.0)]
    {
        let critique = Critique::sure().scored(given).confident(given);
        assert_eq!((critique.score, critique.confidence.to_bits()), (Some(kept), kept.to_bits()));
    }
}

#[test]
fn an_abstention_has_a_reason_and_no_confidence() {
    let critique = Critique::abstain("no picture");
    assert_eq!(
        (critique.abstain.as_deref(), critique.confidence.to_bits()),
        (Some("no picture"), 0)
    );
}

#[test]
fn a_finding_gathers_what_shows_it() {
    let finding =
        Finding::new("x", Severity::Note, "y").shown("class", "cat").measured("area", 0.125);
    let evidence: Vec<_> = finding
        .evidence
        .iter()
        .map(|one| (one.kind.as_str(), one.text.as_str(), one.value))
        .collect();
    assert_eq!(evidence, [("class", "cat", None), ("area", "0.12", Some(0.125))]);
    assert_eq!(Check::fail("2 > 1").with(finding).findings.len(), 1);
}
