//! Self-Polish, verified plans, turns of correction and perspectives: one text, carried on.

use pentimento_recipe::Reflection;

use super::*;

fn with(name: &str, rounds: u32, reflection: Reflection) -> Recipe {
    let algorithm = Algorithm::Text(TextAlgorithm::Reflection(reflection));
    Recipe { algorithm, ..recipe(name, rounds) }
}

fn text(text: &str) -> String {
    format!(r#"{{"text": "{text}"}}"#)
}

fn items(items: &str) -> String {
    format!(r#"{{"items": [{items}]}}"#)
}

const YES: &str = r#"{"answer": "yes"}"#;
const NO: &str = r#"{"answer": "no"}"#;

#[test]
fn self_polish_writes_the_latest_question_again_until_the_answer_stays_the_same() {
    let replies =
        [answer("13"), text("What is 3 * 4?"), answer("12"), text("3 * 4 = ?"), answer("12.0")];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("self-polish", 5), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::NoOps));
    assert_eq!(writer.forms(), ["solution", "question", "solution", "question", "solution"]);
    let asked = writer.asked();
    assert!(asked[2].1.contains("What is 3 * 4?") && !asked[2].1.contains("How much"));
    assert!(asked[3].1.contains("What is 3 * 4?"), "the newest question is written again");
}

#[test]
fn self_polish_without_another_question_is_at_its_end() {
    let writer = ScriptedWriter::new("w", [answer("13"), "{}".to_owned()]);
    let ended = perform(&recipe("self-polish", 5), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOps));
}

fn plan(rounds: u32, detail: u32) -> Recipe {
    with("plan-verify", rounds, Reflection::PlanVerify { detail, history: 1000 })
}

#[test]
fn a_plan_is_tried_until_it_is_proved_and_all_that_was_tried_is_told() {
    let writer = ScriptedWriter::new("w", ["13", "14", "12"].map(answer));
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&plan(9, 1), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution"; 3], "no model is asked what is right");
    let last = &writer.asked()[2].1;
    assert!(last.contains("Answer: 13") && last.contains("Answer: 14"), "{last}");
    assert_eq!(last.matches("it does not follow").count(), 2);
}

#[test]
fn a_plan_that_nobody_can_check_is_not_accepted_and_one_that_is_refuted_neither() {
    let writer = ScriptedWriter::new("w", [answer("12")]);
    let ended = perform(&plan(9, 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOpinion));
    assert_eq!(writer.asked().len(), 1);
    let writer = ScriptedWriter::new("w", [answer("13")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&plan(2, 0), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    let last = &writer.asked()[2].1;
    assert!(last.contains("it is not right") && !last.contains("does not follow"), "{last}");
}

#[test]
fn turns_end_with_a_good_verdict_and_quote_all_turns_before() {
    let replies =
        [answer("13"), NO.to_owned(), answer("14"), NO.to_owned(), answer("12"), YES.to_owned()];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("multi-turn-correct", 5), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    let turns = ["solution", "answer", "solution", "answer", "solution", "answer"];
    assert_eq!(writer.forms(), turns);
    let last = &writer.asked()[4].1;
    assert!(last.contains("Answer: 13") && last.contains("Answer: 14"), "{last}");
    assert!(last.contains("if there is one"), "nobody says that it is wrong");
}

/// The latest attempt alone, as three recipes may be told.
#[test]
fn a_short_memory_is_told_the_latest_attempts_alone() {
    let problem = r#"{"problems": ["step 1 is wrong"]}"#.to_owned();
    let turns = Reflection::MultiTurn { history: 1 };
    let verified = Reflection::PlanVerify { detail: 1, history: 1 };
    let refined = Algorithm::Text(TextAlgorithm::SelfRefine { history: 1 });
    for (recipe, between, verifier) in [
        (with("multi-turn-correct", 2, turns), Some(NO.to_owned()), None),
        (with("plan-verify", 2, verified), None, Some(ScriptedVerifier::new(knows))),
        (Recipe { algorithm: refined, ..recipe("self-refine", 2) }, Some(problem), None),
    ] {
        let answers = ["13", "14", "12"].map(answer);
        let replies = answers.into_iter().flat_map(|one| [Some(one), between.clone()]).flatten();
        let writer = ScriptedWriter::new("w", replies);
        perform(&recipe, &writer, verifier).unwrap();
        let (_, last) = writer.asked().into_iter().rfind(|(form, _)| form == "solution").unwrap();
        assert!(last.contains("Answer: 14") && !last.contains("Answer: 13"), "{last}");
    }
}

#[test]
fn a_good_verdict_does_not_outweigh_a_verifier() {
    let replies = [answer("13"), YES.to_owned(), answer("12")];
    let writer = ScriptedWriter::new("w", replies);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("multi-turn-correct", 5), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
}

#[test]
fn perspectives_are_imagined_and_the_answer_written_again_with_them() {
    let replies = [answer("12"), items("\"a reader feels talked down to\""), answer("12")];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("perspective-taking", 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    assert_eq!(writer.forms(), ["solution", "views", "solution"]);
    let asked = writer.asked();
    assert!(asked[2].1.contains("talked down to"));
    assert!(asked[1].1.contains("different groups"));
    let own = with("perspective-taking", 1, Reflection::PerspectiveTaking { own: true });
    let writer = ScriptedWriter::new("w", [answer("12"), items("")]);
    let ended = perform(&own, &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted), "nobody minds");
    assert!(writer.asked()[1].1.contains("Imagine that you were one of those"));
}
