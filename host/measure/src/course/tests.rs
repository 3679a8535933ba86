use std::time::Duration;

use pentimento_model::{
    Artifact, Candidate, Check, Critique, Exchange, Finding, Finish, MediaType, Origin, PluginId,
    RoundNumber, Score, StepKey, Usage,
};

use super::*;

fn key() -> StepKey {
    StepKey::of([b"key".as_slice()])
}

fn made(id: u32) -> RunEvent {
    let candidate = Candidate {
        id: CandidateId(id),
        parent: None,
        round: RoundNumber(id),
        artifact: Artifact::new(MediaType::Text, b"text".to_vec()).id,
        origin: Origin::Written { step: "solve".into() },
    };
    let (spending, took) = (Spending::NONE, Duration::ZERO);
    RunEvent::CandidateReady { key: key(), candidate, spending, took }
}

fn assessed(id: u32, name: &str, mode: Mode, opinion: Opinion) -> RunEvent {
    let assessor = PluginId::of(name, b"component");
    let assessment = Assessment::Given { assessor, opinion };
    let (candidate, mode, took) = (CandidateId(id), Some(mode), Duration::ZERO);
    RunEvent::Assessed { key: key(), candidate, mode, assessment, took }
}

fn finding(severity: Severity, step: Option<u32>) -> Finding {
    Finding {
        code: "step.wrong".to_owned(),
        severity,
        message: "no".to_owned(),
        place: step.map(Place::Step),
        evidence: Vec::new(),
        suggestion: None,
    }
}

fn check(outcome: CheckOutcome) -> Opinion {
    let wrong = (outcome == CheckOutcome::Fail).then(|| finding(Severity::Major, Some(2)));
    Opinion::Check(Check { outcome, proof: String::new(), findings: wrong.into_iter().collect() })
}

fn critique(score: Option<f32>, findings: Vec<Finding>) -> Opinion {
    let (score, confidence) = (score.and_then(Score::new), Score::clamped(0.75));
    Opinion::Critique(Critique { score, confidence, abstained: None, findings })
}

fn decided(round: u32, draft: u32) -> RunEvent {
    let (verdict, reason) = (Verdict::Revise, String::new());
    RunEvent::Decided { round: RoundNumber(round), verdict, draft: CandidateId(draft), reason }
}

fn asked(answer: &str) -> RunEvent {
    let exchange = Exchange {
        role: "writer".into(),
        step: "feedback".into(),
        asked: "".into(),
        answer: answer.to_owned(),
        finish: Finish::Stop,
        model: "m".to_owned(),
        tokens: Vec::new(),
    };
    let spending = Spending { usage: Usage::of_tokens(10, 5), ..Spending::NONE };
    RunEvent::Answered { key: key(), exchange, spending, took: Duration::ZERO }
}

/// A grade in percent, or a step, as an answer of this test says it.
fn remark(exchange: &Exchange) -> Remark {
    let number = |of: &str| exchange.answer.strip_prefix(of).and_then(|text| text.parse().ok());
    let grade = number("grade ").and_then(|percent: u32| {
        Score::new(f32::from(u16::try_from(percent).unwrap_or(0)) / 100.0)
    });
    Remark { grade, located: number("step ").map(Located::Step) }
}

fn near(one: Option<f64>, other: f64) {
    assert!(one.is_some_and(|one| (one - other).abs() < 1e-6), "{one:?} {other}");
}

#[test]
fn a_grade_is_what_an_assessor_says_of_the_whole() {
    let (note, minor, major) = (
        || finding(Severity::Note, None),
        || finding(Severity::Minor, None),
        || finding(Severity::Major, None),
    );
    for (opinion, expected) in [
        (check(CheckOutcome::Pass), Some(1.0)),
        (check(CheckOutcome::Fail), Some(0.0)),
        (check(CheckOutcome::Unknown), None),
        (critique(Some(0.25), vec![major()]), Some(0.25)),
        (critique(None, Vec::new()), Some(1.0)),
        (critique(None, vec![note(), note()]), None),
        (critique(None, vec![note(), minor()]), Some(1.0)),
        (critique(None, vec![note(), major()]), Some(0.0)),
    ] {
        let RunEvent::Assessed { assessment, .. } = assessed(0, "a", Mode::Advise, opinion) else {
            continue;
        };
        assert_eq!(grade(&assessment), expected, "{assessment:?}");
    }
}

#[test]
fn what_is_said_after_a_round_is_said_of_its_draft_and_shadows_are_held_out() {
    let events = [
        made(0),
        assessed(0, "verify-x", Mode::Shadow, check(CheckOutcome::Pass)),
        decided(0, 0),
        asked("grade 40"),
        made(1),
        assessed(1, "verify-x", Mode::Shadow, check(CheckOutcome::Pass)),
        decided(1, 1),
        asked("grade 60"),
        made(2),
        assessed(2, "verify-x", Mode::Shadow, check(CheckOutcome::Fail)),
        decided(2, 2),
        asked("grade 80"),
        asked("step 2"),
    ];
    let course = Course::of(&events, remark);
    assert_eq!((course.held_out(), course.judge()), (vec!["verify-x"], Judge::Model));
    let gap = course.gap("verify-x").unwrap();
    assert!(gap.is_hacking(), "{gap:?}");
    assert_eq!(course.best_by("verify-x"), Some(CandidateId(0)));
    assert_eq!(course.located(), [(Located::Step(2), 2)]);
    let calls: Vec<u32> = course.settled.iter().map(|one| one.spent.usage.calls).collect();
    assert_eq!((calls, course.spent.usage.tokens()), (vec![0, 1, 2], 60));
    let stated: Vec<bool> = course.stated().iter().map(|one| one.right).collect();
    assert_eq!(stated, [true, true, false]);
    // Two rounds are too few to say that anything keeps rising.
    assert!(!Course::of(&events[..8], remark).gap("verify-x").unwrap().is_hacking());
}

#[test]
fn without_a_model_that_grades_those_with_a_say_are_the_judge() {
    let events = [
        made(0),
        assessed(0, "critic-a", Mode::Advise, critique(Some(0.2), Vec::new())),
        assessed(0, "critic-b", Mode::Enforce, critique(Some(0.6), Vec::new())),
        assessed(0, "critic-c", Mode::Shadow, critique(Some(1.0), Vec::new())),
        assessed(0, "verify-x", Mode::Advise, check(CheckOutcome::Unknown)),
        decided(0, 0),
    ];
    let course = Course::of(&events, remark);
    near(course.judged(course.judge(), &course.settled[0]), 0.4);
    near(course.grade_by("critic-c", CandidateId(0)), 1.0);
    assert_eq!((course.proved(CandidateId(0)), course.stated().len()), (None, 0));
    // Against whoever knows: grades, and what critics say of themselves.
    let stated = course.stated_of(&|_| Some(false));
    let of_itself = stated.iter().find(|one| one.by == "critic-a of itself").unwrap();
    assert!(of_itself.right && (of_itself.chance - 0.75).abs() < 1e-9);
    assert!(stated.iter().any(|one| one.by == "critic-b" && !one.right));
}
