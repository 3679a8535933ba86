//! CRITIC, Critic-CoT, backtracking and `IoE`: the order of their steps, their stop rules, what they
//! keep.

use super::*;

fn judged(judgements: &[(bool, &str)]) -> String {
    let steps: Vec<_> = judgements
        .iter()
        .map(|(correct, why)| format!(r#"{{"correct": {correct}, "why": "{why}"}}"#))
        .collect();
    format!(r#"{{"steps": [{}]}}"#, steps.join(", "))
}

fn wrong_step(at: &str) -> String {
    format!(r#"{{"first_wrong": {at}}}"#)
}

/// The steps after the first one.
fn rest(step: &str, answer: &str) -> String {
    format!(r#"{{"steps": ["{step}"], "answer": "{answer}"}}"#)
}

#[test]
fn critic_verifies_criticizes_and_corrects_until_the_answer_stays_the_same_twice() {
    let writer =
        ScriptedWriter::new("w", [answer("13"), answer("14"), answer("14.0"), answer("14")]);
    let ended = perform(&recipe("critic", 9), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 3, StopReason::NoOps));
    assert_eq!(writer.forms(), ["solution", "correction", "correction", "correction"]);
    assert!(ended.reasons()[3].ends_with("the answer no longer changes"));
    assert_eq!(ended.origins()[3], ("critique".to_owned(), Some(2)));
}

#[test]
fn critic_tells_what_tools_found_and_is_ended_by_a_proof() {
    let writer = ScriptedWriter::new("w", [answer("13"), answer("12")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("critic", 9), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert!(writer.asked()[1].1.contains("step 0: it does not follow"));
}

#[test]
fn critic_does_not_accept_what_a_verifier_refutes_however_often_it_stays() {
    let writer = ScriptedWriter::new("w", [answer("13")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("critic", 9), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::NoOps));
}

#[test]
fn critic_writes_a_text_under_constraints_again_until_the_tool_finds_nothing_or_it_stays_twice() {
    let line = |text: &str| format!(r#"{{"problems": ["x"], "steps": [], "answer": "{text}"}}"#);
    let asked = "Write a line with the words apple and boat, without the word very.";
    for (replies, verdict, texts, forms) in [
        // Every line is checked before it is criticized; a proof is the end.
        (
            vec![line("very apple"), line("apple"), line("an apple in a boat")],
            (Verdict::Accept, 2, StopReason::Accepted),
            vec!["very apple", "apple", "an apple in a boat"],
            vec!["solution", "correction", "correction"],
        ),
        // What does not change is not corrected: twice is enough, and it is not accepted.
        (
            vec![line("very apple"), line("apple"), line("Apple."), line("apple")],
            (Verdict::GiveUp, 3, StopReason::NoOps),
            vec!["very apple", "apple", "Apple.", "apple"],
            vec!["solution", "correction", "correction", "correction"],
        ),
    ] {
        let writer = ScriptedWriter::new("w", replies);
        let models = Models { writer: Some(writer.clone()), ..Models::default() };
        let verifier = Some(ScriptedVerifier::new(|text| {
            let meets = text.contains("apple") && text.contains("boat") && !text.contains("very");
            Some(if meets { Ok(()) } else { Err(0) })
        }));
        let ended = perform_about(asked, &recipe("critic", 9), models, verifier).unwrap();
        assert_eq!(
            (ended.short(), &ended.texts[..], writer.forms()),
            (
                verdict,
                &texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()[..],
                forms.iter().map(|form| (*form).to_owned()).collect()
            )
        );
        let order: Vec<&str> = ended.events.iter().filter_map(|timed| kind(&timed.event)).collect();
        assert_eq!(
            order[..8],
            ["answer", "text", "check", "decide", "answer", "text", "check", "decide"]
        );
        let second = &writer.asked()[1].1;
        assert!(second.contains("very apple") && second.contains("it does not follow"), "{second}");
    }
}

/// The step of a round that an event tells of.
const fn kind(event: &RunEvent) -> Option<&'static str> {
    match event {
        RunEvent::Answered { .. } => Some("answer"),
        RunEvent::CandidateReady { .. } => Some("text"),
        RunEvent::Assessed { .. } => Some("check"),
        RunEvent::Decided { .. } => Some("decide"),
        _ => None,
    }
}

#[test]
fn critic_cot_goes_on_from_the_first_step_that_does_not_pass_until_all_do() {
    let replies = [
        answer("13"),
        judged(&[(true, ""), (false, "it is 12")]),
        rest("so it is 12", "12"),
        judged(&[(true, ""), (true, "")]),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("critic-cot", 3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "judgements", "continuation", "judgements"]);
    assert_eq!(ended.texts[1], "3 * 4 = 13\nso it is 12\nAnswer: 12");
    let told = &writer.asked()[2].1;
    assert!(told.contains("it is 12") && told.contains("<findings author=\"kept\">"), "{told}");
}

#[test]
fn backtracking_keeps_what_stands_before_the_mistake_and_takes_what_most_ways_on_come_to() {
    let replies = [
        answer("13"),
        wrong_step("1"),
        rest("so it is 14", "14"),
        // What repeats the old step is dropped.
        rest("so it is 13", "13"),
        rest("so it is 12", "12"),
        rest("hence 12", "12.0"),
    ];
    let writer = ScriptedWriter::new("w", replies);
    let algorithm = Algorithm::Text(TextAlgorithm::Backtrack { alternatives: 4 });
    let once = Recipe { algorithm, ..recipe("backtrack", 1) };
    let ended = perform(&once, &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Rounds));
    assert_eq!(ended.texts[1], "3 * 4 = 13\nso it is 12\nAnswer: 12");
    assert_eq!(writer.forms()[..3], ["solution", "location", "continuation"]);
    assert_eq!(writer.forms().len(), 6);
}

#[test]
fn backtracking_believes_a_verifier_and_changes_nothing_where_no_step_is_wrong() {
    let writer = ScriptedWriter::new("w", [answer("13"), answer("12")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("backtrack", 1), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert!(!writer.forms().contains(&"location".to_owned()));
    let writer = ScriptedWriter::new("w", [answer("13"), wrong_step("null")]);
    let ended = perform(&recipe("backtrack", 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
}

#[test]
fn ioe_keeps_an_answer_that_comes_out_the_same_and_decides_between_two() {
    let writer = ScriptedWriter::new("w", [answer("12"), answer("12.0")]);
    let ended = perform(&recipe("if-or-else", 2), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::NoOps));
    let second = &writer.asked()[1].1;
    assert!(!second.contains("it is wrong:") && second.contains("very confident"), "{second}");
    let writer = ScriptedWriter::new("w", [answer("13"), answer("14"), answer("13")]);
    let ended = perform(&recipe("if-or-else", 2), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "reconsidered", "solution"]);
    assert!(writer.asked()[2].1.contains("<findings author=\"other\">"));
}
