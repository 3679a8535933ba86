//! Recipes whose tool works with what the operator hands it: documents and tables. What is missing is
//! told before anything is spent; what was found is told, cited and recorded.

use std::fs;

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    plugin::component,
    program::{Place, Said},
    refusals::Refusals,
    shelf::done,
};

pub(crate) const QUESTION: &str =
    "What is the currency of the country whose capital is Ulaanbaatar?";
pub(crate) const WRITER: &str =
    "[roles]\nwriter = \"openai/w\"\n[prices]\n\"openai/w\" = { input = 0, output = 0 }\n";
const RECIPE: [&str; 4] = ["refine", QUESTION, "--recipe", "critic-search"];
const SEARCHES: &str = "[plugins.tool-search.settings]\ncorpus = { folder = \"notes\" }\n";

/// Documents in a place.
pub(crate) fn library(place: Place) -> Place {
    fs::create_dir(place.path().join("notes")).unwrap();
    let notes = "The capital of Mongolia is Ulaanbaatar.\n\nThe capital of Laos is Vientiane.\n\n\
                 The currency of Mongolia is the tugrik, and of Laos the kip.\n\n\
                 The currency of Mongolia is tugrik.\n";
    place.write("notes/almanac.md", notes);
    place.write("pentimento.toml", SEARCHES);
    place
}

pub(crate) fn inquiry(query: &str, answer: &str, cited: &[u32]) -> Act {
    let value = json!({
        "problems": [], "query": query, "steps": ["so it is"], "answer": answer, "cited": cited,
    });
    words(&value.to_string())
}

#[test]
fn documents_that_are_missing_or_cannot_be_read_are_told_before_anything_is_spent() {
    let (server, mut told) = (Scripted::start(), Refusals::default());
    let place = Place::of_user(WRITER);
    let asks = |settings: &str| -> Said {
        place.write("pentimento.toml", settings);
        place.say_to(&server, &RECIPE)
    };
    told.add(asks(""), 6);
    told.add(asks("[plugins.tool-search]\n"), 6);
    told.add(asks("[plugins.tool-search.settings]\ncorpus = \"{\\\"document\\\": 7}\"\n"), 6);
    told.add(asks("[plugins.tool-search.settings]\ncorpus = { folder = \"nowhere\" }\n"), 2);
    told.add(asks("[plugins.tool-search.settings]\ncorpus = { file = \"../secret\" }\n"), 2);
    assert_eq!(server.stats().calls, 0, "nobody was asked");
    assert!(!place.path().join("runs").exists(), "no folder is left behind");
    told.check("refused-documents-that-are-missing-or-cannot-be-read");
}

#[test]
fn tables_that_are_missing_are_told_before_anything_is_spent() {
    let (server, place) = (Scripted::start(), Place::of_user(WRITER));
    let manifest = "name = \"tool-sql\"\nversion = \"1.0.0\"\nrole = \"tool\"\n\
                    world = \"pentimento:plugin/tool@0.1.0\"\n";
    // The calculator, which knows no queries.
    let bytes = fs::read(component("tool_calculator")).unwrap();
    place.write("impostor.wasm", pentimento_manifest::embed(&bytes, manifest).unwrap());
    let ask = ["refine", QUESTION, "--recipe", "critic-sql"];
    let missing = place.say_to(&server, &ask).without_panic();
    assert_eq!(missing.code, Some(6), "{missing:?}");
    assert!(missing.err.contains("neither bundled nor installed"), "{missing:?}");
    done(place.say(&["plugin", "add", "impostor.wasm"]));
    done(place.say(&["plugin", "grant", "tool-sql"]));
    let useless = place.say_to(&server, &ask).without_panic();
    assert_eq!((useless.code, server.stats().calls), (Some(6), 0), "{useless:?}");
    assert!(useless.err.contains("it cannot work (failed)"), "{useless:?}");
    assert!(useless.err.contains("[plugins.tool-sql.settings]"), "{useless:?}");
    assert!(!place.path().join("runs").exists(), "no folder is left behind");
}

#[test]
fn what_a_search_finds_is_told_to_the_writer_cited_in_the_text_and_replayed() {
    let (server, place) = (Scripted::start(), library(Place::of_user(WRITER)));
    server.script([
        words(&json!({ "steps": [], "answer": "kip" }).to_string()),
        inquiry("capital Ulaanbaatar", "", &[]),
        inquiry("currency of Mongolia", "", &[]),
        inquiry("", "tugrik", &[1, 2, 5]),
    ]);
    let more = ["--rounds", "1", "--format", "json"];
    let said = place.say_to(&server, &[&RECIPE[..], &more].concat()).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(3), 4), "{said:?}");
    let value = said.json();
    let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "so it is");
    assert_eq!(lines[1], "[1] almanac.md, line 1: The capital of Mongolia is Ulaanbaatar.");
    assert!(lines[2].starts_with("[2] almanac.md, line ") && lines[2].contains("Mongolia is"));
    assert_eq!(lines[3..], ["Answer: tugrik"]);
    let asked = server.stats().asked.iter().map(|asked| asked.body.clone()).collect::<Vec<_>>();
    assert!(asked[2].contains("The capital of Mongolia is Ulaanbaatar."), "{}", asked[2]);
    let talk: Vec<Value> = value["summary"]["rounds"][1]["talk"].as_array().unwrap().clone();
    let roles: Vec<_> = talk.iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["writer", "tool", "writer", "tool", "writer"]);
    let replayed = place.say(&["replay", "--format", "json"]).without_panic();
    assert_eq!((replayed.code, &replayed.json()["same"]), (Some(0), &true.into()), "{replayed:?}");
    // With other documents, the journal is not repeated.
    place.write("notes/almanac.md", "The capital of Mongolia is Ulan Bator.\n");
    let other = place.say(&["replay"]).without_panic();
    assert_ne!(other.code, Some(0), "{other:?}");
}

/// One way on from every place, so that the second turn ends the text.
const NARROW: &str = "name = \"narrow\"\ntitle = \"Narrow\"\nsummary = \"One way on.\"\n\
                      algorithm = \"think-cite\"\ntool = \"tool-search\"\n\n[parameters]\n\
                      rounds = 3\nwidth = 1\nvotes = 1\n";

#[test]
fn statements_on_what_a_search_finds_are_kept_with_their_sources_and_replayed() {
    let (server, place) = (Scripted::start(), library(Place::of_user(WRITER)));
    place.write("narrow.toml", NARROW);
    let say = |value: Value| words(&value.to_string());
    let state =
        |statement: &str, cited: &[u32]| say(json!({ "statement": statement, "cited": cited }));
    server.script([
        say(json!({ "steps": [], "answer": "kip" })),
        say(json!({ "score": 3 })),
        say(json!({ "query": "weather", "answer": "" })),
        say(json!({ "query": "capital Ulaanbaatar" })),
        state("It is the capital of Mongolia.", &[1, 9]),
        say(json!({ "answer": "yes" })),
        say(json!({ "score": 6 })),
        say(json!({ "query": "currency of Mongolia", "answer": "" })),
        say(json!({ "query": "" })),
        state("Its currency is the tugrik.", &[2]),
        say(json!({ "answer": "yes" })),
        say(json!({ "score": 7 })),
        say(json!({ "query": "", "answer": "tugrik" })),
        say(json!({ "score": 8 })),
    ]);
    let asked = ["refine", QUESTION, "--recipe", "narrow.toml", "--format", "json"];
    let said = place.say_to(&server, &asked).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(3), 14), "{said:?}");
    let value = said.json();
    let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "It is the capital of Mongolia. [1]");
    assert_eq!(lines[1], "Its currency is the tugrik. [2]");
    assert_eq!(lines[2], "[1] almanac.md, line 1: The capital of Mongolia is Ulaanbaatar.");
    assert!(lines[3].starts_with("[2] almanac.md, line "), "{text}");
    assert_eq!(lines[4..], ["Answer: tugrik"]);
    let replayed = place.say(&["replay", "--format", "json"]).without_panic();
    assert_eq!((replayed.code, &replayed.json()["same"]), (Some(0), &true.into()), "{replayed:?}");
}

#[test]
fn a_tree_search_on_evidence_needs_its_documents_and_works_on_a_bare_machine() {
    let bare = Place::new();
    let asked = ["refine", QUESTION, "--recipe", "think-cite", "--seed", "4"];
    for (settings, complaint) in
        [("", "needs the tool `tool-search`"), ("[plugins.tool-search]\n", "`corpus`")]
    {
        bare.write("pentimento.toml", settings);
        let refused = bare.say(&asked).without_panic();
        assert_eq!(refused.code, Some(6), "{refused:?}");
        assert!(refused.err.contains(complaint), "{refused:?}");
    }
    assert!(!bare.path().join("runs").exists(), "no folder is left behind");
    let place = library(Place::new());
    let said = place.say(&asked).without_panic();
    assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
    assert!(said.out.contains("│ Answer: tugrik"), "{said:?}");
    assert!(said.out.contains("The currency of Mongolia is tugrik. ["), "{said:?}");
    let replayed = place.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
}

#[test]
fn on_a_bare_machine_the_simulation_corrects_what_it_remembers_with_documents() {
    let place = library(Place::new());
    let said = place.say(&[&RECIPE[..], &["--seed", "4"]].concat()).without_panic();
    assert!(said.code.is_some_and(|code| [0, 3].contains(&code)), "{said:?}");
    assert!(said.out.contains("writer simulated/typical"), "{said:?}");
    assert!(said.out.contains("│ Answer: tugrik"), "{said:?}");
    assert!(said.out.contains("│ [1] almanac.md, line "), "{said:?}");
    let replayed = place.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
    let unknown = ["refine", QUESTION, "--recipe", "magicore"];
    let said = place.say(&unknown).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("to questions of fact"), "{said:?}");
}
