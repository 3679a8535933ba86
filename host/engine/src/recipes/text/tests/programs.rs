//! CRITIC on programs and `ProgCo`: what is run when, what is told of it, and that no program is run
//! twice.

use super::*;
use crate::Ports;

const ASKED: &str = "How much is 3 * 4?";

fn program(code: &str) -> String {
    format!(r#"{{"program": "{code}"}}"#)
}

fn points(point: &str) -> String {
    format!(r#"{{"items": ["{point}"]}}"#)
}

/// What a program comes to that is one line: `answer = VALUE`, or else an error.
fn assigned(code: &str, then: &str) -> String {
    assert_eq!(then, "answer");
    match code.strip_prefix("answer = ") {
        Some(value) => format!(r#"{{"outcome":"ok","value":"{value}","stdout":""}}"#),
        None => r#"{"outcome":"error","error":{"type":"NameError","message":"no s9","line":1,
            "source":"s9"},"stdout":""}"#
            .to_owned(),
    }
}

/// Verifications that know the number in their code, or are wrong in themselves.
fn verified(code: &str, then: &str) -> String {
    let wanted = code.strip_prefix("knows ").map(|number| format!("verify({number})"));
    match wanted {
        Some(wanted) => {
            let value = if wanted == then { "True" } else { "False" };
            format!(r#"{{"outcome":"ok","value":"{value}","stdout":"derived {code}"}}"#)
        }
        None => r#"{"outcome":"stopped","limit":"steps","stdout":""}"#.to_owned(),
    }
}

fn programmed(
    rounds: u32,
    replies: &[String],
    verifier: Option<ScriptedVerifier>,
) -> (Ended, Arc<ScriptedWriter>, Arc<ScriptedTool>) {
    let (writer, tool) =
        (ScriptedWriter::new("w", replies.to_vec()), ScriptedTool::python(assigned));
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    let ended =
        perform_among(ASKED, &recipe("critic-program", rounds), models, verifier, &tool).unwrap();
    (ended, writer, tool)
}

fn corrected(rounds: u32, replies: &[String]) -> (Ended, Arc<ScriptedWriter>, Arc<ScriptedTool>) {
    let (writer, tool) =
        (ScriptedWriter::new("w", replies.to_vec()), ScriptedTool::python(verified));
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    let ended = perform_among(ASKED, &recipe("progco", rounds), models, None, &tool).unwrap();
    (ended, writer, tool)
}

/// What the tool was called for, and whether it answered.
fn errands(ended: &Ended) -> Vec<(String, bool)> {
    let errand = |timed: &TimedEvent| match &timed.event {
        RunEvent::Performed { errand, .. } => Some((errand.step.clone(), errand.answer.is_ok())),
        _ => None,
    };
    ended.events.iter().filter_map(errand).collect()
}

#[test]
fn critic_program_runs_what_is_new_and_tells_what_came_of_it_until_the_value_stays_twice() {
    let replies = ["s9", "answer = 13", "answer = 12", "answer = 12", "answer =  12.0"];
    let replies: Vec<_> = replies.map(program).to_vec();
    let (ended, writer, tool) = programmed(9, &replies, None);
    assert_eq!(ended.short(), (Verdict::Accept, 3, StopReason::NoOps));
    assert_eq!(writer.forms(), ["program", "reprogram", "reprogram", "reprogram", "reprogram"]);
    // The third correction is the second letter by letter: it is not run again.
    assert_eq!(tool.told().len(), 4);
    assert_eq!(errands(&ended), vec![("execute".to_owned(), true); 4]);
    assert_eq!(ended.texts[0], "s9\nAnswer: none");
    assert_eq!(ended.texts[2], "answer = 12\nAnswer: 12");
    let asked = writer.asked();
    assert!(asked[1].1.contains("Execution: NameError: no s9 (line 1: s9)"), "{}", asked[1].1);
    assert!(asked[2].1.contains("Execution: done. Output: 13"), "{}", asked[2].1);
}

#[test]
fn critic_program_never_criticizes_a_broken_program_if_there_is_another() {
    let replies = ["answer = 13", "s9", "answer = 12"].map(program);
    let (ended, writer, _) = programmed(2, &replies, None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 2, StopReason::Rounds));
    let asked = &writer.asked()[2].1;
    assert!(asked.contains("Output: 13") && !asked.contains("NameError"), "{asked}");
    assert_eq!(ended.origins()[2], ("reprogram".to_owned(), Some(0)));
}

#[test]
fn programs_that_come_to_nothing_agree_on_nothing() {
    let (ended, _, _) = programmed(4, &[program("s9")], None);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
}

#[test]
fn programs_are_asked_for_in_the_language_that_the_tool_runs() {
    let truths = r#"{"outcome":"ok","value":"true","stdout":""}"#;
    for (name, replies) in [
        ("critic-program", vec![program("answer = 12"), program("answer = 12")]),
        ("progco", vec![answer("12"), program("knows 12")]),
    ] {
        let mut recipe = recipe(name, 1);
        recipe.tool = Some("tool-javascript".to_owned());
        let (writer, tool) = (
            ScriptedWriter::new("w", replies),
            ScriptedTool::by("tool-javascript", move |_| Ok(truths.to_owned())),
        );
        let models = Models { writer: Some(writer.clone()), ..Models::default() };
        let ended = perform_among(ASKED, &recipe, models, None, &tool).unwrap();
        let asked: Vec<_> = writer.asked().into_iter().map(|(_, text)| text).collect();
        assert!(asked.iter().any(|text| text.contains("a JavaScript program")), "{asked:?}");
        assert!(!asked.iter().any(|text| text.contains("Python")), "{asked:?}");
        // JavaScript's own word for what is true is understood.
        if name == "progco" {
            assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
        }
    }
}

#[test]
fn a_proof_of_its_answer_ends_critic_program_and_a_refutation_keeps_the_old_one() {
    let replies = ["answer = 13", "answer = 12"].map(program);
    let (ended, writer, _) = programmed(4, &replies, Some(ScriptedVerifier::new(knows)));
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert!(writer.asked()[1].1.contains("it does not follow"));
}

#[test]
fn a_tool_that_breaks_is_done_without() {
    let writer = ScriptedWriter::new("w", [program("answer = 12")]);
    let tool = ScriptedTool::by("tool-python", |_| {
        let message = "it did not answer within 5 s".to_owned();
        Err(Fault { kind: FaultKind::Timeout, message, log: Vec::new() })
    });
    let models = Models { writer: Some(writer.clone()), ..Models::default() };
    let ended = perform_among(ASKED, &recipe("critic-program", 1), models, None, &tool).unwrap();
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
    assert_eq!(errands(&ended), [("execute".to_owned(), false)]);
    let asked = &writer.asked()[1].1;
    assert!(asked.contains("the tool gave no answer (timeout)"), "{asked}");
}

#[test]
fn without_its_tool_a_recipe_asks_nobody() {
    for (name, tool) in [
        ("critic-program", "tool-python"),
        ("critic-search", "tool-search"),
        ("critic-sql", "tool-sql"),
        ("progco", "tool-python"),
    ] {
        let writer = ScriptedWriter::new("w", ["{}"]);
        let models = Models { writer: Some(writer.clone()), ..Models::default() };
        let other = ScriptedTool::by("tool-diff", |_| Ok(String::new()));
        let ended = perform_among(ASKED, &recipe(name, 1), models, None, &other);
        let Err(error @ RunError::MissingTool { .. }) = ended else {
            panic!("{name} needs a tool")
        };
        assert_eq!(error.to_string(), format!("recipe `{name}` needs the tool `{tool}`"));
        assert!(error.hint().unwrap().contains(&format!("plugin grant {tool}")));
        assert!(writer.asked().is_empty() && other.told().is_empty());
    }
}

#[test]
fn progco_accepts_what_the_program_passes() {
    let replies = [answer("12"), program("knows 12")];
    let (ended, writer, tool) = corrected(3, &replies);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "verification"]);
    assert_eq!(tool.told()[0][1], Argument::new("then", "verify(12)"));
    // The program is written from the question alone.
    assert!(!writer.asked()[1].1.contains("so it is 12"));
}

#[test]
fn progco_thinks_over_answer_and_program_and_contrasts_a_changed_answer() {
    let replies = [
        answer("13"),
        program("knows 12"),
        points("step 0 should be 12"),
        answer("14"),
        program("knows 12"),
        points("neither is right"),
        answer("12"),
    ];
    let (ended, writer, _) = corrected(3, &replies);
    assert_eq!(ended.short(), (Verdict::Accept, 2, StopReason::Accepted));
    let forms = ["solution", "verification", "points", "reflected", "verification", "points"];
    assert_eq!(writer.forms()[..6], forms);
    assert_eq!(writer.forms()[6..], ["solution"]);
    let asked: Vec<_> = writer.asked().into_iter().map(|(_, text)| text).collect();
    assert!(asked[2].contains("derived knows 12") && asked[2].contains("Output: False"));
    assert!(asked[3].contains("step 0 should be 12") && asked[3].contains("may be wrong itself"));
    assert!(asked[4].contains("so it is 13"), "the program is held against what it verified");
    assert!(asked[5].contains("so it is 13") && asked[5].contains("so it is 14"));
    assert!(asked[6].contains("neither is right") && !asked[6].contains("so it is"));
    let steps: Vec<_> = ended.origins().into_iter().map(|(step, _)| step).collect();
    assert_eq!(steps, ["solve", "reflect-on-answer", "again"]);
}

#[test]
fn progco_puts_a_wrong_program_right_and_keeps_a_right_answer() {
    let replies = [
        answer("12"),
        program("knows 13"),
        points("step 0 should be 13"),
        answer("12"),
        program("knows 12"),
    ];
    let (ended, writer, _) = corrected(3, &replies);
    // The answer that was thought over is the same: nothing is contrasted.
    assert_eq!(ended.short(), (Verdict::Accept, 1, StopReason::Accepted));
    assert_eq!(writer.forms().len(), 5);
}

#[test]
fn a_program_that_says_nothing_is_thought_over_alone() {
    let replies = [answer("12"), program("while True: pass"), program("knows 12")];
    let (ended, writer, _) = corrected(3, &replies);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(writer.forms(), ["solution", "verification", "verification"]);
    assert!(writer.asked()[2].1.contains("it took too much (steps)"));
}

#[test]
fn a_verification_that_is_missing_is_asked_for_again_and_proves_nothing() {
    let replies = [answer("12"), "{}".to_owned(), "{}".to_owned(), program("knows 12")];
    let (ended, _, tool) = corrected(1, &replies);
    assert_eq!(ended.short(), (Verdict::Accept, 0, StopReason::Accepted));
    assert_eq!(tool.told().len(), 1);
    let (ended, _, tool) = corrected(1, &[answer("12"), "{}".to_owned()]);
    assert_eq!(ended.short(), (Verdict::GiveUp, 0, StopReason::Rounds));
    assert!(tool.told().is_empty());
}

#[test]
fn a_run_that_goes_on_calls_no_tool_again() {
    let replies = ["answer = 13", "answer = 14", "answer = 12"].map(program);
    let keep = Arc::new(Memory::default());
    let request = RunRequest {
        run: RunId::new("test").unwrap(),
        brief: Brief::from_idea(ASKED),
        budget: recipe("critic-program", 2).budget(),
        recipe: recipe("critic-program", 2).into(),
        painter: "none".to_owned(),
        seed: Seed(7),
    };
    let ports_over = |keep: Arc<Memory>, skip: usize| {
        let tool = ScriptedTool::python(assigned);
        let mut scripted = ScriptedPorts::over(&Script::new("", &[]), keep);
        let left: Vec<_> = replies.iter().skip(skip).cloned().collect();
        let writer = ScriptedWriter::new("w", left);
        let models = Models { writer: Some(writer), ..Models::default() };
        let (assessors, tools): (Vec<_>, Vec<Arc<dyn crate::ports::Perform>>) =
            (Vec::new(), vec![tool.clone()]);
        scripted.ports = Ports { models, assessors, tools, ..scripted.ports };
        (scripted.ports, tool)
    };
    let (ports, tool) = ports_over(keep.clone(), 0);
    let outcome = block_on(run(&request, &ports, &StopFlag::default())).unwrap();
    assert_eq!(tool.told().len(), 3);
    let events = keep.events();
    for cut in 0..=events.len() {
        let done = |what: fn(&RunEvent) -> bool| {
            events.iter().take(cut).filter(|timed| what(&timed.event)).count()
        };
        let answers = done(|event| matches!(event, RunEvent::Answered { .. }));
        let runs = done(|event| matches!(event, RunEvent::Performed { .. }));
        let again = Arc::new(keep.cut_after(cut));
        let (ports, tool) = ports_over(again.clone(), answers);
        assert_eq!(block_on(run(&request, &ports, &StopFlag::default())).unwrap(), outcome);
        assert_eq!(tool.told().len(), 3 - runs, "cut after {cut}");
        // A call that was under way is told as lost, under the same key.
        let plain = |memory: &Memory| {
            let mut keys: Vec<_> =
                memory.events().into_iter().map(|timed| timed.event.key()).collect();
            keys.dedup();
            keys
        };
        assert_eq!(plain(&again), plain(&keep));
    }
}
