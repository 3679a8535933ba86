//! Recipes that call a tool: what is missing is told before anything is spent; what the tool does is
//! recorded, shown, and not repeated.

use std::{fs, path::Path};

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    plugin::{component, guest},
    program::{Place, Said},
    refusals::Refusals,
    shelf::done,
};

const QUESTION: &str = "Tom has 3 boxes of 4 eggs. How many eggs?";
const WRITER: &str =
    "[roles]\nwriter = \"openai/w\"\n[prices]\n\"openai/w\" = { input = 0, output = 0 }\n";
const RECIPE: [&str; 4] = ["refine", QUESTION, "--recipe", "critic-program"];

/// A tool under the name of the interpreter that runs no program but the one it is tried with.
pub(crate) fn breaking(place: &Place) -> String {
    impostor(place, "tool", &guest("multiplier"), "")
}

/// Another plugin under the name of the interpreter.
fn impostor(place: &Place, role: &str, from: &Path, wants: &str) -> String {
    let manifest = format!(
        "name = \"tool-python\"\nversion = \"1.0.0\"\nrole = \"{role}\"\n\
         world = \"pentimento:plugin/{role}@0.1.0\"\n{wants}"
    );
    let bytes = fs::read(from).unwrap();
    place.write("impostor.wasm", pentimento_manifest::embed(&bytes, &manifest).unwrap());
    "impostor.wasm".to_owned()
}

pub(crate) fn program(code: &str) -> Act {
    words(&json!({ "program": code }).to_string())
}

#[test]
fn a_tool_that_is_missing_or_was_not_let_in_is_told_before_anything_is_spent() {
    let (server, mut told) = (Scripted::start(), Refusals::default());
    let place = Place::of_user(WRITER);
    let asks = |place: &Place| -> Said { place.say_to(&server, &RECIPE) };
    told.add(asks(&place), 6);
    let file = impostor(&place, "tool", &component("tool_calculator"), "");
    done(place.say(&["plugin", "add", &file]));
    told.add(asks(&place), 6);
    done(place.say(&["plugin", "grant", "tool-python"]));
    // A calculator runs no programs.
    told.add(asks(&place), 6);
    told.add(place.say_to(&server, &["refine", QUESTION, "--recipe", "progco", "--dry-run"]), 6);
    done(place.say(&["plugin", "deny", "tool-python"]));
    told.add(asks(&place), 6);
    let other = Place::of_user(WRITER);
    let wants = "[wants]\nartifacts = \"reads the text\"\n";
    let file = impostor(&other, "verifier", &component("verify_steps"), wants);
    done(other.say(&["plugin", "add", &file]));
    done(other.say(&["plugin", "grant", "tool-python"]));
    told.add(asks(&other), 1);
    assert_eq!(server.stats().calls, 0, "nobody was asked");
    for place in [place, other] {
        assert!(!place.path().join("runs").exists(), "no folder is left behind");
    }
    told.check("refused-a-tool-that-is-missing-or-was-not-let-in");
}

#[test]
fn what_a_tool_did_is_recorded_shown_and_not_repeated() {
    let (server, place) = (Scripted::start(), Place::of_user(WRITER));
    let file = breaking(&place);
    done(place.say(&["plugin", "add", &file]));
    done(place.say(&["plugin", "grant", "tool-python"]));
    server.script(["answer = 3 * 4", "answer = 4 * 3"].map(program));
    let more = ["--rounds", "1", "--format", "json"];
    let said = place.say_to(&server, &[&RECIPE[..], &more].concat());
    assert_eq!((said.code, server.stats().calls), (Some(3), 2), "{said:?}");
    let talk: Vec<Value> = said.json()["summary"]["rounds"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|round| round["talk"].as_array().unwrap().clone())
        .collect();
    let roles: Vec<_> = talk.iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["writer", "tool", "writer", "tool"]);
    assert_eq!(talk[1]["asked"], "code: answer = 3 * 4\nthen: answer");
    assert!(talk[1]["reason"].as_str().unwrap().contains("bad-argument"), "{}", talk[1]);
    assert!(talk[2]["asked"].as_str().unwrap().contains("the tool gave no answer (failed)"));
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("1 question to models, 1 call of tools"), "the page tells both");
    assert!(page.contains("tool-python was called"));
    let replayed = place.say(&["replay", "--format", "json"]).without_panic();
    assert_eq!((replayed.code, &replayed.json()["same"]), (Some(0), &true.into()), "{replayed:?}");
    done(place.say(&["plugin", "deny", "tool-python"]));
    let without = place.say(&["replay"]).without_panic();
    assert_ne!(without.code, Some(0), "{without:?}");
}

#[test]
fn a_dry_run_counts_what_a_tool_may_make_necessary() {
    let (server, place) = (Scripted::start(), Place::of_user(WRITER));
    let file = breaking(&place);
    done(place.say(&["plugin", "add", &file]));
    done(place.say(&["plugin", "grant", "tool-python"]));
    let said = place.say_to(&server, &["refine", QUESTION, "--recipe", "progco", "--dry-run"]);
    assert_eq!((said.code, server.stats().calls), (Some(0), 0), "{said:?}");
    assert!(said.out.contains("up to 17 questions to openai/w (writer)"), "{said:?}");
}
