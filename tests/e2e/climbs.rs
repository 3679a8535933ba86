//! `refine --recipe textmatch` and `opt2i` over the wire: recipes that climb by the answers to
//! questions.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::{asked, likely, picture, prompts, words},
    program::{Place, Said},
};

const IDEA: &str = "a quiet harbour with one red boat";
const SETTINGS: &str = "[roles]\npainter = \"openai/p\"\nwriter = \"openai/w\"\nseer = \"openai/s\"\n\
    [prices]\n\"openai/p\" = { image = 0.04 }\n\"openai/*\" = { input = 0, output = 0 }\n";

fn refine(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    place.say_to(server, &[&["refine", IDEA, "--format", "json"], more].concat())
}

fn said(value: &Value) -> Act {
    words(&value.to_string())
}

fn reading() -> Vec<Act> {
    let fact = |kind: &str, text: &str| json!({ "kind": kind, "fact": text });
    let facts = [fact("entity", "there is a boat"), fact("attribute", "the boat is red")];
    vec![
        said(&json!({ "facts": facts })),
        said(&json!({ "parents": [[], [1]] })),
        said(&json!({ "questions": ["Is there a boat?", "Is the boat red?"] })),
    ]
}

fn answer(word: &str) -> Act {
    said(&json!({ "answer": word }))
}

fn answers(all: &[&str]) -> Act {
    said(&json!({ "answers": all }))
}

fn thought(prompt: &str) -> Act {
    said(&json!({ "thoughts": "the color came too late", "prompt": prompt }))
}

/// The boat is there at once, and red at the third attempt.
fn matching() -> Vec<Act> {
    let mut acts = [vec![picture(1)], reading()].concat();
    acts.extend([answer("yes"), answer("no"), thought("a red boat in a quiet harbour")]);
    acts.extend([picture(2), answer("no"), thought("one boat, bright red, in a harbour")]);
    acts.extend([picture(3), answer("yes"), answer("yes")]);
    acts
}

#[test]
fn textmatch_goes_on_until_every_question_is_answered_as_wanted() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script(matching());
    let said = refine(&place, &server, &["--recipe", "textmatch", "--budget-usd", "1"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(
        asked(&server),
        [
            "paint a quiet harbour with one red boat",
            "w facts",
            "w parents",
            "w questions",
            "s answer",
            "s answer",
            "w thought",
            "paint a red boat in a quiet harbour",
            "s answer",
            "w thought",
            "paint one boat, bright red, in a harbour",
            "s answer",
            "s answer",
        ]
    );
    let bodies: Vec<String> = server.stats().asked.into_iter().map(|asked| asked.body).collect();
    assert!(bodies[6].contains("Is the boat red? no"));
    assert!(bodies[9].contains("Is the boat red? no"), "the better picture is still the first");
    let summary = &said.json()["summary"];
    let outcome = &summary["outcome"];
    assert_eq!((&outcome["best"], &outcome["stop"]), (&"c2".into(), &"accepted".into()));
    assert_eq!(summary["cost"]["usd"], "0.12");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    for told in ["one boat, bright red, in a harbour", "Is the boat red? no", "Questions by dsg"] {
        assert!(page.contains(told), "the report tells `{told}`");
    }
    let shown = place.say(&["show"]);
    assert!(
        shown.out.contains("dsg (enforce) asked 2 questions, 1 answered as wanted"),
        "{shown:?}"
    );
    assert!(shown.out.contains("from the prompt: one boat, bright red"), "{shown:?}");
}

#[test]
fn textmatch_that_is_killed_goes_on_without_asking_anything_again() {
    for killed_at in [1, 3, 6, 7, 8, 12] {
        let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
        let mut acts = matching();
        let rest = acts.split_off(killed_at - 1);
        server.script(acts);
        server.script([Act::Hang]);
        let words = ["refine", IDEA, "--recipe", "textmatch", "--quiet"];
        place.kill_at_call(&server, &words, killed_at);
        server.script(rest);
        let again = place.say_to(&server, &["resume", "--format", "json"]);
        assert_eq!((again.code, server.stats().calls), (Some(0), 14), "{killed_at}: {again:?}");
        assert_eq!(again.json()["summary"]["outcome"]["best"], "c2");
    }
}

#[test]
fn opt2i_shows_the_writer_what_scored_how_well() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script([picture(1)]);
    server.script(reading());
    server.script([answers(&["yes", "no"]), picture(2), answers(&["no", "no"])]);
    server.script([prompts(&["a red boat", "one boat, red", "a boat"])]);
    server.script([picture(3), answers(&["no", "yes"]), picture(4), answers(&["yes", "no"])]);
    server.script([picture(5), answers(&["yes", "yes"])]);
    let said = refine(&place, &server, &["--recipe", "opt2i"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let asked = asked(&server);
    assert_eq!(asked.iter().filter(|call| *call == "s answers").count(), 5);
    assert_eq!(asked.last().unwrap(), "s answers", "the run ends at the first perfect picture");
    let optimise = &server.stats().asked[7].body;
    assert!(optimise.contains("5 new prompts") && optimise.contains("\\\"25\\\""), "{optimise}");
    let summary = &said.json()["summary"];
    assert_eq!((&summary["outcome"]["best"], &summary["pictures"]), (&"c4".into(), &5.into()));
}

#[test]
fn a_budget_ends_a_climb_with_the_best_so_far() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script(matching());
    let said = refine(&place, &server, &["--recipe", "textmatch", "--budget-usd", "0.08"]);
    assert_eq!((said.code, server.stats().calls), (Some(4), 10), "{said:?}");
    let outcome = &said.json()["summary"]["outcome"];
    assert_eq!((&outcome["best"], &outcome["stop"]), (&"c0".into(), &"money".into()));
}

#[test]
fn a_dry_run_of_a_climb_counts_pictures_and_questions() {
    for (recipe, told) in [
        ("textmatch", ["at most 5 pictures", "up to 7 questions", "up to 80 questions"]),
        ("opt2i", ["at most 32 pictures", "up to 6 questions", "up to 32 questions"]),
    ] {
        let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
        let said = place.say_to(&server, &["refine", IDEA, "--recipe", recipe, "--dry-run"]);
        assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
        for words in told {
            assert!(said.out.contains(words), "{words}: {said:?}");
        }
    }
}

#[test]
fn cycleprompt_adds_hints_and_the_seer_is_not_told_the_idea() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    let caption = |text: &str| said(&json!({ "caption": text }));
    let lost =
        json!({ "differences": ["the boat is blue"], "hint": "Paint the boat red.", "same": 7 });
    let nothing = json!({ "differences": [], "hint": "", "same": 10 });
    server.script([picture(1), caption("a blue boat at a quay"), said(&lost)]);
    server.script([picture(2), caption("a red boat at a quay"), said(&nothing)]);
    let said = refine(&place, &server, &["--recipe", "cycleprompt", "--budget-usd", "1"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(
        asked(&server),
        [
            "paint a quiet harbour with one red boat",
            "s caption",
            "w comparison",
            "paint a quiet harbour with one red boat. Paint the boat red.",
            "s caption",
            "w comparison",
        ]
    );
    let bodies: Vec<String> = server.stats().asked.into_iter().map(|asked| asked.body).collect();
    assert!(!bodies[1].contains(IDEA) && bodies[2].contains("a blue boat at a quay"));
    assert!(!bodies[2].contains("data:image"), "the writer compares words alone");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    for told in ["the boat is blue", "Paint the boat red.", "described as: a blue boat"] {
        assert!(page.contains(told), "the report tells `{told}`");
    }
}

#[test]
fn blackbox_climbs_by_likelihoods() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script([picture(1), likely("No", 0.3), prompts(&["one boat", "a red boat"])]);
    server.script([picture(2), likely("No", 0.1), picture(3), likely("Yes", 0.6)]);
    server.script([prompts(&["one boat, red"]), picture(4), likely("Yes", 0.97)]);
    let said = refine(&place, &server, &["--recipe", "blackbox"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let summary = &said.json()["summary"];
    assert_eq!((&summary["outcome"]["best"], &summary["pictures"]), (&"c3".into(), &4.into()));
    let step = &server.stats().asked[7].body;
    let (good, bad) = step.split_once("Bad prompts").unwrap_or((step, ""));
    assert!(good.contains("a red boat") && !bad.contains("\\\"a red boat"), "{step}");
}
