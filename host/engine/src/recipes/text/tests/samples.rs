//! Self-consistency and best of n: what is drawn, what is kept, when it ends.

use super::*;

fn drawn(name: &str, answers: &[&str], verifier: Option<ScriptedVerifier>) -> (Ended, usize) {
    let rounds = u32::try_from(answers.len()).unwrap() - 1;
    let writer = ScriptedWriter::new("w", answers.iter().map(|&text| answer(text)));
    let ended = perform(&recipe(name, rounds), &writer, verifier).unwrap();
    (ended, writer.asked().len())
}

#[test]
fn the_answer_given_most_often_is_kept_in_its_earliest_text() {
    let (ended, asked) = drawn("self-consistency", &["13", "12", "14", "12.0"], None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    assert_eq!(asked, 4);
    let last = ended.reasons().pop().unwrap();
    assert_eq!(last, "2 of 4 answers agree with c1: all rounds were used");
    let (ended, _) = drawn("self-consistency", &["13", "12", "12"], None);
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Rounds));
}

#[test]
fn sampling_ends_when_no_further_answer_can_change_the_vote() {
    let (ended, asked) = drawn("self-consistency", &["12", "12", "12", "13", "13"], None);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(asked, 3);
}

#[test]
fn a_vote_that_a_verifier_objects_to_is_handed_out_but_not_accepted() {
    let verifier = ScriptedVerifier::new(knows);
    let (ended, _) = drawn("self-consistency", &["13", "12", "13"], Some(verifier));
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
}

#[test]
fn the_best_of_n_is_what_a_verifier_proves_and_ends_the_sampling() {
    let verifier = ScriptedVerifier::new(knows);
    let (ended, asked) = drawn("best-of-n-text", &["13", "13", "12", "12"], Some(verifier));
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    assert_eq!(asked, 3);
}

#[test]
fn with_nobody_to_check_the_best_of_n_is_what_most_agree_on() {
    let (ended, asked) = drawn("best-of-n-text", &["13", "12", "14", "12"], None);
    assert_eq!((ended.short(), asked), ((Verdict::GiveUp, 1, StopReason::Rounds), 4));
}

#[test]
fn a_sample_of_no_use_is_left_out_of_the_vote() {
    let replies = [answer("13"), "{}".to_owned(), "{}".to_owned(), answer("12"), answer("12")];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("self-consistency", 3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Rounds));
}

#[test]
fn every_sample_is_another_question_and_so_is_every_temperature() {
    let keys = |temperature: f32| -> Vec<StepKey> {
        let (agreement, stop_early) = (0.5, false);
        let algorithm = TextAlgorithm::SelfConsistency { temperature, agreement, stop_early };
        let recipe = recipe("self-consistency", 1);
        let recipe = Recipe { algorithm: Algorithm::Text(algorithm), ..recipe };
        let writer = ScriptedWriter::new("w", [answer("12")]);
        let ended = perform(&recipe, &writer, None).unwrap();
        let key = |timed: &TimedEvent| match &timed.event {
            RunEvent::Answered { key, .. } => Some(*key),
            _ => None,
        };
        ended.events.iter().filter_map(key).collect()
    };
    let (mild, wild) = (keys(0.7), keys(1.0));
    assert!(mild[0] != mild[1] && mild[0] != wild[0] && mild.len() == 2);
}
