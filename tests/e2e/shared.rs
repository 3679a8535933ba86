//! `--cache`: what other runs came to is not paid again, and everything else is as without it.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Child, Command},
};

use pentimento_scripted::{Act, Asked, Scripted};
use serde_json::{Value, json};

use crate::{
    answers::{picture, words},
    batch::CENTS,
    evidence::{QUESTION, WRITER, inquiry, library},
    idea2img::{IDEA, place},
    killed::{REFINE, server},
    plugin::component,
    program::{Place, Said},
    refine::artifacts,
    shelf::done,
    tools::{breaking, program},
};

/// A command with a cache of its own.
fn command(place: &Place, server: &Scripted, cache: &Path, words: &[&str]) -> Command {
    let mut command = place.command_to(server, words);
    command.env("PENTIMENTO_CACHE_DIR", cache);
    command
}

#[track_caller]
fn say(place: &Place, server: &Scripted, cache: &Path, words: &[&str]) -> Said {
    Said::of(command(place, server, cache, words).output().unwrap()).without_panic()
}

fn with_cache() -> Vec<&'static str> {
    [&REFINE[..], &["--cache"]].concat()
}

#[test]
fn a_second_run_pays_nothing_and_has_the_same_bytes() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    let (first, without) = (place(), place());
    assert_eq!(say(&first, &server, cache, &with_cache()).code, Some(3));
    let calls = server.stats().calls;
    assert_eq!(say(&without, &server, cache, &REFINE).code, Some(3));
    assert_eq!(server.stats().calls, 2 * calls, "off unless asked for");

    let second = place();
    let said = say(&second, &server, cache, &with_cache());
    assert_eq!((said.code, said.err.as_str()), (Some(3), ""), "{said:?}");
    assert_eq!(server.stats().calls, 2 * calls, "nothing more is asked");
    assert_eq!(artifacts(&second.run_folder()), artifacts(&first.run_folder()));
    assert!(said.out.contains(" results from the cache; they cost $0.24 when they were made"));
    assert!(!said.out.contains("$0.00"), "nothing was paid: {said:?}");
    let summary = second.say(&["show", "--format", "json"]).json();
    // Each question and each picture, and what a plugin said of them.
    assert!(summary["from_cache"]["results"].as_u64().unwrap() >= calls as u64, "{summary}");
    assert_eq!(summary["from_cache"]["saved"]["calls"], calls, "{summary}");
    assert!(summary["cost"].is_null(), "{summary}");
    let page = fs::read_to_string(second.run_folder().join("report.html")).unwrap();
    assert!(page.contains("results from the cache; they cost $0.24"));
    assert_eq!(second.say(&["replay"]).code, Some(0), "a journal needs no cache");

    let told = say(&second, &server, cache, &["cache", "info", "--format", "json"]).json();
    let kinds = told["kinds"].as_array().unwrap();
    let of = |kind: &str| kinds.iter().find(|one| one["kind"] == kind).unwrap().clone();
    assert_eq!((&of("picture")["results"], &of("picture")["hits"]), (&json!(6), &json!(6)));
    assert_eq!(of("picture")["saved-usd"], "0.24");
}

#[test]
fn answers_of_another_server_or_seed_are_others() {
    let (one, other, folder) = (server(), server(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    say(&place(), &one, cache, &with_cache());
    say(&place(), &other, cache, &with_cache());
    assert_eq!(one.stats().calls, other.stats().calls);
    let seed = [&with_cache()[..], &["--seed", "11"]].concat();
    say(&place(), &one, cache, &seed);
    assert_eq!(one.stats().calls, 2 * other.stats().calls);
}

#[test]
fn what_failed_or_was_of_no_use_is_asked_again() {
    let (server, folder) = (Scripted::start(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    let idea = "two red apples";
    let refine = ["refine", idea, "--recipe", "best-of-n", "--rounds", "0", "--cache"];
    let place = || Place::of_user(CENTS);
    server.script([Act::status(400, "out of order")]);
    let said = say(&place(), &server, cache, &refine);
    assert!(said.err.contains("out of order") && server.stats().calls == 1, "{said:?}");
    for calls in [2, 2] {
        let said = say(&place(), &server, cache, &refine);
        assert_eq!((said.code, server.stats().calls), (Some(3), calls), "{said:?}");
    }
    // The writer's answers are no prompts: the picture is made of the idea, and each run asks anew.
    let idea2img = ["refine", IDEA, "--recipe", "idea2img", "--rounds", "0", "--cache"];
    server.answer_by(|asked: &Asked| {
        if asked.body.contains("\"prompt\"") { picture(3) } else { words("no prompts today") }
    });
    let asked = |server: &Scripted| {
        let before = server.stats().calls;
        say(&crate::idea2img::place(), server, cache, &idea2img);
        server.stats().calls - before
    };
    let (first, second) = (asked(&server), asked(&server));
    assert_eq!(second, first - 1, "only the picture was of use");
}

#[test]
fn a_cache_that_is_no_use_is_told_and_the_run_goes_on_without_it() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    let whole = place();
    say(&whole, &server, cache, &REFINE);
    let file = cache.join("results.sqlite");
    fs::write(&file, "this is no database".repeat(1000)).unwrap();
    let place = place();
    let said = say(&place, &server, cache, &with_cache());
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(said.err.contains("note: the cache `"), "{said:?}");
    assert!(said.err.contains("the run goes on without it"), "{said:?}");
    assert!(said.err.contains("`pentimento cache clear` makes it anew"), "{said:?}");
    assert_eq!(artifacts(&place.run_folder()), artifacts(&whole.run_folder()));
    let said = say(&place, &server, cache, &["cache", "info"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("hint: `pentimento cache clear`"), "{said:?}");
    let said = say(&place, &server, cache, &["cache", "clear"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "a damaged cache was removed\n"));
    let said = say(&place, &server, cache, &["cache", "info"]);
    assert!(said.out.contains("there is nothing in it"), "{said:?}");
    let said = say(&place, &server, cache, &["cache", "prune"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "there is no cache\n"));
}

#[test]
fn processes_share_a_cache_and_a_small_one_stays_small() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    let places: Vec<_> = (0..4).map(|_| place()).collect();
    let seeds = ["1", "1", "2", "3"];
    let start = |(place, seed): (&Place, &str)| -> Child {
        let words = [&with_cache()[..], &["--seed", seed]].concat();
        command(place, &server, cache, &words).spawn().unwrap()
    };
    let children: Vec<_> = places.iter().zip(seeds).map(start).collect();
    for child in children {
        let said = Said::of(child.wait_with_output().unwrap()).without_panic();
        assert_eq!((said.code, said.err.as_str()), (Some(3), ""), "{said:?}");
    }
    assert_eq!(artifacts(&places[0].run_folder()), artifacts(&places[1].run_folder()));
    let before = server.stats().calls;
    for seed in seeds {
        let words = [&with_cache()[..], &["--seed", seed]].concat();
        say(&place(), &server, cache, &words);
    }
    assert_eq!(server.stats().calls, before, "all of it is there");
    let said = say(&places[0], &server, cache, &["cache", "prune", "--mib", "0"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let told = say(&places[0], &server, cache, &["cache", "info", "--format", "json"]).json();
    assert_eq!(told["bytes"], 0, "{told}");
}

#[test]
fn what_two_runs_of_a_batch_have_in_common_is_paid_once() {
    let (server, folder) = (Scripted::start(), tempfile::tempdir().unwrap());
    // Whatever the idea, the writer knows only these two prompts.
    server.answer_by(|asked: &Asked| {
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        if body.get("prompt").is_some() {
            return picture(5);
        }
        let pictures = asked.body.matches("data:image/png;base64").count();
        words(&match body["text"]["format"]["name"].as_str().unwrap() {
            "prompts" => json!({ "prompts": ["a band", "an umbrella"] }).to_string(),
            "choice" => json!({ "check": "…", "scores": vec![9; pictures], "best": 0 }).to_string(),
            _ => json!({ "reason": "it is too small" }).to_string(),
        })
    });
    let place = place();
    let briefs = ["a band", "an umbrella", "a band under an umbrella", "music in the rain"];
    let lines = briefs.map(|idea| format!("{{\"idea\":\"{idea}\"}}\n"));
    place.write("briefs.jsonl", lines.concat());
    let words = ["run", "briefs.jsonl", "--recipe", "idea2img", "--rounds", "0", "--cache"];
    let said = say(&place, &server, folder.path(), &words);
    assert_eq!((said.code, said.out.lines().count()), (Some(0), 4), "{said:?}");
    let mut painted: BTreeMap<String, usize> = BTreeMap::new();
    for asked in server.stats().asked {
        let body: Value = serde_json::from_str(&asked.body).unwrap();
        if let Some(prompt) = body["prompt"].as_str() {
            *painted.entry(prompt.to_owned()).or_default() += 1;
        }
    }
    let once = [("a band".to_owned(), 1), ("an umbrella".to_owned(), 1)];
    assert_eq!(painted, BTreeMap::from(once), "four runs at once, each picture made once");
}

/// A place where a tool of somebody's own searches documents, in this version, and a recipe has it work.
fn searching(version: &str) -> Place {
    let place = library(Place::of_user(WRITER));
    let wants = "[wants]\nsettings = \"reads the documents\"\n";
    let manifest = format!(
        "name = \"tool-finder\"\nversion = \"{version}\"\nrole = \"tool\"\n\
         world = \"pentimento:plugin/tool@0.1.0\"\n{wants}"
    );
    let bytes = fs::read(component("tool_search")).unwrap();
    place.write("finder.wasm", pentimento_manifest::embed(&bytes, &manifest).unwrap());
    done(place.say(&["plugin", "add", "finder.wasm"]));
    done(place.say(&["plugin", "grant", "tool-finder"]));
    let settings = "[plugins.tool-finder.settings]\ncorpus = { folder = \"notes\" }\n";
    place.write("pentimento.toml", settings);
    let recipe = include_str!("../../assets/recipes/critic-search.toml");
    let named = "name = \"critic-search\"";
    let recipe = recipe.replace(named, "name = \"finding\"");
    place.write("finding.toml", recipe.replace("\"tool-search\"", "\"tool-finder\""));
    place
}

/// A run whose recipe has a tool work, over this cache. How many results of tools the cache has then, and
/// how often they were of use.
fn worked(place: &Place, server: &Scripted, cache: &Path, recipe: &str) -> (u64, u64) {
    let words = ["refine", QUESTION, "--recipe", recipe, "--rounds", "1", "--cache"];
    let said = say(place, server, cache, &words);
    assert_eq!((said.code, said.err.as_str()), (Some(3), ""), "{said:?}");
    let told = say(place, server, cache, &["cache", "info", "--format", "json"]).json();
    let kinds = told["kinds"].as_array().unwrap();
    let errands = kinds.iter().find(|one| one["kind"] == "errand");
    let count = |field: &str| errands.map_or(0, |one| one[field].as_u64().unwrap());
    (count("results"), count("hits"))
}

fn found(place: &Place, server: &Scripted, cache: &Path) -> (u64, u64) {
    worked(place, server, cache, "finding.toml")
}

/// For each call of a tool, whether the journal says that it came from the cache.
fn whence(place: &Place) -> Vec<bool> {
    let journal = fs::read_to_string(place.run_folder().join("journal.jsonl")).unwrap();
    let lines: Vec<Value> =
        journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kind = |line: &Value| line["record"]["event"]["type"].as_str().unwrap().to_owned();
    let pairs = lines.iter().zip(&lines[1..]);
    let calls = pairs.filter(|(_, line)| kind(line) == "performed");
    calls.map(|(before, _)| kind(before) == "from-cache").collect()
}

#[test]
fn what_a_tool_did_is_not_done_again_unless_it_is_another_tool() {
    let (server, folder) = (Scripted::start(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    server.script([
        words(&json!({ "steps": [], "answer": "kip" }).to_string()),
        inquiry("capital Ulaanbaatar", "", &[]),
        inquiry("currency of Mongolia", "", &[]),
        inquiry("", "tugrik", &[1, 2, 5]),
    ]);
    let (first, second) = (searching("1.0.0"), searching("1.0.0"));
    assert_eq!(found(&first, &server, cache), (2, 0));
    assert_eq!(found(&second, &server, cache), (2, 2));
    assert_eq!(server.stats().calls, 4, "nobody was asked again");
    let text = |place: &Place| fs::read(place.run_folder().join("text.txt")).unwrap();
    assert_eq!(text(&second), text(&first));
    assert_eq!((whence(&first), whence(&second)), (vec![false; 2], vec![true; 2]));
    let replayed = second.say(&["replay"]).without_panic();
    assert_eq!(replayed.code, Some(0), "a journal needs no cache: {replayed:?}");

    // The same program in another version, and the same version with other documents.
    let newer = searching("1.0.1");
    assert_eq!(found(&newer, &server, cache), (4, 2));
    assert_eq!(whence(&newer), [false; 2]);
    let other = searching("1.0.0");
    let almanac = other.path().join("notes/almanac.md");
    let more = fs::read_to_string(&almanac).unwrap() + "\nLaos has no coast.\n";
    fs::write(&almanac, more).unwrap();
    assert_eq!(found(&other, &server, cache), (6, 2));
    assert_eq!(server.stats().calls, 4);
}

#[test]
fn how_a_tool_broke_is_of_its_own_run() {
    let (server, folder) = (Scripted::start(), tempfile::tempdir().unwrap());
    let cache = folder.path();
    let programs = ["answer = 3 * 4", "answer = 4 * 3"];
    server.script([programs, programs].concat().into_iter().map(program));
    for _ in 0..2 {
        let place = Place::of_user(WRITER);
        let file = breaking(&place);
        done(place.say(&["plugin", "add", &file]));
        done(place.say(&["plugin", "grant", "tool-python"]));
        assert_eq!(worked(&place, &server, cache, "critic-program"), (0, 0));
        let whence = whence(&place);
        assert!(!whence.is_empty() && whence.iter().all(|is_cached| !is_cached), "{whence:?}");
    }
}
