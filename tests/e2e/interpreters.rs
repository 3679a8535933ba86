//! Recipes with the real `tool-sql`, `tool-python` and `tool-javascript`: what is wrong is corrected by what the tool says,
//! and a tool that keeps breaking is done without.
//!
//! They are not built here: `scripts/test-languages` builds them and runs these tests, which plain `cargo
//! test` passes over.

use std::{fs, path::Path};

use pentimento_scripted::{Act, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::words,
    plugin::component,
    program::{Place, Said},
    shelf::done,
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const WRITER: &str =
    "[roles]\nwriter = \"openai/w\"\n[prices]\n\"openai/w\" = { input = 0, output = 0 }\n";

/// The place with a tool that was built before, added and let in.
fn with_tool(place: Place, name: &str) -> Place {
    let built = Path::new(ROOT).join(format!("plugins/{name}/target/plugin/{name}.wasm"));
    assert!(built.is_file(), "{} is missing\nhint: scripts/test-languages", built.display());
    done(place.say(&["plugin", "add", built.to_str().unwrap()]));
    done(place.say(&["plugin", "grant", name]));
    place
}

/// The pieces of code in a section of a page, as (language, text), in order.
fn example(page: &str, heading: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(Path::new(ROOT).join(page)).unwrap();
    let section = page.split("\n### ").find(|section| section.starts_with(heading)).unwrap();
    let mut fences = section.split("```");
    fences.next();
    let mut pieces = Vec::new();
    while let (Some(piece), Some(_)) = (fences.next(), fences.next()) {
        let (language, text) = piece.split_once('\n').unwrap();
        pieces.push((language.to_owned(), text.to_owned()));
    }
    pieces
}

/// Everything that was asked and answered in a run.
fn talk(said: &Said) -> Vec<Value> {
    let value = said.json();
    let rounds = value["summary"]["rounds"].as_array().unwrap().clone();
    rounds.iter().flat_map(|round| round["talk"].as_array().unwrap().clone()).collect()
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_tools_a_query_that_is_wrong_is_corrected_by_what_the_database_says_of_it() {
    let place = with_tool(Place::new(), "tool-sql");
    // What the page tells people to write and type.
    let pieces = example("docs/recipes.md", "`critic-sql`");
    let of = |language: &str| {
        let piece = pieces.iter().rfind(|(known, _)| known == language);
        &piece.unwrap_or_else(|| panic!("no {language} in {pieces:?}")).1
    };
    place.write("countries.sql", of("sql"));
    place.write("pentimento.toml", of("toml"));
    let typed = of("sh").trim();
    let typed = typed.strip_prefix("pentimento ").unwrap();
    let (flags, question) = typed.trim_end_matches('"').split_once(" \"").unwrap();
    let words: Vec<&str> = flags.split(' ').chain([question, "--format", "json"]).collect();
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let talk = talk(&said);
    let steps: Vec<_> = talk.iter().map(|one| one["step"].as_str().unwrap()).collect();
    assert_eq!(steps[..5], ["tables", "query", "query", "requery", "query"], "{talk:?}");
    let asked = talk[3]["asked"].as_str().unwrap();
    assert!(asked.contains("no such column: currency_name"), "SQLite's own words: {asked}");
    assert!(asked.contains("CREATE TABLE countries"), "and which tables there are: {asked}");
    let value = said.json();
    let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    assert!(text.ends_with("\nAnswer: baht"), "{text}");
    assert_ne!(value["summary"]["outcome"]["best"], "c0");
    let run = value["run"].as_str().unwrap();
    let replayed = place.say(&["replay", run]).without_panic();
    assert_eq!(replayed.code, Some(0), "{replayed:?}");
}

fn program(code: &str) -> Act {
    words(&json!({ "problems": [], "program": code }).to_string())
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_javascript_programs_are_asked_for_run_and_corrected_where_the_recipe_names_their_tool() {
    let (server, place) = (Scripted::start(), Place::of_user(WRITER));
    let shown = place.say(&["recipe", "show", "critic-program"]).without_panic();
    let own = shown.out.replace("\"critic-program\"\ntitle", "\"critic-javascript\"\ntitle");
    let own = own.replace("tool = \"tool-python\"", "tool = \"tool-javascript\"");
    assert!(own.contains("\"critic-javascript\"") && own.contains("\"tool-javascript\""), "{own}");
    place.write("critic-javascript.toml", own);
    let place = with_tool(place, "tool-javascript");
    let right = "const [a, b] = [3, 4];\nconst answer = a * b;";
    server.script([
        program("const answer = three * 4;"),
        program(right),
        program(right),
        program(right),
    ]);
    let words =
        ["refine", "How much is 3 * 4?", "--recipe", "critic-javascript.toml", "--format", "json"];
    let said = place.say_to(&server, &words).without_panic();
    let value = said.json();
    let talk = talk(&said);
    let asked = |at: usize| talk[at]["asked"].as_str().unwrap_or_default().to_owned();
    assert!(asked(0).contains("writing a JavaScript program"), "{talk:?}");
    let blamed = "ReferenceError: three is not defined (line 1: const answer = three * 4;)";
    assert!(
        talk.iter().any(|one| one["asked"].as_str().is_some_and(|it| it.contains(blamed))),
        "{talk:?}"
    );
    let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    assert!(text.ends_with("\nAnswer: 12"), "{text}");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_javascript_is_there_for_a_plugin_on_trial_once_it_was_let_in() {
    let project = Path::new(ROOT).join("plugins/verify-unit-tests");
    // Built when its cases were tried with all tools there are.
    let built = component("verify_unit_tests");
    let words = ["plugin", "test", project.to_str().unwrap(), "--component"];
    let flags = [built.to_str().unwrap(), "--filter", "javascript-", "--format", "json"];
    let typed = [&words[..], &flags].concat();
    let without = Place::new().say(&typed).without_panic();
    assert_eq!(without.code, Some(3), "{without:?}");
    assert_eq!(without.json()["missing-plugins"], json!(["tool-javascript", "tool-python"]));
    let with = with_tool(Place::new(), "tool-javascript").say(&typed).without_panic();
    assert_eq!(with.code, Some(0), "{with:?}");
    assert_eq!(with.json()["missing-plugins"], json!(["tool-python"]));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_tools_what_a_program_came_to_is_what_it_would_print_and_a_stop_is_told_with_its_line() {
    let (server, place) = (Scripted::start(), with_tool(Place::of_user(WRITER), "tool-python"));
    let right = "from fractions import Fraction\nanswer = Fraction(36, 2)";
    let endless = "n = 7\nprint('begin')\nwhile n != 1:\n    n = n + 2";
    server.script([endless, "answer = 10**5000", right, right, right].map(program));
    let words = ["refine", "How much is 36 / 2?", "--recipe", "critic-program", "--format", "json"];
    let said = place.say_to(&server, &words).without_panic();
    let (value, talk) = (said.json(), talk(&said));
    let told = |words: &str| {
        talk.iter().any(|one| one["asked"].as_str().is_some_and(|asked| asked.contains(words)))
    };
    assert!(told("it took too much (steps) (line "), "{talk:?}");
    assert!(told("begin"), "what it printed before: {talk:?}");
    assert!(told("cannot be printed") && told("Exceeds the limit (4300 digits)"), "{talk:?}");
    let text = fs::read_to_string(place.path().join(value["text"].as_str().unwrap())).unwrap();
    assert!(text.ends_with("\nAnswer: 18"), "{text}");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_tools_a_right_answer_with_a_typographic_minus_is_not_refuted() {
    let (server, place) = (Scripted::start(), with_tool(Place::of_user(WRITER), "tool-python"));
    let answer = json!({ "steps": ["3 - 8 = \u{2212}5"], "answer": "\u{2212}5" });
    let check = "def verify(answer):\n    return answer == 3 - 8";
    server.script([words(&answer.to_string()), program(check)]);
    let words = ["refine", "How much is 3 - 8?", "--recipe", "progco", "--format", "json"];
    let said = place.say_to(&server, &words).without_panic();
    assert_eq!((said.code, server.stats().calls), (Some(0), 2), "{said:?}");
    assert!(talk(&said).iter().any(|one| one["asked"].as_str().unwrap().contains("verify(-5)")));
}

/// A program that ends the interpreter itself: no limit of the tool's own stops it before the host does.
fn fatal(number: usize) -> Act {
    program(&format!(
        "# attempt {number}\nimport sys, functools\nsys.setrecursionlimit(10**6)\n\
         @functools.cache\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nanswer = f(9 * 10**4)"
    ))
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn real_tools_an_interpreter_that_keeps_breaking_is_done_without_and_comes_back_in_the_next_run() {
    let (server, place) = (Scripted::start(), with_tool(Place::of_user(WRITER), "tool-python"));
    let fine = || program("answer = 3 * 4");
    server.script((0..5).map(fatal).chain([fine(), fine(), fine()]));
    place.write(
        "briefs.jsonl",
        "{\"idea\": \"How much is 3 * 4?\"}\n{\"idea\": \"How much is 4 * 3?\"}\n",
    );
    let run = ["run", "briefs.jsonl", "--recipe", "critic-program", "--rounds", "5"];
    let said =
        place.say_to(&server, &[&run[..], &["--concurrency", "1", "--format", "json"]].concat());
    let mut told = said.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let (first, second) = (told.next().unwrap(), told.next().unwrap());
    let shown = |one: &Value| {
        let run = one["run"].as_str().unwrap_or_else(|| panic!("{one}: {said:?}"));
        place.say(&["show", run, "--format", "json"]).without_panic()
    };
    let (first, second) = (shown(&first), shown(&second));
    let faults = |said: &Said| -> Vec<String> {
        let value = said.json();
        let rounds = value["rounds"].as_array().unwrap().clone();
        let talk = rounds.iter().flat_map(|round| round["talk"].as_array().unwrap().clone());
        let of_tool = talk.filter(|one| one["role"] == "tool");
        of_tool.map(|one| one["reason"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let reasons = faults(&first);
    assert_eq!(reasons.len(), 6, "{reasons:?}");
    for reason in &reasons[..5] {
        assert!(!reason.is_empty() && !reason.contains("quarantine"), "{reasons:?}");
    }
    assert!(reasons[5].contains("it is in quarantine: 5 of its last 20 calls in this run broke"));
    // The run went on to its end, and tells both.
    assert_eq!(first.json()["outcome"]["stop"], "rounds");
    let run = first.json()["run"].as_str().unwrap().to_owned();
    let page = place.say(&["show", &run]).without_panic();
    let words = "fault: tool-python gave no answer to 1 call, first in round 5 (limit)";
    assert!(page.out.contains(words) && page.out.contains("it is in quarantine"), "{page:?}");
    // What ended a model's programs in one run says nothing of the next.
    assert_eq!(faults(&second).first().map(String::as_str), Some(""), "{second:?}");
    assert_eq!(second.json()["outcome"]["best"], "c0");
}
