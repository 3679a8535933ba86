use super::*;

/// The facts of a round after which everything is still possible.
const OPEN: Facts = Facts {
    accepted: false,
    seen: true,
    can_go_on: true,
    round: 1,
    images: 2,
    budget: Budget::new(3, 4),
    time: Duration::from_secs(9),
};

fn check(facts: Facts, expected: Option<StopReason>) {
    assert_eq!(stop_reason(&facts), expected, "{facts:?}");
}

#[test]
fn a_run_goes_on_while_something_is_wrong_and_something_can_be_done() {
    check(OPEN, None);
    check(Facts { round: 2, images: 3, ..OPEN }, None);
}

#[test]
fn used_up_time_ends_the_run_unless_it_is_good() {
    let mut facts = OPEN;
    facts.budget.bounds.time = Some(facts.time);
    check(facts, Some(StopReason::Time));
    check(Facts { accepted: true, ..facts }, Some(StopReason::Accepted));
    check(Facts { time: Duration::from_secs(8), ..facts }, None);
}

#[test]
fn an_accepted_draft_ends_the_run_whatever_else_is_true() {
    check(Facts { accepted: true, ..OPEN }, Some(StopReason::Accepted));
    let used_up = Facts { accepted: true, can_go_on: false, round: 3, images: 4, ..OPEN };
    check(used_up, Some(StopReason::Accepted));
}

#[test]
fn every_bound_ends_the_run() {
    check(Facts { seen: false, ..OPEN }, Some(StopReason::NoOpinion));
    check(Facts { can_go_on: false, ..OPEN }, Some(StopReason::NoOps));
    check(Facts { round: 3, ..OPEN }, Some(StopReason::Rounds));
    check(Facts { images: 4, ..OPEN }, Some(StopReason::Images));
    check(Facts { images: 9, ..OPEN }, Some(StopReason::Images));
}

#[test]
fn the_reason_that_no_budget_could_change_is_told_first() {
    let all = Facts { seen: false, can_go_on: false, round: 3, images: 4, ..OPEN };
    check(all, Some(StopReason::NoOpinion));
    check(Facts { seen: true, ..all }, Some(StopReason::NoOps));
    check(Facts { seen: true, can_go_on: true, ..all }, Some(StopReason::Rounds));
}

#[test]
fn only_an_accepted_draft_is_accepted() {
    assert_eq!(verdict(None), Verdict::Revise);
    for stop in StopReason::ALL {
        let accepted = stop == StopReason::Accepted;
        assert_eq!(verdict(Some(stop)) == Verdict::Accept, accepted);
        assert_ne!(verdict(Some(stop)), Verdict::Revise);
    }
}

#[test]
fn every_reason_has_its_own_words() {
    let mut reasons: Vec<_> = StopReason::ALL.map(|stop| reason(Some(stop))).to_vec();
    reasons.push(reason(None));
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), StopReason::ALL.len() + 1);
}
