//! Volcano and `LookBack`: who is shown the picture and what else, in which order, and when it ends.

use super::*;

fn solution(step: &str, answer: &str) -> String {
    format!(r#"{{"steps": ["{step}"], "answer": "{answer}"}}"#)
}

fn items(items: &[&str]) -> String {
    format!(r#"{{"items": {items:?}}}"#)
}

fn letter(letter: &str) -> String {
    format!(r#"{{"answer": "{letter}"}}"#)
}

fn looked(
    name: &str,
    rounds: u32,
    replies: &[String],
    verifier: Option<ScriptedVerifier>,
) -> (Ended, Arc<ScriptedWriter>) {
    let seer = ScriptedWriter::new("s", replies.to_vec());
    let models = Models { seer: Some(seer.clone()), ..Models::default() };
    (perform_with(&recipe(name, rounds), models, verifier).unwrap(), seer)
}

/// The letter under which a question shows this answer.
fn place_of(asked: &str, answer: &str) -> &'static str {
    let (before, _) = asked.split_once("Answer B:").unwrap();
    if before.contains(&format!("Answer: {answer}")) { "a" } else { "b" }
}

#[test]
fn volcano_looks_again_revises_and_stops_once_the_old_answer_is_preferred() {
    // Whichever place the answers have, one of these two scripts prefers the new one first.
    for first in ["a", "b"] {
        let replies = [
            solution("two cats", "2"),
            items(&["there are 3 cats"]),
            solution("three cats", "3"),
            letter(first),
        ];
        let (ended, seer) = looked("volcano", 1, &replies, None);
        let asked: Vec<_> = seer.asked().into_iter().map(|(_, text)| text).collect();
        assert_eq!(seer.forms()[..4], ["solution", "points", "solution", "answer"]);
        assert!(asked.iter().all(|text| text.contains("Picture 0:")), "it looks each time");
        assert!(asked[1].contains("two cats") && asked[2].contains("there are 3 cats"));
        assert!(asked[3].contains("two cats") && asked[3].contains("three cats"));
        let prefers_new = place_of(&asked[3], "3") == first;
        if prefers_new {
            assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
            assert_eq!(ended.origins()[1], ("revise-sight".to_owned(), Some(0)));
        } else {
            assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
            assert_eq!(ended.texts.len(), 1, "what is not preferred is no candidate");
        }
    }
}

#[test]
fn volcano_shows_the_two_answers_in_either_order() {
    let replies = [solution("two", "2"), items(&[]), solution("three", "3"), letter("neither")];
    let mut places = std::collections::BTreeSet::new();
    for round in 0..8 {
        // Without a decision of use the old one is kept, and the run goes on.
        let (ended, seer) = looked("volcano", round, &replies, None);
        assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
        for (form, text) in seer.asked() {
            if form == "answer" && text.contains("Answer B:") {
                places.insert(place_of(&text, "3"));
            }
        }
    }
    assert!(!places.is_empty());
    let drawn: std::collections::BTreeSet<bool> =
        (0..8).map(|round| Seed(7).derive("prefer", round).0.is_multiple_of(2)).collect();
    assert_eq!(drawn.len(), 2, "the order is drawn anew in each round");
}

#[test]
fn volcano_asks_for_no_decision_between_equals_and_a_proof_ends_it() {
    let same = solution("two cats", "2");
    let (ended, seer) = looked("volcano", 3, &[same.clone(), items(&[]), same], None);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(seer.forms(), ["solution", "points", "solution"]);
    assert!(seer.asked()[2].1.contains("found nothing that does not agree"));
    let proved = [solution("3 * 4 = 12", "12")];
    let (ended, seer) = looked("volcano", 3, &proved, Some(ScriptedVerifier::new(knows)));
    assert_eq!((ended.short().0, seer.forms().len()), (Verdict::Accept, 1));
}

/// Judgements of two steps.
fn judged(first: bool, second: bool) -> String {
    format!(
        r#"{{"steps": [{{"correct": {first}, "why": "so"}}, {{"correct": {second}, "why": ""}}]}}"#
    )
}

#[test]
fn lookback_probes_every_step_looks_without_the_claim_judges_and_mends() {
    let replies = [
        answer("13"),
        items(&["How many rows?", "How many in a row?"]),
        r#"{"text": "There are 3 rows."}"#.to_owned(),
        r#"{"text": "There are 4 in each."}"#.to_owned(),
        items(&[]),
        answer("14"),
        judged(false, true),
        answer("12"),
    ];
    let (ended, seer) = looked("lookback", 1, &replies, None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    let forms =
        ["solution", "probes", "sight", "sight", "probes", "solution", "judgements", "solution"];
    assert_eq!(seer.forms(), forms);
    let asked: Vec<_> = seer.asked().into_iter().map(|(_, text)| text).collect();
    assert!(!asked[1].contains("Picture 0:"), "what to look up is asked without the picture");
    assert!(asked[2].contains("Picture 0:") && asked[2].contains("How many rows?"));
    assert!(!asked[2].contains("13"), "whoever looks does not know what is claimed");
    assert!(asked[4].contains("3 * 4 = 13") && asked[4].contains("so it is 13"));
    assert!(asked[6].contains("step 0: How many rows? There are 3 rows."), "{}", asked[6]);
    assert!(asked[6].contains("so it is 14") && asked[6].contains("may or may not be right"));
    assert!(asked[7].contains("step 0: wrong. so") && asked[7].contains("step 1: right"));
    assert_eq!(ended.origins()[1], ("mend".to_owned(), Some(0)));
}

#[test]
fn lookback_accepts_what_holds_and_without_judgements_nothing() {
    let none = items(&[]);
    let replies = [answer("12"), none.clone(), none.clone(), answer("12"), judged(true, true)];
    let (ended, _) = looked("lookback", 2, &replies, None);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    let replies = [answer("12"), none.clone(), none, answer("12"), "{}".to_owned()];
    let (ended, _) = looked("lookback", 2, &replies, None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOpinion));
}

#[test]
fn without_a_picture_nobody_is_asked() {
    for name in ["volcano", "lookback"] {
        let seer = ScriptedWriter::new("s", ["{}"]);
        let mut scripted = ScriptedPorts::fresh(&Script::new("", &[]));
        scripted.ports.models = Models { seer: Some(seer.clone()), ..Models::default() };
        let recipe = recipe(name, 1);
        let request = RunRequest {
            run: RunId::new("test").unwrap(),
            brief: Brief::from_idea("How many?"),
            budget: recipe.budget(),
            recipe: recipe.into(),
            painter: "none".to_owned(),
            seed: Seed(7),
        };
        let ended = block_on(run(&request, &scripted.ports, &StopFlag::default()));
        let Err(error @ RunError::MissingPicture { .. }) = ended else { panic!("{name}") };
        assert!(error.hint().unwrap().contains("--image"));
        assert!(seer.asked().is_empty() && scripted.witness.events().is_empty());
    }
}

#[test]
fn the_best_of_n_looks_is_the_first_question_again_and_again_and_a_vote_or_a_proof_chooses() {
    let replies = ["2", "3", "4", "3"].map(|count| solution("cats", count));
    let (ended, seer) = looked("best-of-n-sight", 3, &replies, None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    let asked: Vec<_> = seer.asked().into_iter().map(|(_, text)| text).collect();
    assert!(asked.iter().all(|text| text.contains("Picture 0:") && *text == asked[0]));
    let (_, first) = looked("volcano", 0, &replies, None);
    assert_eq!(asked[0], first.asked()[0].1, "in the words of the other recipes");
    let replies = ["13", "12", "11"].map(|count| solution("cats", count));
    let verifier = Some(ScriptedVerifier::new(knows));
    let (ended, seer) = looked("best-of-n-sight", 9, &replies, verifier);
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(seer.asked().len(), 2);
}
