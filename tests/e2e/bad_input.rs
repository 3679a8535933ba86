//! Whatever comes in: a clear error with a hint, the right exit code, and never a panic.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};

use crate::program::{Place, Said};

/// The command ends with this code, and its complaint has these words and a hint.
#[track_caller]
fn check(said: Said, code: i32, words: &[&str]) {
    let said = said.without_panic();
    assert_eq!(said.code, Some(code), "{said:?}");
    assert!(said.out.is_empty(), "nothing but results on standard output: {said:?}");
    for word in words.iter().chain(&["error:", "hint:"]) {
        assert!(said.err.contains(word), "`{word}` is missing: {said:?}");
    }
}

fn refine(idea: &str) -> Said {
    let place = Place::new();
    let said = place.say(&["refine", idea]);
    assert!(!place.path().join("runs").exists(), "nothing is left behind by `{idea:.40}`");
    said
}

#[test]
fn nothing_is_read_before_it_is_known_what_was_typed() {
    let place = Place::of_user("this is no settings file");
    place.write("pentimento.toml", "neither = is this");
    for words in [&["--help"][..], &["--version"], &["help", "runs"], &["refine", "--help"]] {
        let said = place.say(words).without_panic();
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    }
    assert_eq!(place.say(&["runs", "list"]).code, Some(2), "whoever needs settings is told");
}

#[test]
fn a_value_that_begins_with_a_minus_is_told_as_one() {
    let place = Place::new();
    for (words, told) in [
        (
            &["run", "b.jsonl", "--concurrency", "-1"][..],
            "'-1' for '--concurrency <N>': -1 is not in",
        ),
        (&["runs", "list", "--since", "-1d"], "write `--since=-1d`"),
        (&["refine", "-x"], "'-- -x'"),
    ] {
        let said = place.say(words).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains(told), "{said:?}");
    }
}

#[test]
fn an_idea_without_words_is_refused() {
    check(refine(""), 2, &["asks for nothing"]);
    check(refine("   \n\t"), 2, &["asks for nothing"]);
}

#[test]
fn an_endless_idea_is_refused() {
    check(refine(&"a red apple and ".repeat(6400)), 2, &["bytes"]);
}

#[test]
fn unknown_words_are_named() {
    check(refine("a flumph and two quibbles on a beach"), 2, &["flumph", "quibbles"]);
    check(refine("three red aples"), 2, &["aples", "apple"]);
}

#[test]
fn contradictions_are_named() {
    check(refine("two cats without cats"), 2, &["cat"]);
    check(
        refine("a cat left of a dog and a dog left of a cat"),
        2,
        &["contradicts", "cat", "left and right"],
    );
}

#[test]
fn what_is_not_text_is_refused() {
    let place = Place::new();
    place.write("idea.txt", b"a red \xff\xfe apple");
    check(place.say(&["refine", "--idea-file", "idea.txt"]), 2, &["idea.txt", "UTF-8"]);
    check(place.say(&["refine", "--idea-file", "nowhere.txt"]), 2, &["nowhere.txt"]);
    let mut command = place.command(&["refine"]);
    command.arg(OsStr::from_bytes(b"a red \xff apple"));
    let said = Said::of(command.output().unwrap()).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
}

#[test]
fn impossible_settings_are_refused() {
    let place = Place::new();
    for flags in
        [["--preset", "worse"], ["--recipe", "sdl"], ["--seed", "seven"], ["--rounds", "1000000"]]
    {
        check(place.say(&["refine", "a cat", flags[0], flags[1]]), 2, &[flags[1]]);
    }
    place.write("pentimento.toml", "rouns = 3\n");
    check(place.say(&["refine", "a cat"]), 2, &["pentimento.toml", "rouns"]);
}

/// Whoever is named for a role and cannot play it is told before a run begins: there is nothing to
/// resume, and no folder.
#[test]
fn who_cannot_play_the_role_they_are_named_for_is_told_before_a_run_begins() {
    let of_texts = ["--recipe", "self-refine"];
    // The embedded mind writes and sees for the embedded painter alone.
    let model = ["--painter", "sdwebui/x"];
    let (no_assessor, no_role) = ("no such assessor", "no model is bound");
    for (flags, code, words) in [
        (
            &["--detector", "nobody"][..],
            6,
            &["`nobody` cannot say", no_assessor, "critic-detector"][..],
        ),
        // A role, but not one that finds things; a tool; what no plugin can be called.
        (&["--detector", "painter"], 6, &["`painter` cannot say", no_assessor, "seer (a model"]),
        (&["--detector", "tool-diff"], 6, &["`tool-diff` cannot say", no_assessor, "verify-count"]),
        (&["--detector", ""], 6, &["`` cannot say", no_assessor, "critic-layout"]),
        (&["--detector", "openai/gpt"], 6, &["`openai/gpt` cannot", no_assessor, "critic-layout"]),
        (&[model[0], model[1], "--detector", "seer"], 2, &[no_role, "`seer`", "[roles]"]),
        (&["--detector", "detector"], 2, &[no_role, "`detector`", "[roles]"]),
        (&["--held-out", "nobody"], 6, &["`nobody` cannot be held out", no_assessor, "auditor (a"]),
        (&["--held-out", "judge"], 6, &["`judge` cannot be held out", no_assessor, "verify-text"]),
        (&["--held-out", "auditor"], 2, &["an auditor grades texts", "another assessor"]),
        (&["--examiner", "nobody"], 2, &["no examiner `nobody`", "known are", "dsg"]),
        (&[model[0], model[1], "--examiner", "dsg"], 2, &[no_role, "[roles]"]),
        (&["--painter", "nobody"], 2, &["`painter` is bound to `nobody`", "PROVIDER/MODEL"]),
        (&["--painter", "nobody/model"], 2, &["no such provider", "openai"]),
        (&["--recipe", "nobody"], 2, &["no recipe `nobody`", "recipe list"]),
        (&[model[0], model[1], "--recipe", "rank"], 2, &[no_role, "[roles]"]),
        (
            &["--recipe", "critic-program"],
            6,
            &["needs the tool `tool-python`", "--build`", "grant"],
        ),
        (&["--recipe", "critic"], 2, &[no_role, "[roles]", "without one", "whole numbers"]),
        (
            &[of_texts[0], of_texts[1], "--detector", "nobody"],
            2,
            &["no detector to replace", "sld"],
        ),
        (&[of_texts[0], of_texts[1], "--held-out", "nobody"], 6, &[no_assessor, "verify-steps"]),
        (&[of_texts[0], of_texts[1], "--held-out", "auditor"], 2, &[no_role, "`auditor`"]),
        (&[of_texts[0], of_texts[1], "--painter", "openai/x"], 2, &["makes texts", "leave"]),
    ] {
        let place = Place::new();
        let asked = if flags.contains(&"self-refine") { "How much is 3 * 4?" } else { "a cat" };
        let said = place.say(&[&["refine", asked], flags].concat());
        assert!(!said.err.contains("resume"), "nothing was begun: {said:?}");
        assert!(!place.path().join("runs").exists(), "nothing is left behind: {said:?}");
        check(said, code, words);
    }
}

/// The same for those that a project's file names.
#[test]
fn who_a_file_names_for_a_role_that_nobody_can_play_so_is_told_before_a_run_begins() {
    for (file, code, words) in [
        ("detector = \"nobody\"", 6, &["`nobody` cannot say", "no such assessor"][..]),
        ("held-out = \"nobody\"", 6, &["`nobody` cannot be held out", "no such assessor"]),
        ("examiner = \"nobody\"", 2, &["no examiner `nobody`"]),
        ("[roles]\njudge = \"nobody\"", 2, &["`judge` is bound to `nobody`"]),
        ("[roles]\nwriter = \"nobody/x\"", 2, &["`writer` is bound", "no such provider"]),
        ("[roles]\nnobody = \"openai/x\"", 2, &["no role `nobody`", "auditor"]),
        ("[plugins.nobody]", 6, &["name the plugin `nobody`", "plugin list"]),
    ] {
        let place = Place::new();
        place.write("pentimento.toml", file);
        let said = place.say(&["refine", "a cat"]);
        assert!(!said.err.contains("resume"), "nothing was begun: {said:?}");
        assert!(!place.path().join("runs").exists(), "nothing is left behind: {said:?}");
        check(said, code, words);
    }
}

#[test]
fn a_run_that_is_not_there_is_named() {
    let place = Place::new();
    check(place.say(&["show", "nothing"]), 2, &["nothing"]);
    check(place.say(&["report", "latest"]), 2, &["latest"]);
    check(place.say(&["resume", "latest"]), 2, &["latest"]);
    fs::create_dir_all(place.path().join("runs/empty")).unwrap();
    check(place.say(&["show", "runs/empty"]), 2, &["empty"]);
}

#[test]
fn a_flipped_byte_is_found_and_its_line_named() {
    let place = with_a_run();
    let journal = place.run_folder().join("journal.jsonl");
    let mut bytes = fs::read(&journal).unwrap();
    let second_line = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 60;
    bytes[second_line] ^= 1;
    fs::write(&journal, bytes).unwrap();
    check(place.say(&["show"]), 1, &["line 2"]);
    check(place.say(&["resume"]), 1, &["line 2"]);
}

#[test]
fn a_torn_end_is_said_and_the_rest_told() {
    let place = with_a_run();
    let journal = place.run_folder().join("journal.jsonl");
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, &bytes[..bytes.len() - 20]).unwrap();
    let said = place.say(&["show"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("note:"), "{said:?}");
    let said = place.say(&["resume", "--format", "json"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(fs::read(&journal).unwrap().len(), bytes.len(), "the run is whole again");
}

#[test]
fn a_missing_picture_is_said_in_the_page() {
    let place = with_a_run();
    fs::remove_dir_all(place.run_folder().join("artifacts")).unwrap();
    let said = place.say(&["report"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let page = fs::read_to_string(place.run_folder().join("report.html")).unwrap();
    assert!(page.contains("missing"), "the page says which picture is missing");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let place = Place::new();
    place.write("file", "not a folder");
    check(place.say(&["refine", "a cat", "--runs-dir", "file/runs"]), 1, &["file/runs"]);
}

#[test]
fn an_unusable_cache_does_not_stop_the_work() {
    let place = Place::new();
    place.write("file", "not a folder");
    let mut command = place.command(&["refine", "a cat", "--preset", "perfect"]);
    let said = Said::of(command.env("PENTIMENTO_CACHE_DIR", "file/cache").output().unwrap());
    assert_eq!(said.without_panic().code, Some(0));
}

#[test]
fn an_unknown_benchmark_is_refused() {
    check(Place::new().say(&["bench", "imagenet"]), 2, &["imagenet", "lmd"]);
}

fn with_a_run() -> Place {
    let place = Place::new();
    let said = place.say(&["refine", "two red apples", "--preset", "careful", "--quiet"]);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    place
}

#[test]
fn facts_that_are_none_are_told_by_their_lines() {
    let place = Place::new();
    place.write("facts.txt", "# known\ncats | have | tails\ncats have ears\n");
    let words = ["refine", "a cat", "--recipe", "context-canvas", "--facts", "facts.txt"];
    check(place.say(&words), 2, &["facts.txt", "no facts: 3", "subject | relation | object"]);
}

#[test]
fn a_seed_in_the_file_that_is_none_is_said_so() {
    let place = Place::new();
    place.write("pentimento.toml", "seed = 1.5");
    check(place.say(&["refine", "a cat"]), 2, &["`seed` is a whole number from 0"]);
}
