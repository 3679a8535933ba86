//! `plugin new` and what follows it, as an author would use and misuse it. Whether every language's
//! project builds is left to `scripts/test-languages`, which needs their compilers.

use std::fs;

use crate::program::{Place, Said};

#[track_caller]
fn refused(said: Said, code: i32, words: &[&str]) {
    let said = said.without_panic();
    assert_eq!(said.code, Some(code), "{said:?}");
    for word in words.iter().chain(&["error:", "hint:"]) {
        assert!(said.err.contains(word), "`{word}` is missing: {said:?}");
    }
}

#[test]
fn every_language_and_role_makes_a_project_and_names_the_next_commands() {
    let place = Place::new();
    for language in ["rust", "python", "javascript"] {
        for role in ["critic", "verifier", "tool"] {
            let name = format!("a-{language}-{role}");
            let said = place.say(&["plugin", "new", &name, "--lang", language, "--role", role]);
            let said = said.without_panic();
            assert_eq!(said.code, Some(0), "{said:?}");
            let next = [format!("plugin build {name}"), format!("plugin test {name}")];
            assert!(next.iter().all(|command| said.out.contains(command)), "{said:?}");
            let manifest = fs::read_to_string(place.path().join(&name).join("plugin.toml"));
            let manifest = manifest.unwrap();
            assert!(manifest.contains(&format!("name = \"{name}\"")), "{manifest}");
            assert!(manifest.contains(&format!("plugin/{role}@")), "{manifest}");
        }
    }
}

#[test]
fn a_project_can_be_made_elsewhere_and_told_as_json() {
    let place = Place::new();
    let words = ["--format", "json", "plugin", "new", "critic-mood", "--path", "deep/here"];
    let said = place.say(&words);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.json()["folder"], "deep/here");
    assert_eq!(said.json()["language"], "rust");
    assert!(place.path().join("deep/here/sdk/wit/worlds.wit").is_file());
}

#[test]
fn names_that_cannot_be_and_folders_that_are_there_are_refused() {
    let place = Place::new();
    place.write("taken", "a file");
    fs::create_dir(place.path().join("empty")).unwrap();
    let rows = [
        ("Critic", "it must begin with a letter from a to z"),
        ("../up", "it must begin with a letter from a to z"),
        ("my_critic", "a-z, 0-9 and - only"),
        ("critic-detector", "a bundled plugin has this name"),
        ("taken", "is there already"),
        ("empty", "is there already"),
    ];
    for (name, words) in rows {
        refused(place.say(&["plugin", "new", name]), 2, &[words]);
    }
    let said = place.say(&["plugin", "new", "fine", "--lang", "cobol"]);
    assert_eq!(said.without_panic().code, Some(2));
    let left = fs::read_dir(place.path()).unwrap().flatten();
    let mut left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["empty", "taken"], "nothing is left of what failed");
}

#[test]
fn a_missing_compiler_is_named_with_what_to_install() {
    let place = Place::new();
    for (language, program, hint) in
        [("python", "`python3`", "install Python"), ("javascript", "`npm`", "install Node.js")]
    {
        let made = place.say(&["plugin", "new", language, "--lang", language]);
        assert_eq!(made.code, Some(0), "{made:?}");
        let mut build = place.command(&["plugin", "build", language]);
        let said = Said::of(build.env("PATH", "/nowhere").output().unwrap());
        refused(said, 6, &[program, hint]);
        // Adding builds only if it is told to.
        let said = place.say(&["plugin", "add", language]);
        refused(said, 2, &["there is no component at", "plugin build"]);
        let mut add = place.command(&["plugin", "add", language, "--build"]);
        let said = Said::of(add.env("PATH", "/nowhere").output().unwrap());
        refused(said, 6, &[program, hint]);
    }
}
