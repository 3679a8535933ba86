//! Recipes in files of one's own: other numbers, other rules for when to stop, and what is refused.

use std::fs;

use crate::program::{Place, Said};

const OWN: &str = r#"name = "stubborn"
title = "Self-Refine that must be content twice"
summary = "Asks for feedback until it is content and the answer has stayed the same."
algorithm = "self-refine"
until = { any = ["proved", { all = ["content", { unchanged = 2 }] }] }

[parameters]
rounds = 8
"#;

const QUESTION: &str = "How much is ((3 + 4) * 5) - 6?";

fn refine(place: &Place, recipe: &str) -> Said {
    place.say(&["refine", QUESTION, "--recipe", recipe, "--format", "json"]).without_panic()
}

#[test]
fn a_recipe_of_ones_own_stops_when_all_its_rules_hold_and_says_which() {
    let place = Place::of_user("[roles]\nwriter = \"simulated/careful\"\n");
    place.write("stubborn.toml", OWN);
    let said = refine(&place, "stubborn.toml");
    let summary = &said.json()["summary"];
    let once = "a verifier proves it, or (nothing more is found wrong with it, and 2 rounds in a row \
                change nothing in the answer)";
    assert_eq!(summary["stops_once"], once);
    let rounds = summary["rounds"].as_array().unwrap();
    let reason = |at: usize| rounds[at]["decision"]["reason"].as_str().unwrap().to_owned();
    let both =
        "whoever was asked finds nothing more wrong with it, and the answer no longer changes";
    assert!(reason(rounds.len() - 1).ends_with(both), "{said:?}");
    assert!(rounds.len() >= 3, "once content is not enough: {said:?}");
    assert_eq!((said.code, &summary["outcome"]["stop"]), (Some(0), &"no-ops".into()));
    let told = place.say(&["show"]).without_panic();
    assert!(told.out.contains("stops once a verifier proves it, or (nothing more"), "{told:?}");
    let replayed = place.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "the journal holds the recipe: {replayed:?}");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("--recipe stubborn.toml"), "the command names the file");
    // The same recipe with the usual rules is content with the first feedback that is.
    let usual = refine(&place, "self-refine");
    let usual = usual.json()["summary"]["rounds"].as_array().unwrap().len();
    assert!(usual < rounds.len(), "{usual} of {}", rounds.len());
}

#[test]
fn when_a_recipe_stops_is_shown_as_words_and_as_its_file_may_say_it() {
    let place = Place::new();
    place.write("stubborn.toml", OWN);
    for (recipe, lines) in [
        (
            "self-refine",
            "\n# It stops once a verifier proves it, or nothing more is found wrong with it.\n\
             # until = { any = [\"proved\", \"content\"] }\n",
        ),
        (
            "stubborn.toml",
            "\n# It stops once a verifier proves it, or (nothing more is found wrong with it,\n\
             # and 2 rounds in a row change nothing in the answer).\n",
        ),
    ] {
        let said = place.say(&["recipe", "show", recipe]).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.ends_with(lines), "{said:?}");
        // What is shown is a recipe: under another name it can be followed.
        let own = said.out.replace("name = \"self-refine\"", "name = \"mine\"");
        place.write("mine.toml", own.replace("name = \"stubborn\"", "name = \"mine\""));
        let again = place.say(&["recipe", "show", "mine.toml", "--format", "json"]).without_panic();
        assert_eq!(again.code, Some(0), "{again:?}");
    }
    let said = place.say(&["recipe", "show", "sld"]).without_panic();
    assert!(!said.out.contains("It stops once"), "pictures go by other rules: {said:?}");
}

#[test]
fn a_recipe_that_cannot_be_followed_is_refused_before_a_run_begins() {
    let with = |piece: &str, by: &str| OWN.replacen(piece, by, 1);
    for (file, text, words) in [
        ("nothing.toml", None, &["could not read the recipe `nothing.toml`", "recipe list"][..]),
        (
            "stubborn.toml",
            Some(with("\"content\"", "\"contend\"")),
            &["5:37: unknown rule `contend`", "did you mean `content`?"],
        ),
        (
            "stubborn.toml",
            Some(with("\"content\"", "\"agreed\"")),
            &["`agreed` never holds in this algorithm"],
        ),
        (
            "stubborn.toml",
            Some(with("[\"content\", { unchanged = 2 }]", "[]")),
            &["`all` of no rule never stops a run"],
        ),
        (
            "stubborn.toml",
            Some(with("stubborn", "self-refine")),
            &["calls itself `self-refine`", "my-self-refine"],
        ),
        (
            "stubborn.toml",
            Some(with("stubborn", "other")),
            &["holds the recipe `other`", "call the file `other.toml`"],
        ),
        (
            "stubborn.toml",
            Some(with("self-refine", "self-consistency")),
            &["carries no draft on", "leave `until` out"],
        ),
        ("stubborn.toml", Some("[".repeat(70_000)), &["the text has 70000 bytes"]),
    ] {
        let place = Place::new();
        if let Some(text) = text {
            place.write(file, text);
        }
        let said = refine(&place, file);
        assert_eq!(said.code, Some(2), "{said:?}");
        for word in words.iter().chain(&["error:", "hint:"]) {
            assert!(said.err.contains(word), "`{word}` is missing: {said:?}");
        }
        assert!(!place.path().join("runs").exists(), "nothing is left behind: {said:?}");
    }
    let place = Place::new();
    place.write("odd.toml", b"name = \"\xff\"");
    assert_eq!(refine(&place, "odd.toml").code, Some(2));
}

#[test]
#[cfg(unix)]
fn what_is_no_file_keeps_nobody_waiting() {
    let place = Place::new();
    std::os::unix::fs::symlink("/dev/zero", place.path().join("zero.toml")).unwrap();
    let pipe = place.path().join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for file in ["pipe.toml", "zero.toml"] {
        let said = refine(&place, file);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("it is no file") && said.err.contains("hint:"), "{said:?}");
    }
}
