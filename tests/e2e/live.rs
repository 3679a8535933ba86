//! `bench gsm8k --live`: journals that outlive the program, the same tokens for all, and what is told of a
//! measurement that is not finished. A scripted server plays the model.

use std::{
    fs,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    program::{Place, Said},
};

const SETTINGS: &str = "[roles]\nwriter = \"openai/w\"\n";
/// Three answers of 18 tokens fit, with what is asked after each.
const BENCH: [&str; 11] = [
    "bench",
    "gsm8k",
    "--live",
    "--seeds",
    "1",
    "--tokens",
    "60",
    "--recipe",
    "self-refine",
    "--also",
    "self-consistency",
];

fn place() -> Place {
    Place::of_user(SETTINGS)
}

/// Right for the first question, wrong for all others, and content with everything.
fn server() -> Scripted {
    let server = Scripted::start();
    server.answer_by(|asked| {
        let value: Value = serde_json::from_str(&asked.body).unwrap();
        match value["text"]["format"]["name"].as_str() {
            Some("problems") => words(r#"{"problems": [], "correct": true, "score": 9}"#),
            _ => words(&json!({ "steps": ["16 - 7 = 9"], "answer": "18" }).to_string()),
        }
    });
    server
}

fn bench(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    place.say_to(server, &[&BENCH[..], more].concat())
}

#[test]
fn what_was_answered_is_never_asked_again_and_tells_the_same() {
    let (server, place) = (server(), place());
    let first = bench(&place, &server, &["--limit", "2", "--json"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    let calls = server.stats().calls;
    let again = bench(&place, &server, &["--limit", "2", "--json"]);
    assert_eq!((&again.out, server.stats().calls), (&first.out, calls));
    let value = first.json();
    assert_eq!((&value["tokens"], &value["questions"]), (&60.into(), &2.into()));
    assert_eq!(value["served"], json!(["m-1"]));
    for (result, comparison) in [
        (&value["recipe"], &value["comparison"]),
        (&value["also"][0]["result"], &value["also"][0]["comparison"]),
    ] {
        assert_eq!(result["accuracy"]["mean"], 0.5, "{result}");
        assert!(result["tokens"].as_f64().unwrap() <= 60.0, "{result}");
        assert_eq!(comparison["gain"]["mean"], 0.0, "{comparison}");
    }
    // It is content after one look; samples are drawn until the tokens are used up.
    assert_eq!((&value["recipe"]["cut"], &value["recipe"]["calls"]), (&0.into(), &2.0.into()));
    assert_eq!(value["against"]["calls"], 3.0, "{value}");
    let runs = fs::read_dir(place.path().join("runs")).unwrap().count();
    assert_eq!(runs, 6, "each run has its folder");
    // More questions: only what is new is asked.
    let more = bench(&place, &server, &["--limit", "3", "--json"]);
    assert_eq!(more.json()["questions"], 3);
    assert_eq!(server.stats().calls, calls / 2 * 3);
}

#[test]
fn what_is_there_is_told_without_a_call_and_as_a_part() {
    let (server, place) = (server(), place());
    let nothing = bench(&place, &server, &["--limit", "2", "--no-calls"]);
    assert_eq!(nothing.code, Some(2), "{nothing:?}");
    assert!(nothing.err.contains("none of 2 questions"), "{nothing:?}");
    assert!(!place.path().join("runs").exists(), "nothing is made by looking");
    bench(&place, &server, &["--limit", "2"]);
    let calls = server.stats().calls;
    let told = bench(&place, &server, &["--limit", "50", "--no-calls"]);
    assert_eq!((told.code, server.stats().calls), (Some(0), calls), "{told:?}");
    assert!(told.out.contains("PART OF A MEASUREMENT"), "{told:?}");
    assert!(told.out.contains("2 of 50 questions"), "{told:?}");
    assert!(told.out.contains("at most 60 tokens"), "{told:?}");
    assert!(told.out.lines().all(|line| line.chars().count() <= 80), "{}", told.out);
}

#[test]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "calls are few")]
fn a_server_that_fails_costs_nothing_that_was_answered() {
    let (server, place) = (server(), place());
    server.script([words(r#"{"steps": [], "answer": "18"}"#), Act::status(400, "no more")]);
    let failed = bench(&place, &server, &["--limit", "1", "--jobs", "1"]);
    assert_eq!(failed.code, Some(2), "the server takes no such question: {failed:?}");
    assert!(failed.err.contains("no answer is paid twice"), "{failed:?}");
    let calls = server.stats().calls;
    let done = bench(&place, &server, &["--limit", "1", "--jobs", "1", "--json"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let value = done.json();
    let all = [&value["recipe"], &value["also"][0]["result"], &value["against"]];
    let whole: f64 = all.iter().map(|one| one["calls"].as_f64().unwrap()).sum();
    // The first answer was there, and counts; the call that failed was made again; and two runs made one
    // call more than their tokens allow, which does not count.
    assert_eq!(server.stats().calls - calls + 1, whole as usize + 2, "{value}");
}

#[test]
fn a_question_without_a_word_for_an_answer_is_wrong_and_ends_nothing() {
    const THINKS: &str = r#"{"id": "r", "status": "incomplete", "model": "m-1", "output": [],
        "incomplete_details": {"reason": "max_output_tokens"}, "usage": {"input_tokens": 5, "output_tokens": 9}}"#;
    let (server, place) = (server(), place());
    // One is done without a word, the other thinks until no token is left.
    server.answer_by(|asked| match [asked.body.contains("Natalia"), asked.body.contains("Weng")] {
        [true, _] => words(""),
        [_, true] => Act::Body(THINKS.to_owned()),
        _ => words(r#"{"steps": [], "answer": "18"}"#),
    });
    let data = place.write(
        "own.jsonl",
        ["Who is Natalia?", "Who is Weng?", "9 * 2?", "2 * 9?"]
            .map(|idea| json!({ "input": idea, "target": 18 }).to_string())
            .join("\n"),
    );
    let words = ["--data", data.to_str().unwrap(), "--no-baseline", "--json"];
    let told = bench(&place, &server, &words);
    assert_eq!(told.code, Some(0), "{told:?}");
    let value = told.json();
    assert_eq!(value["recipe"]["accuracy"]["mean"], 0.5, "{value}");
    assert_eq!(value["recipe"]["without"], 2, "{value}");
}

#[test]
fn what_is_under_way_beside_a_run_that_fails_comes_to_its_end_and_is_kept() {
    let (server, place) = (server(), place());
    let others = AtomicUsize::new(0);
    server.answer_by(move |asked| {
        if !asked.body.contains("Janet") {
            others.fetch_add(1, Ordering::Relaxed);
            return Act::Slow(300);
        }
        // However busy the machine is, another one is under way before this one fails.
        match others.load(Ordering::Relaxed) {
            0 => Act::too_many("0"),
            _ => Act::status(400, "no such question"),
        }
    });
    let failed = bench(&place, &server, &["--limit", "4", "--jobs", "4"]).without_panic();
    assert_eq!(failed.code, Some(2), "{failed:?}");
    assert!(failed.err.contains("no answer is paid twice"), "{failed:?}");
    // Every call about another question has its answer in a journal.
    let (mut begun, mut answered) = (0, 0);
    for run in fs::read_dir(place.path().join("runs")).unwrap() {
        let journal = run.unwrap().path().join("journal.jsonl");
        let lines = fs::read_to_string(journal).unwrap_or_default();
        if !lines.contains("Janet") {
            begun += lines.matches("\"type\":\"call-begun\"").count();
            answered += lines.matches("\"type\":\"answered\"").count();
        }
    }
    assert!(begun > 0, "another one was under way");
    assert_eq!(begun, answered, "{failed:?}");
}

#[test]
fn ctrl_c_ends_it_with_the_answers_that_were_under_way() {
    let (server, place) = (server(), place());
    server.always(Act::Slow(100));
    let words = [&BENCH[..], &["--limit", "20", "--jobs", "1"]].concat();
    let child = place.command_to(&server, &words).spawn().unwrap();
    while server.stats().calls < 2 {
        thread::sleep(Duration::from_millis(5));
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let said = Said::of(child.wait_with_output().unwrap()).without_panic();
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.err.contains("--no-calls"), "the way on is told: {said:?}");
    assert!(server.stats().calls < 10, "nothing new was begun");
}

#[test]
fn what_cannot_be_measured_live_is_refused_before_a_call() {
    let (server, place) = (server(), place());
    for (words, complaint) in [
        (&["--also", "self-refine"][..], "named twice"),
        (&["--also", "sld"], "does not make what this benchmark asks for"),
        (&["--equal", "calls"], "--equal"),
        (&["--rounds", "2"], "--rounds"),
        (&["--tokens", "0"], "--tokens"),
    ] {
        let said = bench(&place, &server, words);
        assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{words:?}: {said:?}");
        assert!(said.err.contains(complaint), "{complaint}: {said:?}");
    }
    let said = bench(&place, &server, &["--also", "progco"]);
    assert_eq!((said.code, server.stats().calls), (Some(6), 0), "its tool is not there: {said:?}");
    for words in [
        &["bench", "arithmetic", "--live"][..],
        &["bench", "arithmetic", "--no-calls"],
        &["bench", "arithmetic", "--live", "--equal", "calls"],
    ] {
        let said = Place::new().say(words).without_panic();
        assert_eq!(said.code, Some(2), "a simulation is no model: {said:?}");
    }
}

#[test]
fn the_simulation_may_have_the_same_tokens_too() {
    let words =
        ["bench", "arithmetic", "--limit", "20", "--tokens", "900", "--also", "self-consistency"];
    let said = Place::new().say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("this says nothing of any model"), "{said:?}");
    assert!(said.out.contains("as it stood on each question"), "{said:?}");
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn a_model_that_wants_words_is_asked_for_words_and_for_no_more_than_it_may_say() {
    let settings = "[providers.small]\nkind = \"openai\"\nurl = \"URL/v1\"\njson = false\n\
                    answer-tokens = 99\n[roles]\nwriter = \"small/w\"\n";
    let server = Scripted::start();
    let place = Place::of_user(&settings.replace("URL", &server.url()));
    server.script([words("16 - 7 = 9\nSo the answer is 18."), words("it is correct")]);
    let refine = ["refine", "How many eggs?", "--recipe", "self-refine", "--json"];
    let said = place.say(&refine).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(0), 2), "{said:?}");
    for asked in server.stats().asked {
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!(body["max_output_tokens"], 99, "{body}");
        assert!(!asked.body.contains("JSON") && !asked.body.contains("schema"), "{body}");
    }
    let replayed = place.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    let wrong = settings.replace("URL", &server.url()).replace("= 99\n", "= 999999\n");
    let said = Place::of_user(&wrong).say(&refine).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("`answer-tokens` of provider `small` is 999999"), "{said:?}");
}
