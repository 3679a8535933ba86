//! What one plugin said, put into the words in which another is told.
//!
//! It was checked and cleaned before (`convert.rs`); nothing can go wrong here.

use pentimento_model::{
    Check, CheckOutcome, Critique, Evidence, Finding, Place, Score, Severity, Suggestion,
};

use crate::bindings::types;

/// A critic's answer.
pub(crate) fn critique(answer: Critique) -> types::Critique {
    let Critique { score, confidence, abstained, findings } = answer;
    types::Critique {
        score: score.map(Score::value),
        confidence: confidence.value(),
        abstain: abstained,
        findings: findings.into_iter().map(finding).collect(),
    }
}

/// A verifier's answer.
pub(crate) fn check(answer: Check) -> types::Check {
    let Check { outcome, proof, findings } = answer;
    let outcome = match outcome {
        CheckOutcome::Pass => types::CheckOutcome::Pass,
        CheckOutcome::Fail => types::CheckOutcome::Fail,
        CheckOutcome::Unknown => types::CheckOutcome::Unknown,
    };
    types::Check { outcome, proof, findings: findings.into_iter().map(finding).collect() }
}

fn finding(answer: Finding) -> types::Finding {
    let Finding { code, severity, message, place: at, evidence, suggestion } = answer;
    let severity = match severity {
        Severity::Note => types::Severity::Note,
        Severity::Minor => types::Severity::Minor,
        Severity::Major => types::Severity::Major,
        Severity::Blocking => types::Severity::Blocking,
    };
    let shown = |one| {
        let Evidence { kind, text, value } = one;
        types::Evidence { kind, text, value }
    };
    let suggested = |one| {
        let Suggestion { action, text, place: at } = one;
        types::Suggestion { action, text, place: at.map(place) }
    };
    types::Finding {
        code,
        severity,
        message,
        place: at.map(place),
        evidence: evidence.into_iter().map(shown).collect(),
        suggestion: suggestion.map(suggested),
    }
}

fn place(place: Place) -> types::Place {
    match place {
        Place::Region(region) => types::Place::Region(types::Region {
            x: region.x(),
            y: region.y(),
            width: region.width(),
            height: region.height(),
        }),
        Place::TextSpan { start, end } => types::Place::TextSpan(types::TextSpan { start, end }),
        Place::Step(step) => types::Place::Step(step),
    }
}
