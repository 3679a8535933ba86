//! Choices among answers.

use pentimento_model::CandidateId;
use pentimento_prompts::Solution;

use super::*;
use crate::standing::Standing;

/// Answers with the number of things wrong with each; `None` if nobody could tell.
fn samples(answers: &[(&str, Option<usize>)]) -> Samples {
    let sample = |(number, (answer, wrong)): (u32, &(&str, Option<usize>))| {
        let solution = Solution { steps: Vec::new(), answer: (*answer).to_owned() };
        let text = Text { candidate: CandidateId(number), solution };
        let standing = wrong.map(|major| Standing { major, ..Standing::default() });
        (text, Hearing { standing, ..Hearing::default() })
    };
    Samples((0..).zip(answers).map(sample).collect())
}

#[track_caller]
fn check(answers: &[(&str, Option<usize>)], by_vote: u32, by_findings: u32) {
    let samples = samples(answers);
    let id = |chosen: Option<Chosen>| chosen.map(|chosen| chosen.text.candidate.0);
    assert_eq!(id(samples.by_vote()), Some(by_vote), "by vote");
    assert_eq!(id(samples.by_findings()), Some(by_findings), "by findings");
}

#[test]
fn the_vote_hears_nobody_and_the_best_has_the_least_wrong() {
    check(&[("7", None)], 0, 0);
    check(&[("7", None), ("8", None), ("8.0", None)], 1, 1);
    check(&[("8", None), ("7", None)], 0, 0);
    check(&[("7", Some(1)), ("8", Some(0)), ("7", Some(2))], 0, 1);
    check(&[("7", Some(1)), ("8", Some(1)), ("8", Some(1))], 1, 1);
    check(&[("7", None), ("8", Some(3)), ("7", None)], 0, 1);
    assert!(Samples::default().by_vote().is_none());
}

#[test]
fn a_vote_is_settled_when_nothing_to_come_can_change_it() {
    for (answers, further, settled) in [
        (&["7", "7", "8"][..], 0, true),
        (&["7", "7", "8"], 1, false),
        (&["7", "7", "7"], 2, true),
        (&["7", "7", "7"], 3, false),
        (&["7"], 1, false),
        (&["8", "7"], 0, false),
        (&[], 1, false),
    ] {
        let answers: Vec<_> = answers.iter().map(|&answer| (answer, None)).collect();
        assert_eq!(samples(&answers).is_settled(further), settled, "{answers:?}");
    }
}
