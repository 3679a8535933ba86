//! Opinions of every kind and with every say, weighed.

use pentimento_model::{Check, Critique, Evidence, Fault, FaultKind, PluginId, Score, StepKey};

use super::*;

fn finding(severity: Severity, step: Option<u32>) -> Finding {
    Finding {
        code: "c".to_owned(),
        severity,
        message: "m".to_owned(),
        place: step.map(Place::Step),
        evidence: Vec::<Evidence>::new(),
        suggestion: None,
    }
}

fn said(mode: Mode, opinion: Opinion) -> Said {
    let assessor = PluginId::of("a", b"a");
    let assessment = Assessment::Given { assessor, opinion };
    Said { key: StepKey::of([b"k".as_slice()]), mode, assessment }
}

fn check(mode: Mode, outcome: CheckOutcome, findings: Vec<Finding>) -> Said {
    said(mode, Opinion::Check(Check { outcome, proof: String::new(), findings }))
}

fn critique(mode: Mode, abstained: bool, findings: Vec<Finding>) -> Said {
    let abstained = abstained.then(|| "no text".to_owned());
    let critique = Critique { score: None, confidence: Score::ONE, abstained, findings };
    said(mode, Opinion::Critique(critique))
}

/// Standing as (major, minor), whether it is proved, whether somebody objects.
#[track_caller]
fn weigh(said: &[Said], expected: (Option<(usize, usize)>, bool, bool)) {
    let hearing = Hearing::of(said);
    let standing = hearing.standing.map(|standing| (standing.major, standing.minor));
    assert_eq!((standing, hearing.proved, hearing.objected), expected);
}

#[test]
fn a_proof_counts_unless_somebody_with_a_say_objects() {
    use CheckOutcome::{Fail, Pass, Unknown};
    use Mode::{Advise, Enforce, Shadow};
    use Severity::{Major, Minor, Note};

    weigh(&[], (None, false, false));
    weigh(&[check(Enforce, Pass, vec![])], (Some((0, 0)), true, false));
    weigh(&[check(Advise, Pass, vec![])], (Some((0, 0)), false, false));
    weigh(&[check(Shadow, Pass, vec![])], (None, false, false));
    weigh(&[check(Enforce, Unknown, vec![])], (None, false, false));
    weigh(&[check(Enforce, Fail, vec![])], (Some((1, 0)), false, true));
    weigh(&[check(Advise, Fail, vec![])], (Some((1, 0)), false, false));
    weigh(&[check(Enforce, Fail, vec![finding(Major, None)])], (Some((1, 0)), false, true));
    let pass = || check(Enforce, Pass, vec![]);
    weigh(
        &[pass(), critique(Enforce, false, vec![finding(Major, None)])],
        (Some((1, 0)), false, true),
    );
    weigh(
        &[pass(), critique(Advise, false, vec![finding(Major, None)])],
        (Some((1, 0)), true, false),
    );
    weigh(
        &[pass(), critique(Enforce, false, vec![finding(Minor, None)])],
        (Some((0, 1)), true, false),
    );
    weigh(
        &[pass(), critique(Enforce, true, vec![finding(Major, None)])],
        (Some((0, 0)), true, false),
    );
    weigh(&[critique(Enforce, false, vec![finding(Note, None)])], (Some((0, 0)), false, false));
    let fault = Fault { kind: FaultKind::Trap, message: String::new(), log: Vec::new() };
    let assessment = Assessment::Missing { assessor: PluginId::of("a", b"a"), fault };
    let broken = Said { key: StepKey::of([b"k".as_slice()]), mode: Enforce, assessment };
    weigh(&[broken], (None, false, false));
}

#[test]
fn the_first_wrong_step_is_told_with_what_is_wrong() {
    let findings = vec![
        finding(Severity::Note, Some(0)),
        finding(Severity::Major, Some(4)),
        finding(Severity::Minor, Some(2)),
        finding(Severity::Major, None),
    ];
    let hearing = Hearing::of(&[check(Mode::Enforce, CheckOutcome::Fail, findings)]);
    assert_eq!(hearing.first_wrong, Some(2));
    assert_eq!(hearing.findings, ["step 4: m", "step 2: m", "m"]);
}
