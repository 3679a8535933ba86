//! `refine` with recipes that make texts, over the wire: who is asked what, what is shown, and what
//! is said before anything is spent.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    program::{Place, Said},
};

const QUESTION: &str = "Tom has 3 boxes of 4 eggs. How many eggs?";
const WRITER: &str =
    "[roles]\nwriter = \"openai/w\"\n[prices]\n\"openai/w\" = { input = 0, output = 0 }\n";

fn place() -> Place {
    Place::of_user(WRITER)
}

fn refine(place: &Place, server: &Scripted, recipe: &str, more: &[&str]) -> Said {
    let words = ["refine", QUESTION, "--recipe", recipe];
    place.say_to(server, &[&words, more].concat())
}

fn answer(steps: &[&str], answer: &str) -> Act {
    words(&json!({ "steps": steps, "answer": answer }).to_string())
}

fn feedback(problems: &[&str]) -> Act {
    let value = json!({ "problems": problems, "correct": problems.is_empty(), "score": 5 });
    words(&value.to_string())
}

/// The form that was asked for, call by call, and how freely.
fn asked(server: &Scripted) -> Vec<(String, Option<f64>)> {
    let told = |body: &str| {
        let body: Value = serde_json::from_str(body).unwrap();
        let form = body["text"]["format"]["name"].as_str().unwrap().to_owned();
        (form, body["temperature"].as_f64().map(|one| (one * 100.0).round() / 100.0))
    };
    server.stats().asked.iter().map(|asked| told(&asked.body)).collect()
}

#[test]
fn self_refine_asks_for_feedback_and_writes_again_until_it_is_content() {
    let (server, place) = (Scripted::start(), place());
    server.script([
        answer(&["3 + 4 = 7"], "7 eggs"),
        feedback(&["boxes of eggs are multiplied"]),
        answer(&["3 * 4 = 12", "</pre><script>alert(1)</script>"], "12 eggs\u{1b}[2J"),
        feedback(&[]),
    ]);
    let said = refine(&place, &server, "self-refine", &["--format", "json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let forms: Vec<_> = asked(&server).into_iter().map(|(form, _)| form).collect();
    assert_eq!(forms, ["solution", "problems", "solution", "problems"]);
    let value = said.json();
    let summary = &value["summary"];
    assert_eq!((&summary["outcome"]["best"], &summary["makes"]), (&"c1".into(), &"texts".into()));
    assert_eq!((&summary["cost"]["calls"], &summary["painter"]), (&4.into(), &"none".into()));
    assert_eq!(value["picture"], Value::Null);
    let kept = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    assert_eq!(kept, "3 * 4 = 12\n</pre><script>alert(1)</script>\nAnswer: 12 eggs[2J");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("3 * 4 = 12") && page.contains("boxes of eggs are multiplied"));
    assert!(page.contains("The text that was handed out"), "the text is on the page");
    assert!(!page.contains("<script>alert"), "and is escaped");
}

#[test]
fn answers_that_differ_in_a_sign_a_bound_or_a_unit_are_no_votes_for_each_other() {
    for (first, often) in [
        ("less than 10", "more than 10"),
        ("x < 2", "x > 2"),
        ("C++", "C#"),
        ("5 km", "5 m"),
        ("5 am", "5 pm"),
        ("\u{20ac}5", "$5"),
        ("1,5", "15"),
        ("\u{2212}5", "5"),
    ] {
        let (server, place) = (Scripted::start(), place());
        let votes = [first, often, often, often, often, often, often];
        server.script(votes.map(|vote| answer(&[], vote)));
        let said = refine(&place, &server, "self-consistency", &["--format", "json"]);
        let value = said.json();
        let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
        assert_eq!(text, often, "{said:?}");
    }
}

#[test]
fn a_text_is_shown_quoted_in_the_terminal_and_read_back_without_asking() {
    let (server, place) = (Scripted::start(), place());
    server.script([answer(&["3 * 4 = 12"], "12\nrecipe sld · faked"), feedback(&[])]);
    let said = refine(&place, &server, "self-refine", &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for line in ["  │ 3 * 4 = 12", "  │ Answer: 12", "  │ recipe sld · faked"] {
        assert!(said.out.lines().any(|one| one == line), "{line}: {said:?}");
    }
    assert!(said.out.contains("c0 from the idea (solve)"), "{said:?}");
    assert!(!said.out.contains("picture") && !said.out.contains("painter"), "{said:?}");
    let again = place.say_to(&server, &["resume", "--format", "json"]);
    assert_eq!((again.code, server.stats().calls), (Some(0), 2), "{again:?}");
}

#[test]
fn self_consistency_samples_freely_and_votes() {
    let (server, place) = (Scripted::start(), place());
    server.script(["11", "12", "12", "12"].map(|text| answer(&[], text)));
    let said = refine(&place, &server, "self-consistency", &["--format", "json"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 4), "{said:?}");
    assert!(asked(&server).iter().all(|(_, temperature)| *temperature == Some(0.7)));
    assert_eq!(said.json()["summary"]["outcome"]["best"], "c1");
}

#[test]
fn a_verifier_that_the_settings_name_chooses_and_ends_the_sampling() {
    let (server, place) = (Scripted::start(), place());
    let rule = r#"[{"kind": "contains", "text": "12"}]"#;
    place.write(
        "pentimento.toml",
        format!(
            "[plugins.verify-text]\nmode = \"enforce\"\n\
             [plugins.verify-text.settings]\nconstraints = '{rule}'\n"
        ),
    );
    server.script(["11", "12", "13"].map(|text| answer(&[], text)));
    let said = refine(&place, &server, "best-of-n-text", &["--format", "json"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 2), "{said:?}");
    let summary = &said.json()["summary"];
    assert_eq!(summary["outcome"]["best"], "c1");
    let seen = &summary["rounds"][1]["candidates"][0]["assessments"];
    assert_eq!(seen.as_array().map(Vec::len), Some(1), "the eye is not asked about texts: {seen}");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert_eq!(page.matches("Nothing to correct.").count(), 1, "of the one that holds");
}

#[test]
fn on_a_bare_machine_a_line_is_written_again_until_the_tool_finds_that_it_keeps_to_everything() {
    let place = Place::new();
    let rules = r#"[{"kind": "contains", "text": "apple"}, {"kind": "contains", "text": "boat"},
        {"kind": "forbidden", "words": ["very", "thing"]},
        {"kind": "length", "unit": "words", "at-most": 7}]"#;
    place.write(
        "pentimento.toml",
        format!(
            "[plugins.verify-text]\nmode = \"enforce\"\n\
             [plugins.verify-text.settings]\nconstraints = '''{rules}'''\n"
        ),
    );
    let asked = "Write a line with the words apple and boat, without the words very and thing, in at \
                 most 7 words.";
    let mut corrected = 0;
    for seed in 0..12 {
        let seed = seed.to_string();
        let words = ["refine", asked, "--recipe", "critic", "--seed", &seed, "--format", "json"];
        let said = place.say(&words).without_panic();
        assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
        let value = said.json();
        let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
        let line: Vec<&str> = text.split_whitespace().collect();
        let keeps = ["apple", "boat"].iter().all(|word| line.contains(word))
            && !["very", "thing"].iter().any(|word| line.contains(word))
            && line.len() <= 7;
        assert_eq!(said.code == Some(0), keeps, "{text}");
        corrected += usize::from(keeps && value["summary"]["outcome"]["best"] != "c0");
    }
    assert!(corrected > 0, "some first line breaks something");
}

#[test]
fn what_is_missing_or_makes_no_sense_is_told_before_anything_is_spent() {
    let server = Scripted::start();
    let bare = Place::new();
    let said = refine(&bare, &server, "self-refine", &[]);
    assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
    assert!(said.err.contains("role `writer`") && said.err.contains("writer ="), "{said:?}");
    assert!(!bare.path().join("runs").exists(), "no folder is left behind");
    for (flag, value) in [("--painter", "embedded"), ("--preset", "perfect")] {
        let said = refine(&place(), &server, "self-refine", &[flag, value]);
        assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
        assert!(said.err.contains("makes texts, and nobody paints"), "{said:?}");
    }
}

#[test]
fn a_dry_run_counts_the_questions() {
    let (server, place) = (Scripted::start(), place());
    let said = refine(&place, &server, "self-refine", &["--dry-run"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
    assert!(said.out.contains("at most 4 texts\n"), "{said:?}");
    assert!(said.out.contains("7 questions to openai/w (writer)"), "{said:?}");
}

#[test]
fn a_budget_that_is_reached_hands_out_the_text_there_is() {
    let (server, place) = (Scripted::start(), place());
    place.write("pentimento.toml", "[budget]\ncalls = 2\n");
    server.script([answer(&[], "7"), feedback(&["no"]), answer(&[], "12")]);
    let said = refine(&place, &server, "self-refine", &["--format", "json"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 2), "{said:?}");
    let outcome = &said.json()["summary"]["outcome"];
    assert_eq!((&outcome["stop"], &outcome["best"]), (&"calls".into(), &"c0".into()));
}

#[test]
fn on_a_bare_machine_a_simulated_writer_does_calculations_and_says_that_it_is_one() {
    let place = Place::new();
    let words = ["refine", "How much is ((3 + 4) * 5) - 6?", "--recipe", "self-consistency"];
    let said = place.say(&words).without_panic();
    assert!(said.out.contains("writer simulated/typical"), "{said:?}");
    let again = Place::new().say(&words).without_panic();
    let shown = |said: &Said| {
        said.out.lines().filter(|line| line.contains('│')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!((shown(&said), said.code), (shown(&again), again.code), "same seed, same text");
    for (temper, complaint) in [("nobody", "none of them"), ("typical", "only knows calculations")]
    {
        let place = Place::of_user(&format!("[roles]\nwriter = \"simulated/{temper}\"\n"));
        let said = place.say(&["refine", "a haiku", "--recipe", "self-refine"]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(complaint), "{said:?}");
    }
}

/// Recipes that think again or search.
pub(crate) const THINK_AGAIN: [&str; 14] = [
    "p-true",
    "self-contrast",
    "magicore",
    "chatprotect",
    "self-polish",
    "plan-verify",
    "multi-turn-correct",
    "perspective-taking",
    "self-cite",
    "mcts",
    "forest-of-thought",
    "iterative-deepening",
    "rain",
    "promptbreeder",
];

#[test]
fn every_recipe_that_thinks_again_or_searches_runs_with_the_simulation_and_is_replayed() {
    for recipe in THINK_AGAIN {
        let place = Place::new();
        let question = "Ann has 3. Bob has 4. How much is ((3 + 4) * 5) - 6?";
        let said = place.say(&["refine", question, "--recipe", recipe, "--rounds", "2"]);
        let said = said.without_panic();
        // Nothing is proved without a verifier, which is missing then.
        let expected = if recipe == "plan-verify" { [6, 6] } else { [0, 3] };
        assert!(said.code.is_some_and(|code| expected.contains(&code)), "{recipe}: {said:?}");
        assert!(said.out.contains("Answer: "), "{recipe}: {said:?}");
        let replayed = place.say(&["replay"]).without_panic();
        assert_eq!(replayed.code, Some(0), "{recipe}: {replayed:?}");
        let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
        assert!(page.contains("The text that was handed out"), "{recipe}");
    }
}

#[test]
fn a_judge_that_is_being_pleased_is_found_out_by_who_is_held_out() {
    let (server, place) = (Scripted::start(), place());
    let graded = |score: u32| {
        words(&json!({ "problems": ["more"], "correct": false, "score": score }).to_string())
    };
    let (right, wrong) = (|| answer(&["3 * 4 = 12"], "12"), answer(&["3 * 4 = 13"], "13"));
    server.script([right(), graded(4), right(), graded(6), wrong, graded(8), right(), graded(9)]);
    let asked = ["refine", "How much is 3 * 4?", "--recipe", "self-refine", "--rounds", "6"];
    let held_out = ["--held-out", "verify-steps", "--format", "json"];
    let said = place.say_to(&server, &[&asked[..], &held_out].concat());
    assert_eq!((said.code, server.stats().calls), (Some(3), 6), "{said:?}");
    let summary = &said.json()["summary"];
    let (stop, best) = (&summary["outcome"]["stop"], &summary["outcome"]["best"]);
    assert_eq!((stop, best), (&"hacking".into(), &"c0".into()));
    let reason = summary["rounds"][3]["decision"]["reason"].as_str().unwrap();
    assert!(reason.contains("verify-steps, which it does not hear, fell"), "{reason}");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("the judge kept rising while a held-out assessor fell"));
    assert!(page.contains("--held-out verify-steps"), "the command makes the same run again");
    // A run from before is gone on with, and held against its journal, with whom it held out.
    let again = place.say_to(&server, &["resume", "--format", "json"]).without_panic();
    assert_eq!((again.code, server.stats().calls), (Some(3), 6), "{again:?}");
    let replayed = place.say_to(&server, &["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    assert!(replayed.out.contains("and 3 texts are those that were recorded"), "{replayed:?}");
}

#[test]
fn who_cannot_be_held_out_is_told_before_anything_is_spent() {
    let server = Scripted::start();
    for (words, code, complaint) in [
        (["refine", "a cat", "--held-out", "critic-detector"], 2, "cannot be held out"),
        (["refine", "a cat", "--held-out", "verify-nothing"], 6, "no such assessor"),
        (["refine", "a cat", "--held-out", "tool-search"], 6, "no such assessor"),
        (["refine", "a cat", "--held-out", "auditor"], 2, "an auditor grades texts"),
    ] {
        let said = Place::new().say_to(&server, &words).without_panic();
        assert_eq!((said.code, server.stats().calls), (Some(code), 0), "{said:?}");
        assert!(said.err.contains(complaint), "{complaint}: {said:?}");
        assert!(code == 2 || said.err.contains("verify-steps, "), "who could be: {said:?}");
        assert!(!said.err.contains("[plugins]"), "{said:?}");
    }
    let unbound =
        ["refine", "How much is 3 * 4?", "--recipe", "self-refine", "--held-out", "auditor"];
    let said = Place::new().say_to(&server, &unbound).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
    assert!(said.err.contains("auditor ="), "{said:?}");
}

#[test]
fn a_model_in_the_role_auditor_is_held_out_and_stops_what_it_sees_get_worse() {
    let roles = "[roles]\nwriter = \"openai/w\"\nauditor = \"openai/a\"\n\
                 [prices]\n\"openai/w\" = { input = 0, output = 0 }\n\"openai/a\" = { input = 0, output = 0 }\n";
    let (server, place) = (Scripted::start(), Place::of_user(roles));
    let graded = |score: u32| {
        words(&json!({ "problems": ["more"], "correct": false, "score": score }).to_string())
    };
    let text = |number: &str| answer(&[], number);
    server.script([
        text("12"),
        graded(9),
        graded(4),
        text("13"),
        graded(6),
        graded(6),
        text("14"),
        graded(2),
        graded(8),
        text("15"),
    ]);
    let more = ["--rounds", "6", "--held-out", "auditor", "--format", "json"];
    let said = refine(&place, &server, "self-refine", &more);
    assert_eq!((said.code, server.stats().calls), (Some(3), 9), "{said:?}");
    let outcome = &said.json()["summary"]["outcome"];
    assert_eq!((&outcome["stop"], &outcome["best"]), (&"hacking".into(), &"c0".into()));
    let replayed = place.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    let forecast = refine(&place, &server, "self-refine", &["--held-out", "auditor", "--dry-run"]);
    assert!(forecast.out.contains("openai/a (auditor)"), "{forecast:?}");
}
