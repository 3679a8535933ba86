//! `--examiner` over the wire: questions about pictures in recipes that have none of their own.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::{asked, fallbacks, likely, picture, refusal, words},
    program::{Place, Said},
};

const IDEA: &str = "a red cup and a dog";
const SETTINGS: &str = "[roles]\npainter = \"openai/p\"\nwriter = \"openai/w\"\nseer = \"openai/s\"\n\
    [prices]\n\"openai/p\" = { image = 0.04 }\n\"openai/*\" = { input = 0, output = 0 }\n";

fn refine(place: &Place, server: &Scripted, more: &[&str]) -> Said {
    let words = ["refine", IDEA, "--recipe", "best-of-n", "--rounds", "1", "--format", "json"];
    place.say_to(server, &[&words, more].concat())
}

fn json_words(value: &Value) -> Act {
    words(&value.to_string())
}

fn answer(word: &str) -> Act {
    json_words(&json!({ "answer": word }))
}

/// What the writer makes of the idea.
fn reading() -> Vec<Act> {
    let fact = |kind: &str, text: &str| json!({ "kind": kind, "fact": text });
    let facts = [
        fact("entity", "there is a cup"),
        fact("attribute", "the cup is red"),
        fact("entity", "there is a dog"),
    ];
    vec![
        json_words(&json!({ "facts": facts })),
        json_words(&json!({ "parents": [[], [1], []] })),
        json_words(
            &json!({ "questions": ["Is there a cup?", "Is the cup red?", "Is there a dog?"] }),
        ),
    ]
}

/// What the examiner said of each picture: its score, and its findings in words.
fn opinions(summary: &Value, examiner: &str) -> Vec<(String, Vec<String>)> {
    let rounds = summary["rounds"].as_array().unwrap();
    let candidates = rounds.iter().flat_map(|round| round["candidates"].as_array().unwrap());
    let assessments = candidates.flat_map(|one| one["assessments"].as_array().unwrap());
    let own = assessments.filter(|one| one["assessor"] == examiner);
    own.map(|one| {
        let findings = one["findings"].as_array().unwrap();
        let words = findings.iter().map(|one| one["message"].as_str().unwrap().to_owned());
        (one["score"].to_string(), words.collect())
    })
    .collect()
}

#[test]
fn dsg_asks_about_every_picture_and_the_report_tells_it() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script([picture(1)]);
    server.script(reading());
    server.script([answer("no"), answer("yes"), picture(2), answer("yes"), answer("no")]);
    server.script([answer("no")]);
    let said = refine(&place, &server, &["--examiner", "dsg", "--budget-usd", "1"]);
    assert_eq!(said.code, Some(3), "{said:?}");
    assert_eq!(
        asked(&server),
        [
            "paint a red cup and a dog",
            "w facts",
            "w parents",
            "w questions",
            "s answer",
            "s answer",
            "paint a red cup and a dog",
            "s answer",
            "s answer",
            "s answer",
        ]
    );
    let bodies: Vec<String> = server.stats().asked.into_iter().map(|asked| asked.body).collect();
    assert_eq!(bodies[4].matches("data:image/png;base64").count(), 1);
    assert!(bodies[5].contains("Is there a dog?"), "the color of no cup is not asked for");
    let summary = &said.json()["summary"];
    let moot = "Is the cup red? makes no sense, by another answer".to_owned();
    let told = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        opinions(summary, "dsg"),
        [
            (
                "0.33".to_owned(),
                vec!["Is there a cup? no".to_owned(), moot, "Is there a dog? yes".to_owned()]
            ),
            (
                "0.33".to_owned(),
                told(&["Is there a cup? yes", "Is the cup red? no", "Is there a dog? no"])
            ),
        ]
    );
    assert_eq!(summary["cost"]["calls"], 10);
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("Is the cup red? makes no sense"), "questions stand in the report");
    assert!(page.contains("--rounds 1 --examiner dsg"), "so does how to make it again");
}

#[test]
fn vqascore_asks_for_likelihoods_where_they_can_be_had() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    server.script([picture(1), likely("No", 0.25), picture(2), likely("Yes", 0.75)]);
    let said = refine(&place, &server, &["--examiner", "vqascore"]);
    let summary = &said.json()["summary"];
    let scores: Vec<String> = opinions(summary, "vqascore").into_iter().map(|one| one.0).collect();
    assert_eq!(
        (scores, &summary["outcome"]["best"]),
        (vec!["0.25".to_owned(), "0.75".to_owned()], &"c1".into())
    );
    let body: Value = serde_json::from_str(&server.stats().asked[1].body).unwrap();
    assert_eq!((&body["top_logprobs"], &body["text"]), (&10.into(), &Value::Null));
}

#[test]
fn a_server_without_likelihoods_is_asked_several_times() {
    let off = "[providers.openai]\nlogprobs = false\n";
    for (more, first, fallen) in [("", 1, 1), (off, 0, 0)] {
        let (server, place) = (Scripted::start(), Place::of_user(&format!("{SETTINGS}{more}")));
        server.script([picture(1), words("yes"), words("no"), words("Yes."), refusal()]);
        server.script([words("it is hard to say"), words("no")]);
        let words = ["--examiner", "vqascore", "--rounds", "0"];
        let said = place.say_to(
            &server,
            &[&["refine", IDEA, "--recipe", "best-of-n", "--format", "json"], &words[..]].concat(),
        );
        let summary = &said.json()["summary"];
        // Two of five: the one that was refused is no yes.
        assert_eq!(opinions(summary, "vqascore")[0].0, "0.4", "{said:?}");
        // A refusal is one that fell back too.
        assert_eq!(fallbacks(summary).len(), fallen + 1, "{said:?}");
        let asked = server.stats().asked;
        let wanted = asked.iter().filter(|one| one.body.contains("top_logprobs")).count();
        assert_eq!((wanted, asked.len()), (first, 7));
    }
}

#[test]
fn what_an_examiner_needs_is_told_before_anything_is_spent() {
    let (server, place) = (Scripted::start(), Place::of_user("[roles]\npainter = \"openai/p\"\n"));
    for (examiner, complaint) in [
        ("dsg", "bound to the role `writer`"),
        ("vqascore", "bound to the role `seer`"),
        ("vqa", "there is no examiner `vqa`"),
    ] {
        let said = refine(&place, &server, &["--examiner", examiner]);
        assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
        assert!(said.err.contains(complaint), "{said:?}");
        assert!(!place.path().join("runs").exists(), "no folder is left behind");
    }
}

#[test]
fn a_dry_run_tells_how_much_may_be_asked() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    let words = ["refine", IDEA, "--recipe", "best-of-n", "--examiner", "dsg", "--dry-run"];
    let said = place.say_to(&server, &words);
    assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
    assert!(said.out.contains("up to 3 questions to openai/w (writer)"), "{said:?}");
    assert!(said.out.contains("up to 64 questions to openai/s (seer)"), "{said:?}");
}

#[test]
fn an_examined_run_that_is_killed_asks_nothing_again() {
    for killed_at in [2, 5, 7, 9] {
        let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
        let mut acts = [vec![picture(1)], reading()].concat();
        acts.extend([answer("no"), answer("yes"), picture(2)]);
        acts.extend([answer("yes"), answer("no"), answer("yes")]);
        let rest = acts.split_off(killed_at - 1);
        server.script(acts);
        server.script([Act::Hang]);
        let words =
            ["refine", IDEA, "--recipe", "best-of-n", "--examiner", "dsg", "--rounds", "1", "-q"];
        place.kill_at_call(&server, &words, killed_at);
        server.script(rest);
        let again = place.say_to(&server, &["resume", "--format", "json"]);
        assert_eq!(server.stats().calls, 11, "{killed_at}: {again:?}");
        let scores: Vec<String> =
            opinions(&again.json()["summary"], "dsg").into_iter().map(|one| one.0).collect();
        assert_eq!(scores, ["0.33", "0.67"]);
    }
}

#[test]
fn rank_keeps_the_likeliest_picture_of_any_idea_and_textnorm_asks_for_contrary_ones() {
    let (server, place) = (Scripted::start(), Place::of_user(SETTINGS));
    let contrary = json_words(&json!({ "prompts": ["a blue cup and a dog", "a red cup"] }));
    server.script([picture(1), contrary, likely("Yes", 0.9), likely("Yes", 0.9)]);
    server.script([likely("Yes", 0.9), picture(2), likely("Yes", 0.6), likely("No", 0.1)]);
    server.script([likely("No", 0.1)]);
    let idea = "a red cup dreams of a dog";
    let words = ["refine", idea, "--recipe", "rank", "--examiner", "textnorm", "--rounds", "1"];
    let said = place.say_to(&server, &[&words[..], &["--format", "json"]].concat());
    let summary = &said.json()["summary"];
    // A picture of which everything is likely is worth less than one of which only the idea is.
    let scores: Vec<String> = opinions(summary, "textnorm").into_iter().map(|one| one.0).collect();
    assert_eq!(scores, ["0.33", "0.99"], "{said:?}");
    assert_eq!((&summary["outcome"]["best"], server.stats().calls), (&"c1".into(), 9));
    let bodies: Vec<String> = server.stats().asked.into_iter().map(|asked| asked.body).collect();
    assert!(bodies[3].contains("a blue cup and a dog") && !bodies[3].contains(idea));
}
