//! Recipes that answer a question about a picture: over pixels with the simulated seer and the bundled
//! eye, and over the wire; what is missing is told before anything is spent.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    editing::paint,
    program::{Place, Said},
};

const QUESTION: &str = "How many apples and cats are in the picture?";
const SEER: &str =
    "[roles]\nseer = \"openai/s\"\n[prices]\n\"openai/s\" = { input = 0, output = 0 }\n";

fn ask(place: &Place, recipe: &str, more: &[&str]) -> Said {
    let words = ["refine", QUESTION, "--recipe", recipe, "--image", "mine.png"];
    place.say(&[&words[..], more].concat()).without_panic()
}

#[test]
fn a_simulated_seer_counts_what_the_eye_sees_in_the_pixels_and_looks_again() {
    let place = Place::new();
    paint(&place, "three apples and two cats");
    for recipe in ["volcano", "lookback"] {
        let mut right = 0;
        for seed in ["1", "2", "3", "4"] {
            let said = ask(&place, recipe, &["--seed", seed]);
            assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
            assert!(said.out.contains("simulated/typical"), "{said:?}");
            right += u32::from(said.out.contains("│ Answer: 5"));
        }
        assert!(right >= 3, "{recipe}: {right} of 4");
        let replayed = place.say(&["replay"]).without_panic();
        assert_eq!(replayed.code, Some(0), "{recipe}: {replayed:?}");
    }
    // Another picture, another answer: it is the pixels that count.
    paint(&place, "one apple");
    let said = ask(&place, "lookback", &["--seed", "2"]);
    assert!(said.out.contains("│ Answer: 1"), "{said:?}");
}

#[test]
fn the_picture_goes_to_the_seer_with_every_question_about_it() {
    let (server, place) = (Scripted::start(), Place::of_user(SEER));
    paint(&place, "three apples and two cats");
    let answer =
        |step: &str, answer: &str| words(&json!({ "steps": [step], "answer": answer }).to_string());
    let replies: [Act; 4] = [
        answer("There are 2 cats.", "4"),
        words(&json!({ "items": ["there are 3 apples"] }).to_string()),
        answer("There are 2 cats and 3 apples.", "5"),
        words(&json!({ "answer": "b" }).to_string()),
    ];
    server.script(replies);
    let words = ["refine", QUESTION, "--recipe", "volcano", "--image", "mine.png", "--rounds", "1"];
    let said = place.say_to(&server, &[&words[..], &["--format", "json"]].concat()).without_panic();
    assert_eq!(server.stats().calls, 4, "{said:?}");
    for asked in server.stats().asked {
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        assert!(body.to_string().contains("data:image/png;base64,"), "{body}");
    }
    let summary = &said.json()["summary"];
    assert_eq!(summary["makes"], "texts");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("there are 3 apples"));
}

#[test]
fn what_is_missing_or_cannot_be_seen_is_told_before_anything_is_spent() {
    let server = Scripted::start();
    let place = Place::of_user(SEER);
    paint(&place, "one apple");
    for (words, complaint) in [
        (
            vec!["refine", QUESTION, "--recipe", "volcano"],
            "asks about a picture, and there is none",
        ),
        (vec!["refine", QUESTION, "--recipe", "self-refine", "--image", "mine.png"], "image"),
    ] {
        let said = place.say_to(&server, &words).without_panic();
        assert_eq!((said.code, server.stats().calls), (Some(2), 0), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains("hint"), "{said:?}");
    }
    let bare = Place::new();
    paint(&bare, "one apple");
    let words = ["refine", "Why is it red?", "--recipe", "lookback", "--image", "mine.png"];
    let said = bare.say(&words).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("seer"), "{said:?}");
    // The simulation sees nothing for recipes that make pictures.
    let other = Place::of_user("[roles]\nseer = \"simulated/typical\"\n");
    let said = other.say(&["refine", "a cat", "--recipe", "rank"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    for place in [place, bare, other] {
        assert!(!place.path().join("runs").exists(), "no folder is left behind");
    }
}
