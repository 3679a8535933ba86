use super::*;

fn standing(blocking: usize, major: usize, minor: usize, missing_ops: usize) -> Standing {
    Standing { blocking, major, minor, missing_ops, shortfall: 0 }
}

fn check(new: Option<Standing>, old: Option<Standing>, better: bool) {
    assert_eq!(is_better(new, old), better, "{new:?} for {old:?}");
}

#[test]
fn fewer_and_milder_findings_are_better() {
    check(Some(standing(0, 1, 0, 1)), Some(standing(0, 2, 0, 2)), true);
    check(Some(standing(0, 2, 0, 2)), Some(standing(0, 1, 0, 1)), false);
    check(Some(standing(0, 9, 9, 9)), Some(standing(1, 0, 0, 0)), true);
    check(Some(standing(0, 0, 9, 9)), Some(standing(0, 1, 0, 0)), true);
    check(Some(standing(0, 1, 0, 9)), Some(standing(0, 1, 1, 0)), true);
}

#[test]
fn of_equal_findings_the_one_with_fewer_operations_left_is_better() {
    check(Some(standing(0, 1, 0, 1)), Some(standing(0, 1, 0, 2)), true);
    check(Some(standing(0, 1, 0, 2)), Some(standing(0, 1, 0, 1)), false);
}

#[test]
fn of_equal_findings_and_operations_the_better_score_decides() {
    let scored = |score| standing(0, 1, 0, 1).with_score(Score::new(score));
    check(Some(scored(0.7)), Some(scored(0.6)), true);
    check(Some(scored(0.6)), Some(scored(0.7)), false);
    check(Some(standing(0, 0, 0, 0).with_score(Score::new(0.1))), Some(scored(1.0)), true);
    assert_eq!(scored(1.0), standing(0, 1, 0, 1));
}

#[test]
fn a_tie_keeps_the_old() {
    check(Some(standing(0, 1, 2, 3)), Some(standing(0, 1, 2, 3)), false);
    check(Some(Standing::default()), Some(Standing::default()), false);
    check(None, None, false);
}

#[test]
fn what_nobody_saw_never_replaces_what_somebody_did() {
    check(None, Some(standing(9, 9, 9, 9)), false);
    check(Some(standing(9, 9, 9, 9)), None, true);
}

#[test]
fn notes_weigh_nothing() {
    let finding = |severity| Finding {
        code: "x".to_owned(),
        severity,
        message: String::new(),
        place: None,
        evidence: Vec::new(),
        suggestion: None,
    };
    let all = Severity::ALL.map(finding);
    let weighed = Standing::of(&all, 4);
    assert_eq!(weighed, standing(1, 1, 1, 4));
    assert_eq!(weighed.n_findings(), 3);
}
