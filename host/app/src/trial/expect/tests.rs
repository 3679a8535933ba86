use pentimento_model::{Check, Critique, FaultKind, Place, Score};

use super::*;

fn expected(text: &str, role: Role) -> Expected {
    Expected::checked(toml::from_str(text).unwrap(), role).unwrap()
}

fn object(code: &str, region: [f32; 4]) -> Finding {
    let [x, y, width, height] = region;
    Finding {
        code: code.to_owned(),
        severity: Severity::Major,
        message: format!("there is {code}"),
        place: Region::new(x, y, width, height).map(Place::Region),
        evidence: Vec::new(),
        suggestion: None,
    }
}

fn critique(score: Option<f32>, findings: Vec<Finding>) -> Came {
    let score = score.and_then(Score::new);
    Came::Opinion(Opinion::Critique(Critique {
        score,
        confidence: Score::ONE,
        abstained: None,
        findings,
    }))
}

fn fault(kind: FaultKind, message: &str) -> Came {
    Came::Fault(Fault { kind, message: message.to_owned(), log: vec!["last words".to_owned()] })
}

#[test]
fn findings_are_counted_and_placed() {
    let came = critique(
        None,
        vec![
            object("a", [0.1, 0.1, 0.4, 0.4]),
            object("a", [0.5, 0.5, 0.4, 0.4]),
            object("b", [0.0, 0.0, 1.0, 1.0]),
        ],
    );
    let table = [
        ("[[findings]]\ncode = 'a'", vec![]),
        ("[[findings]]\ncode = 'a'\ntimes = 2\nseverity = 'major'\nmessage-has = 'is a'", vec![]),
        ("[[findings]]\ncode = 'a'\ntimes = 1\nplace = [0.12, 0.1, 0.4, 0.4]", vec![]),
        (
            "[[findings]]\ncode = 'a'\ntimes = 3",
            vec!["`a` was to be found 3 times, and is there 2 times"],
        ),
        (
            "[[findings]]\ncode = 'a'\nplace = [0.3, 0.3, 0.4, 0.4]",
            vec!["`a` at [0.30, 0.30, 0.40, 0.40] was to be found"],
        ),
        (
            "[[findings]]\ncode = 'a'\nseverity = 'note'\nmessage-has = 'x'",
            vec!["`a` (note) with \"x\" in its message was to be found"],
        ),
        ("without = ['a', 'c']", vec!["`a` was not to be found, and is there 2 times"]),
        ("without = ['c']", vec![]),
    ];
    for (text, words) in table {
        assert_eq!(expected(text, Role::Critic).mismatches(&came), words, "{text}");
    }
}

#[test]
fn grades_outcomes_and_answers_are_compared() {
    let check = Check { outcome: CheckOutcome::Pass, proof: "1".to_owned(), findings: Vec::new() };
    let check = Came::Opinion(Opinion::Check(check));
    let answer = Came::Answer("x = 42\n".to_owned());
    let table = [
        ("score = [0.2, 0.4]", Role::Critic, critique(Some(0.3), vec![]), ""),
        ("score = [0.2, 0.4]", Role::Critic, critique(Some(0.5), vec![]), "and is 0.500"),
        ("score = [0.2, 0.4]", Role::Critic, critique(None, vec![]), "none was given"),
        ("abstains = true", Role::Critic, critique(None, vec![]), "it was to abstain, and judged"),
        ("abstains = false", Role::Critic, critique(None, vec![]), ""),
        ("outcome = 'pass'", Role::Verifier, check.clone(), ""),
        ("outcome = 'fail'", Role::Verifier, check, "was to be fail, and is pass"),
        ("answer = 'x = 42'", Role::Tool, answer.clone(), ""),
        ("answer = 'x = 4'", Role::Tool, answer.clone(), "was to be \"x = 4\""),
        ("answer-has = ['42', '43']", Role::Tool, answer, "was to have \"43\" in it"),
    ];
    for (text, role, came, words) in table {
        let said = expected(text, role).mismatches(&came).join("\n");
        assert!(said.contains(words) && said.is_empty() == words.is_empty(), "{text}: {said}");
    }
}

#[test]
fn failures_are_told_apart_by_their_code() {
    let fails = expected("fails = 'bad-argument'", Role::Tool);
    let own = fault(FaultKind::Failed, "no (such) thing (bad-argument)");
    assert_eq!(fails.mismatches(&own), Vec::<String>::new());
    let other = fault(FaultKind::Failed, "no (refused)");
    assert_eq!(
        fails.mismatches(&other),
        ["it was to fail with `bad-argument`, and failed with `refused`"]
    );
    let trap = fault(FaultKind::Trap, "unreachable (bad-argument)");
    assert_eq!(fails.mismatches(&trap), ["it was to fail with `bad-argument`, and did not"]);
    let answers = expected("answer = ''", Role::Tool);
    assert_eq!(answers.mismatches(&own).len(), 1, "a failure is no answer");
    assert_eq!(in_words(&trap)[1], "log: last words");
}

#[test]
fn what_came_is_told_with_places() {
    let words = in_words(&critique(Some(0.5), vec![object("a", [0.1, 0.2, 0.3, 0.4])]));
    assert_eq!(words, ["score 0.500", "`a` (major) at [0.10, 0.20, 0.30, 0.40]: there is a"]);
}
