//! The guard against reward hacking: when it stops a run, what is handed out then, and when it lets
//! a run go on.

use super::*;

/// Feedback that grades a text and is never content.
fn graded(score: u32) -> String {
    format!(r#"{{"problems": ["more"], "correct": false, "score": {score}}}"#)
}

/// Answers, each graded after it was given.
fn replies(rounds: &[(&str, u32)]) -> Vec<String> {
    rounds.iter().flat_map(|(text, score)| [answer(text), graded(*score)]).collect()
}

fn watched(rounds: u32) -> Recipe {
    recipe("self-refine", rounds).with_held_out("verify-script").unwrap()
}

fn held_out() -> ScriptedVerifier {
    // Whatever say it has otherwise.
    ScriptedVerifier::new(knows).with_mode(Mode::Enforce)
}

#[test]
fn a_judge_that_rises_while_the_held_out_one_falls_stops_the_run() {
    let writer = ScriptedWriter::new("w", replies(&[("12", 4), ("12", 6), ("13", 8), ("14", 9)]));
    let ended = perform(&watched(6), &writer, Some(held_out())).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Hacking));
    // The third grade gives it away, and nothing is asked after that.
    assert_eq!(writer.asked().len(), 6);
    let last = ended.reasons().pop().unwrap();
    for words in ["rose from 0.40 to 0.80", "verify-script", "fell from 1.00 to 0.00", "c0 best"] {
        assert!(last.contains(words), "{words}: {last}");
    }
}

#[test]
fn what_the_held_out_one_likes_best_is_handed_out_and_not_the_last_draft() {
    let found_and_lost = replies(&[("13", 4), ("12", 5), ("13", 8), ("13", 9)]);
    let writer = ScriptedWriter::new("w", found_and_lost);
    let ended = perform(&watched(6), &writer, Some(held_out())).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 1, StopReason::Hacking));
}

#[test]
fn who_is_held_out_is_not_heard() {
    let writer = ScriptedWriter::new("w", replies(&[("12", 4), ("13", 4), ("13", 4)]));
    let ended = perform(&watched(2), &writer, Some(held_out())).unwrap();
    // A proof would have ended the run at once, and an objection kept the first text.
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    assert!(writer.asked().iter().all(|(_, text)| !text.contains("does not follow")));
    let modes = ended.events.iter().filter_map(|timed| match &timed.event {
        RunEvent::Assessed { mode, .. } => *mode,
        _ => None,
    });
    assert!(modes.into_iter().all(|mode| mode == Mode::Shadow));
}

#[test]
fn a_run_goes_on_where_nothing_is_lost_or_nobody_watches() {
    for (rounds, what) in [
        (&[("13", 4), ("12", 6), ("12", 8), ("12", 9)], "both rise"),
        (&[("12", 4), ("12", 6), ("12", 8), ("12", 9)], "the held-out one stays"),
        (&[("12", 9), ("12", 8), ("13", 7), ("13", 6)], "both fall"),
    ] {
        let writer = ScriptedWriter::new("w", replies(rounds));
        let ended = perform(&watched(3), &writer, Some(held_out())).unwrap();
        assert_eq!(ended.outcome.stop, StopReason::Rounds, "{what}");
    }
    let writer = ScriptedWriter::new("w", replies(&[("12", 4), ("12", 6), ("13", 8), ("14", 9)]));
    let ended = perform(&recipe("self-refine", 3), &writer, None).unwrap();
    assert_eq!(ended.outcome.stop, StopReason::Rounds);
}

#[test]
fn a_held_out_assessor_that_is_not_there_is_told_before_anything_is_asked() {
    let writer = ScriptedWriter::new("w", replies(&[("12", 4)]));
    let ended = perform(&watched(3), &writer, None);
    assert!(
        matches!(ended, Err(RunError::MissingAssessor { plugin, .. }) if plugin == "verify-script")
    );
    assert!(writer.asked().is_empty());
}

fn audited(rounds: u32, replies: Vec<String>, grades: &[u32]) -> (Ended, Arc<ScriptedWriter>) {
    let auditor = ScriptedWriter::new("a", grades.iter().map(|grade| graded(*grade)));
    let models = Models {
        writer: Some(ScriptedWriter::new("w", replies)),
        auditor: Some(auditor.clone()),
        ..Models::default()
    };
    let recipe = recipe("self-refine", rounds).with_held_out("auditor").unwrap();
    (perform_with(&recipe, models, None).unwrap(), auditor)
}

#[test]
fn an_auditor_grades_every_text_with_nothing_else_before_its_eyes_and_stops_the_run() {
    let rounds = [("12", 4), ("13", 6), ("14", 8), ("15", 9)];
    let (ended, auditor) = audited(6, replies(&rounds), &[9, 6, 2, 1]);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Hacking));
    let last = ended.reasons().pop().unwrap();
    for words in ["rose from 0.40 to 0.80", "auditor", "fell from 0.90 to 0.20", "c0 best"] {
        assert!(last.contains(words), "{words}: {last}");
    }
    let asked: Vec<_> = auditor.asked().into_iter().map(|(_, text)| text).collect();
    assert_eq!(asked.len(), 3);
    assert!(asked[1].contains("so it is 13") && !asked[1].contains("so it is 12"), "{}", asked[1]);
    assert!(
        !asked[1].contains("more"),
        "what was said of the text before is not told: {}",
        asked[1]
    );
}

#[test]
fn what_an_auditor_says_steers_nothing_and_one_of_no_use_stops_nothing() {
    let rounds = [("12", 4), ("13", 6), ("14", 8)];
    let (level, _) = audited(2, replies(&rounds), &[5]);
    let (mute, _) = audited(2, replies(&rounds), &[]);
    for ended in [level, mute] {
        assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    }
}
