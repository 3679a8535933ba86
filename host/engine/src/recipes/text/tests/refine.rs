//! Self-Refine: the order of its steps, its stop rule, its memory.

use super::*;

#[test]
fn answer_feedback_and_refinement_alternate_until_the_feedback_is_content() {
    let replies = [answer("13"), wrong("3 * 4 is not 13"), answer("12"), FINE.to_owned()];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("self-refine", 3), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "problems", "solution", "problems"]);
    assert_eq!(ended.origins(), [("solve".to_owned(), None), ("refine".to_owned(), Some(0))]);
    assert_eq!(ended.texts[1], "3 * 4 = 12\nso it is 12\nAnswer: 12");
    assert_eq!(
        ended.reasons(),
        [
            "nobody could check c0: another round may help",
            "nobody could check c1: another round may help",
            "nobody could check c1: whoever was asked finds nothing more wrong with it",
        ]
    );
}

#[test]
fn the_whole_history_is_before_the_eyes_of_whoever_writes_again() {
    let replies =
        [answer("1"), wrong("too small"), answer("2"), wrong("still too small"), answer("3")];
    let writer = ScriptedWriter::new("w", replies);
    let ended = perform(&recipe("self-refine", 2), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    let asked = writer.asked();
    let (feedback, refine) = (&asked[3].1, &asked[4].1);
    for text in [feedback, refine] {
        assert!(text.contains("too small") && text.contains("so it is 1"), "{text}");
        assert!(text.contains("so it is 2"), "{text}");
    }
    assert!(refine.contains("still too small") && !feedback.contains("still too small"));
}

#[test]
fn a_proof_ends_the_run_without_feedback() {
    let writer = ScriptedWriter::new("w", [answer("12")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("self-refine", 3), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution"]);
}

#[test]
fn feedback_that_is_content_does_not_silence_a_verifier() {
    let writer = ScriptedWriter::new("w", [answer("13"), FINE.to_owned(), answer("12")]);
    let verifier = ScriptedVerifier::new(knows);
    let ended = perform(&recipe("self-refine", 3), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    let refine = &writer.asked()[2].1;
    assert!(refine.contains("step 0: it does not follow"), "{refine}");
}

#[test]
fn a_text_that_is_found_worse_does_not_take_the_drafts_place() {
    let good = r#"{"steps": [], "answer": "twelve"}"#.to_owned();
    let writer = ScriptedWriter::new("w", [good, wrong("say a number"), answer("13")]);
    let words_pass = |text: &str| Some(if text.contains("twelve") { Ok(()) } else { Err(1) });
    let verifier = ScriptedVerifier::new(words_pass).with_mode(Mode::Advise);
    let ended = perform(&recipe("self-refine", 1), &writer, Some(verifier)).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
}

#[test]
fn a_judge_gives_the_feedback_in_the_writers_place() {
    let writer = ScriptedWriter::new("w", [answer("13"), answer("12")]);
    let judge = ScriptedWriter::new("j", [wrong("no"), FINE.to_owned()]);
    let models =
        Models { writer: Some(writer.clone()), judge: Some(judge.clone()), ..Models::default() };
    let ended = perform_with(&recipe("self-refine", 3), models, None).unwrap();
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!((writer.forms().len(), judge.forms().len()), (2, 2));
}

#[test]
fn feedback_of_no_use_is_done_without_and_a_refinement_of_no_use_keeps_the_text() {
    let writer = ScriptedWriter::new("w", [answer("13"), "{}".to_owned()]);
    let ended = perform(&recipe("self-refine", 1), &writer, None).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
    let fell = ended.events.iter().filter_map(|timed| match &timed.event {
        RunEvent::FellBack { instead, .. } => Some(instead.as_str()),
        _ => None,
    });
    let expected = ["the writer is not told what is wrong", "the last text is kept"];
    assert_eq!(fell.collect::<Vec<_>>(), expected);
}
