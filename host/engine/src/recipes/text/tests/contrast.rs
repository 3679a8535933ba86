//! P(True), Self-Contrast and `MAgICoRe`: many answers, judged, held against each other or refined.

use pentimento_recipe::Reflection;

use super::*;

fn with(name: &str, rounds: u32, reflection: Reflection) -> Recipe {
    let algorithm = Algorithm::Text(TextAlgorithm::Reflection(reflection));
    Recipe { algorithm, ..recipe(name, rounds) }
}

fn p_true(answers: u32, rounds: u32) -> Recipe {
    with("p-true", rounds, Reflection::PTrue { answers, temperature: 1.0, votes: 2, accept: 0.75 })
}

const YES: &str = r#"{"answer": "yes"}"#;
const NO: &str = r#"{"answer": "no"}"#;

fn items(items: &[&str]) -> String {
    format!(r#"{{"items": ["{}"]}}"#, items.join("\", \""))
}

#[test]
fn p_true_judges_the_most_frequent_answer_first_before_the_eyes_of_all_and_keeps_the_likeliest() {
    let mut replies: Vec<String> = ["13", "12", "12", "14"].map(answer).into();
    // 12 is true in no case, 13 in one of two, 14 in none.
    replies.extend([NO, NO, YES, NO, NO, NO].map(ToOwned::to_owned));
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&p_true(4, 9), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::NoOps));
    let asked = writer.asked();
    assert_eq!(asked.len(), 10);
    let proposed = |text: &str| text.rsplit("The proposed answer:").next().unwrap().to_owned();
    for (at, number) in [(4, "12"), (6, "13"), (8, "14")] {
        assert!(proposed(&asked[at].1).contains(&format!("Answer: {number}")), "{}", asked[at].1);
        assert_eq!(asked[at].1.matches("author=\"idea\"").count(), 4);
    }
    assert!(ended.reasons()[2].ends_with("nothing is left to try"), "{:?}", ended.reasons());
}

#[test]
fn p_true_stops_at_the_first_answer_that_is_likely_enough() {
    let replies = [answer("12"), answer("13"), YES.to_owned()];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&p_true(2, 9), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "solution", "answer", "answer"]);
}

#[test]
fn p_true_does_not_trust_what_a_verifier_refutes_however_likely() {
    let verifier = ScriptedVerifier::new(knows);
    let writer = ScriptedWriter::new("w", [answer("13"), answer("12"), YES.to_owned()]);
    let ended = perform(&p_true(2, 9), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
}

fn contrast(rounds: u32) -> Recipe {
    let reflection = Reflection::SelfContrast { perspectives: 3, contrasted: 3 };
    with("self-contrast", rounds, reflection)
}

#[test]
fn self_contrast_answers_from_all_sides_and_looks_again_with_a_checklist_until_all_agree() {
    let replies = [
        items(&["in one go", "by rows", "by columns", "backwards"]),
        answer("13"),
        answer("12"),
        answer("13"),
        items(&["step 0: 13 there, 12 here"]),
        items(&["do step 0 again"]),
        answer("12"),
        answer("12"),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&contrast(3), &writer, None).unwrap();
    assert_eq!(ended.short().0, Verdict::Accept);
    assert_eq!(ended.short().2, StopReason::Accepted);
    let forms = writer.forms();
    let drawn = ["perspectives", "solution", "solution", "solution"];
    assert_eq!(forms[..4], drawn, "a fourth side is one too many");
    assert_eq!(forms[4..], ["differences", "checklist", "solution", "solution"]);
    let asked = writer.asked();
    assert!(asked[2].1.contains("by rows") && !asked[2].1.contains("in one go"));
    assert!(asked[6].1.contains("do step 0 again") && asked[6].1.contains("Answer: 13"));
    assert!(asked[7].1.contains("Answer: 12"), "each answer is looked at for itself");
    let parents: Vec<_> = ended.origins()[3..].iter().map(|(_, parent)| *parent).collect();
    assert_eq!(parents, [Some(0), Some(1)]);
    assert!(ended.reasons()[1].ends_with("all answers agree"), "{:?}", ended.reasons());
}

#[test]
fn self_contrast_needs_no_contrast_where_all_agree_and_votes_where_they_never_do() {
    let writer = ScriptedWriter::new("w", [items(&["a", "b", "c"]), answer("12")]);
    let ended = perform(&contrast(3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms().len(), 4);
    let replies = [
        items(&["a", "b", "c"]),
        answer("13"),
        answer("12"),
        answer("12"),
        items(&["x"]),
        items(&["y"]),
        answer("12"),
        answer("13"),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&contrast(1), &writer, None).unwrap();
    // 12 had two votes and is rewritten as 12, 13 had one.
    assert_eq!(ended.short().0, Verdict::GiveUp);
    assert!(ended.texts[ended.short().1 as usize].ends_with("Answer: 12"));
}

fn scores(steps: [u8; 2], answer: u8) -> String {
    format!(r#"{{"steps": [{}, {}], "answer": {answer}}}"#, steps[0], steps[1])
}

fn magicore(answers: u32, rounds: u32) -> Recipe {
    let reflection =
        Reflection::Magicore { answers, temperature: 0.8, average: 1.0, confidence: 0.7 };
    with("magicore", rounds, reflection)
}

#[test]
fn magicore_only_votes_where_the_question_is_easy() {
    let replies = [
        answer("12"),
        answer("12"),
        answer("13"),
        scores([9, 9], 9),
        scores([9, 9], 9),
        scores([1, 1], 1),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&magicore(3, 3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms()[3..], ["scores", "scores", "scores"], "nothing is refined");
}

#[test]
fn magicore_reviews_and_refines_every_answer_to_a_hard_question_and_keeps_the_best() {
    let replies = [
        answer("13"),
        answer("14"),
        scores([4, 4], 3),
        scores([4, 4], 3),
        items(&["step 0: it is 12"]),
        answer("12"),
        scores([9, 9], 9),
        items(&["step 0: look again"]),
        answer("15"),
        scores([1, 1], 1),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&magicore(2, 3), &writer, None).unwrap();
    // The new 12 and the old 13 are kept, and 12 weighs enough.
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    let once = ["review", "solution", "scores"];
    assert_eq!(writer.forms()[4..], [once, once].concat());
    let asked = writer.asked();
    assert!(asked[4].1.contains("step 1: 4"), "the reviewer sees the scores: {}", asked[4].1);
    assert!(asked[5].1.contains("it is 12") && !asked[5].1.contains("look again"));
}

#[test]
fn magicore_without_scores_of_use_trusts_nothing() {
    let writer = ScriptedWriter::new("w", [answer("12"), answer("12"), "no idea".to_owned()]);
    let ended = perform(&magicore(2, 0), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
}
