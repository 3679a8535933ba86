//! `plugin build`, `test`, `bench` and `inspect`, as an author would use them and misuse them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pentimento_forge::Guests;

use crate::program::{Place, Said};

/// A component that the program's own build has left: that of a bundled plugin.
pub(crate) fn component(package: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join(format!("guests/wasm32-unknown-unknown/release/{package}.wasm"))
}

/// A component that is built for tests alone.
pub(crate) fn guest(package: &str) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("guests");
    let built = Guests::new(plugins(), target).build(&[package]);
    let built = built.unwrap_or_else(|error| panic!("{error}\nhint: {}", error.hint()));
    built.into_iter().next().unwrap()
}

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins")
}

/// A project of a calculator with these cases, already built.
pub(crate) fn calculator(place: &Place, cases: &[(&str, &str)]) -> String {
    let folder = place.path().join("calc");
    fs::create_dir_all(folder.join("cases")).unwrap();
    fs::create_dir_all(folder.join("target/plugin")).unwrap();
    fs::copy(plugins().join("tool-calculator/plugin.toml"), folder.join("plugin.toml")).unwrap();
    let built = folder.join("target/plugin/tool-calculator.wasm");
    fs::copy(component("tool_calculator"), built).unwrap();
    for (name, text) in cases {
        fs::write(folder.join("cases").join(name), text).unwrap();
    }
    "calc".to_owned()
}

pub(crate) const SUM: &str =
    "about = 'a sum'\n[arguments]\nexpression = '1 + 2'\n[expect]\nanswer-has = ['\"3\"']\n";

/// The command ends with this code, and its complaint has these words and a hint.
#[track_caller]
pub(crate) fn refused(said: Said, code: i32, words: &[&str]) {
    let said = said.without_panic();
    assert_eq!(said.code, Some(code), "{said:?}");
    assert!(said.out.is_empty(), "nothing but results on standard output: {said:?}");
    for word in words.iter().chain(&["error:", "hint:"]) {
        assert!(said.err.contains(word), "`{word}` is missing: {said:?}");
    }
}

#[track_caller]
pub(crate) fn fits(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "too wide: {line}");
    }
}

#[test]
fn every_bundled_plugin_can_be_inspected_and_would_be_let_in() {
    let place = Place::new();
    for name in [
        "critic-detector",
        "critic-layout",
        "critic-palette",
        "critic-safety",
        "tool-calculator",
        "tool-diff",
        "tool-search",
        "verify-count",
        "verify-steps",
        "verify-text",
    ] {
        let said = place.say(&["plugin", "inspect", name]).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.starts_with(name), "{said:?}");
        fits(&said.out);
        let seen = place.say(&["plugin", "inspect", name, "--format", "json"]).json();
        assert_eq!(seen["refusals"], serde_json::json!([]), "{seen}");
        assert_eq!(seen["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(seen["exports"].as_array().unwrap().len(), 1, "{seen}");
    }
}

#[test]
fn inspecting_what_is_no_plugin_says_why() {
    let place = Place::new();
    refused(place.say(&["plugin", "inspect", "nothing"]), 2, &["nothing", "critic-detector"]);
    refused(place.say(&["plugin", "inspect", "."]), 2, &["no `plugin.toml`"]);
    place.write("plugin.toml", "name = 'Loud'\n");
    refused(place.say(&["plugin", "inspect", "."]), 2, &["plugin.toml"]);
    fs::remove_file(place.path().join("plugin.toml")).unwrap();
    let torn = fs::read(component("tool_diff")).unwrap();
    for (bytes, words) in [
        (b"\0asm\x01\0\0\0".as_slice(), "a core WebAssembly module"),
        (b"hello", "is not WebAssembly"),
        (&torn[..torn.len() / 2], "is damaged"),
        (b"", "is not WebAssembly"),
    ] {
        place.write("some.wasm", bytes);
        let said = place.say(&["plugin", "inspect", "some.wasm"]).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        let one_line = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_line.contains(words), "{words}: {said:?}");
        fits(&said.out);
    }
    place.write("some.wasm", &torn);
    let seen = place.say(&["plugin", "inspect", "some.wasm", "--format", "json"]).json();
    assert!(seen["refusals"].as_array().unwrap().len() <= 1, "{seen}");
}

#[test]
fn cases_that_hold_and_cases_that_do_not_are_told_apart() {
    let place = Place::new();
    let wrong = SUM.replace('3', "4");
    let calc = calculator(&place, &[("good.toml", SUM), ("wrong.toml", &wrong)]);
    let said = place.say(&["plugin", "test", &calc]).without_panic();
    assert_eq!(said.code, Some(3), "{said:?}");
    for words in ["ok      good: a sum", "FAILED  wrong: a sum", "was to have", "1 of 2 cases hold"]
    {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    fits(&said.out);
    let said = place.say(&["plugin", "test", &calc, "--filter", "good"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let told = place.say(&["plugin", "test", &calc, "--format", "json"]).json();
    assert_eq!((&told["holds"], &told["cases"][0]["holds"]), (&false.into(), &true.into()));
    assert!(told["cases"][1]["mismatches"][0].as_str().unwrap().contains("was to have"), "{told}");
    refused(place.say(&["plugin", "test", &calc, "--filter", "none"]), 2, &["none of the 2 cases"]);
}

#[test]
fn a_project_that_cannot_be_tried_says_why() {
    let place = Place::new();
    refused(place.say(&["plugin", "test", "nowhere"]), 2, &["no folder `nowhere`"]);
    refused(place.say(&["plugin", "test"]), 2, &["no `plugin.toml`"]);
    let calc = calculator(&place, &[]);
    refused(place.say(&["plugin", "test", &calc]), 2, &["there are no cases"]);
    for (text, words) in [
        ("about = 'x'\nexpct = 1\n", ["line 2", "expct"]),
        ("about = 'x'\n[expect]\noutcome = 'pass'\n", ["one.toml", "a tool gives nothing"]),
        ("about = 'x'\ninputs = ['no.png']\n[expect]\nanswer = ''\n", ["the case `one`", "no.png"]),
        ("about = 'x'\ninputs = ['../x.png']\n[expect]\nanswer = ''\n", ["one.toml", "beside"]),
    ] {
        calculator(&place, &[("one.toml", text)]);
        refused(place.say(&["plugin", "test", &calc]), 2, &words);
    }
    calculator(&place, &[("one.toml", SUM)]);
    let built = place.path().join("calc/target/plugin/tool-calculator.wasm");
    fs::write(&built, b"\0asm\x01\0\0\0").unwrap();
    refused(place.say(&["plugin", "test", &calc]), 1, &["a core WebAssembly module"]);
    fs::remove_file(&built).unwrap();
    refused(place.say(&["plugin", "test", &calc]), 2, &["there is no component"]);
    refused(
        place.say(&["plugin", "test", &calc, "--component", "gone.wasm"]),
        1,
        &["could not read `gone.wasm`"],
    );
    let critic = component("critic_palette");
    let critic = critic.to_str().unwrap();
    let said = place.say(&["plugin", "test", &calc, "--component", critic]);
    refused(said, 1, &["does not", "tool-calculator"]);
}

#[test]
fn a_plugin_is_measured_and_one_that_does_not_answer_is_not() {
    let place = Place::new();
    let calc = calculator(&place, &[("sum.toml", SUM)]);
    let said = place.say(&["plugin", "bench", &calc]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    for word in ["the case `sum`", "p50", "p99", "one thread", "two threads", "in one call"] {
        assert!(said.out.contains(word), "{word}: {said:?}");
    }
    let figures = place.say(&["plugin", "bench", "critic-palette", "--format", "json"]).json();
    for name in ["cold-load-us", "warm-load-us", "call-p50-us", "call-p99-us", "peak-memory-bytes"]
    {
        assert!(figures[name].as_f64().unwrap() > 0.0, "{name}: {figures}");
    }
    assert!(figures["calls-per-second"]["two-threads"].as_f64().unwrap() > 0.0, "{figures}");
    refused(place.say(&["plugin", "bench", "tool-calculator"]), 2, &["gave no answer", "--case"]);
    refused(place.say(&["plugin", "bench", &calc, "--case", "su"]), 2, &["`su`"]);
    let file = component("tool_diff");
    refused(place.say(&["plugin", "bench", file.to_str().unwrap()]), 2, &["plugin.toml"]);
}

#[test]
fn a_project_that_cannot_be_built_says_why() {
    let place = Place::new();
    refused(place.say(&["plugin", "build", "nowhere"]), 2, &["no folder `nowhere`"]);
    refused(place.say(&["plugin", "build"]), 2, &["no `plugin.toml`"]);
    fs::copy(plugins().join("tool-calculator/plugin.toml"), place.path().join("plugin.toml"))
        .unwrap();
    refused(place.say(&["plugin", "build"]), 2, &["says how to build it"]);
    place.write("Cargo.toml", "[package]\nname = calc\n");
    refused(place.say(&["plugin", "build"]), 2, &["Cargo.toml", "line 2"]);
    place.write("Cargo.toml", "[package]\nname = 'calc'\n");
    refused(place.say(&["plugin", "build"]), 2, &["cdylib"]);
    place.write("Cargo.toml", "[package]\nname = 'calc'\n[lib]\ncrate-type = ['cdylib']\n");
    // There is no compiler where these tests run: nothing of the caller's environment is there.
    refused(place.say(&["plugin", "build"]), 6, &[]);
}

#[test]
fn a_project_outside_our_folders_is_built_tried_and_inspected() {
    let place = Place::new();
    let folder = place.path().join("bright");
    for inner in ["src", "cases"] {
        fs::create_dir_all(folder.join(inner)).unwrap();
    }
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let sdk = plugins().join("sdk").canonicalize().unwrap();
    write("Cargo.toml", &CARGO.replace("[SDK]", sdk.to_str().unwrap()));
    fs::copy(plugins().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    write("plugin.toml", MANIFEST);
    write("src/lib.rs", SOURCE);
    write("cases/one.toml", "about = 'short'\ntext = 'one two'\n[expect]\nscore = [1.0, 1.0]\n");
    write(
        "cases/two.toml",
        "about = 'long'\ntext = 'a b c d'\n[expect]\nscore = [0.0, 0.5]\n[[expect.findings]]\ncode = 'critic-brief.long'\n",
    );
    let say = |words: &[&str]| {
        let mut command = place.command(words);
        for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "XDG_CACHE_HOME"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        Said::of(command.output().unwrap()).without_panic()
    };
    // Builds first, since there is no component yet.
    let said = say(&["plugin", "test", "bright"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("2 of 2 cases hold"), "{said:?}");
    let built = place.path().join("bright/target/plugin/critic-brief.wasm");
    assert!(built.is_file());
    let seen = say(&["plugin", "inspect", "bright", "--format", "json"]).json();
    assert_eq!(seen["manifest"]["name"], "critic-brief");
    assert_eq!(seen["refusals"], serde_json::json!([]), "{seen}");
    // A source that changes is built again; one that does not compile is told with its error.
    write("src/lib.rs", &SOURCE.replace("Ok(Critique", "Okay(Critique"));
    refused(say(&["plugin", "build", "bright"]), 1, &["cannot find function", "Okay"]);
    let said = say(&["plugin", "build", "bright", "--format", "json"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    write("src/lib.rs", SOURCE);
    let said = say(&["plugin", "build", "bright", "--format", "json"]);
    assert_eq!(said.json()["language"], "rust", "{said:?}");
}

const CARGO: &str = r#"[package]
name = "brief-critic"
version = "0.1.0"
edition = "2024"

[lib]
name = "brief"
crate-type = ["cdylib"]

[dependencies]
pentimento-sdk = { path = "[SDK]" }

[profile.release]
panic = "abort"
strip = true

[workspace]
"#;

const MANIFEST: &str = r#"name = "critic-brief"
version = "0.1.0"
role = "critic"
world = "pentimento:plugin/critic@0.1.0"

[wants]
artifacts = "counts the words of the text"
"#;

const SOURCE: &str = r#"//! Says when a text has more than three words.
use pentimento_sdk::{Artifact, Brief, Critic, Critique, Failure, Finding, Severity};

struct Short;

impl Critic for Short {
    fn assess(_brief: &Brief, candidate: &Artifact) -> Result<Critique, Failure> {
        let words = candidate.text(0, u32::MAX)?.split_whitespace().count();
        let long = Finding::new("critic-brief.long", Severity::Minor, format!("{words} words"));
        Ok(Critique::sure().scored(if words > 3 { 0.2 } else { 1.0 }).with_all((words > 3).then_some(long)))
    }
}

pentimento_sdk::export_critic!(Short);
"#;
