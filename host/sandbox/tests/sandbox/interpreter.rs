//! Tools that run programs: how they are asked, and how they are held against the interpreter that
//! their language has natively.
//!
//! They are not built here: `scripts/test-languages` does that and then runs their tests, which plain
//! `cargo test` passes over.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use pentimento_model::{Argument, Fault, Grant, Seed};
use pentimento_sandbox::{Limits, LoadedPlugin, RunLimits, RunScope, Sandbox, SandboxSettings};
use serde_json::{Value, json};

use crate::guest::Guest;

const PLUGINS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugins");

/// Of a hundred programs, how many must do what they do natively.
const PROMISED: usize = 95;

/// A tool in a sandbox of its own.
pub(crate) struct Interpreter {
    plugin: LoadedPlugin,
    runtime: tokio::runtime::Runtime,
}

impl Interpreter {
    /// The tool of this name, with as much time as a busy machine needs.
    pub(crate) fn patient(name: &str) -> Self {
        Self::within(name, Duration::from_mins(1))
    }

    pub(crate) fn within(name: &str, wall_time: Duration) -> Self {
        let tool = built(name);
        let cache_dir = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache/components"));
        let limits = Limits { wall_time, ..Limits::default() };
        let settings = SandboxSettings { cache_dir, limits, ..SandboxSettings::default() };
        let sandbox = Sandbox::new(settings).unwrap();
        let plugin = sandbox.load(&tool.manifest, &tool.component, &Grant::default()).unwrap();
        let plugin = plugin.in_run(&RunScope::new(RunLimits::UNBOUNDED));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { plugin, runtime }
    }

    pub(crate) fn perform(&self, arguments: &[(&str, &str)]) -> Result<Value, Fault> {
        let named = |(name, value): &(&str, &str)| Argument {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
        };
        let arguments: Vec<_> = arguments.iter().map(named).collect();
        let tool = self.plugin.tool().unwrap();
        let answer = self.runtime.block_on(tool.perform(&arguments, &[], Seed(1)))?;
        Ok(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}")))
    }

    /// What came of a program.
    pub(crate) fn run(&self, code: &str) -> Value {
        self.perform(&[("code", code)]).unwrap_or_else(|fault| panic!("{code}: {fault:?}"))
    }

    /// Holds each of these programs against the limit that stops it, and words of what it says then.
    pub(crate) fn stops(&self, programs: &[(&str, &str, &str)]) {
        self.ends(programs, "stopped", "/limit");
    }

    /// Holds each of these programs against the kind of exception it ends with, and words of that.
    pub(crate) fn raises(&self, programs: &[(&str, &str, &str)]) {
        self.ends(programs, "error", "/error/type");
    }

    fn ends(&self, programs: &[(&str, &str, &str)], outcome: &str, place: &str) {
        for (code, expected, words) in programs {
            let answer = self.run(code);
            let found = (of(&answer, "/outcome"), of(&answer, place));
            let told = of(&answer, "/error").to_string();
            assert_eq!(found, (json!(outcome), json!(expected)), "{code}: {answer}");
            assert!(told.contains(words), "{code}: {told}");
        }
    }

    /// Holds each of these programs against the value of its last line.
    pub(crate) fn comes_to(&self, programs: &[(&str, &str)]) {
        for (code, value) in programs {
            let answer = self.run(code);
            let found = (of(&answer, "/outcome"), of(&answer, "/value"));
            assert_eq!(found, (json!("ok"), json!(value)), "{code}: {answer}");
        }
    }
}

/// The tool as `scripts/test-languages` built it.
fn built(name: &str) -> Guest {
    let folder = Path::new(PLUGINS).join(name);
    let component = folder.join(format!("target/plugin/{name}.wasm"));
    Guest {
        manifest: fs::read_to_string(folder.join("plugin.toml")).unwrap(),
        component: fs::read(component)
            .unwrap_or_else(|error| panic!("{error}\nhint: scripts/test-languages")),
    }
}

/// The programs of a tool by topic and name, as its `tests/expect` cuts them: each begins behind a
/// line of this mark and its name.
fn programs(folder: &Path, mark: &str) -> BTreeMap<String, String> {
    let mut programs = BTreeMap::new();
    for file in fs::read_dir(folder.join("tests/programs")).unwrap() {
        let file = file.unwrap().path();
        let topic = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = format!("\n{}", fs::read_to_string(&file).unwrap());
        for part in text.split(&format!("\n{mark} ")).skip(1) {
            let (name, code) = part.split_once('\n').unwrap();
            programs.insert(format!("{topic}/{name}"), format!("{code}\n"));
        }
    }
    programs
}

/// What stands at this place of an answer; null if nothing does.
fn of(answer: &Value, place: &str) -> Value {
    answer.pointer(place).cloned().unwrap_or_default()
}

/// Of an answer, what `tests/expect` writes down.
fn comparable(answer: &Value) -> Value {
    let of = |place| of(answer, place);
    let (outcome, stdout) = (of("/outcome"), of("/stdout"));
    match outcome.as_str() {
        Some("error") => json!({
            "outcome": outcome, "stdout": stdout,
            "type": of("/error/type"), "line": of("/error/line"),
        }),
        Some("exit") => json!({ "outcome": outcome, "stdout": stdout, "status": of("/status") }),
        _ => json!({ "outcome": outcome, "stdout": stdout }),
    }
}

/// A tool held against the native interpreter of its language.
pub(crate) struct Compared {
    alike: usize,
    /// The programs that do something else, and what.
    pub(crate) differing: Vec<String>,
}

impl Compared {
    /// Tries all programs of a tool.
    pub(crate) fn of(name: &str, mark: &str) -> Self {
        let folder = Path::new(PLUGINS).join(name);
        let expected = fs::read_to_string(folder.join("tests/expected.json")).unwrap();
        let expected: BTreeMap<String, Value> = serde_json::from_str(&expected).unwrap();
        let programs = programs(&folder, mark);
        assert!(programs.keys().eq(expected.keys()), "run its `tests/expect`");
        let tool = Interpreter::patient(name);
        let mut compared = Self { alike: 0, differing: Vec::new() };
        for ((program, code), natively) in programs.iter().zip(expected.values()) {
            let found = tool.perform(&[("code", code)]);
            let found = found.unwrap_or_else(|fault| json!({ "fault": fault.message }));
            if comparable(&found) == *natively {
                compared.alike += 1;
            } else {
                let told = format!("differs: {program}\n  natively: {natively}\n  here: {found}");
                compared.differing.push(told);
            }
        }
        compared
    }

    /// How many programs were tried.
    pub(crate) fn tried(&self) -> usize {
        self.alike + self.differing.len()
    }

    /// Whether as many do what they do natively as is promised.
    pub(crate) fn holds(&self) -> bool {
        self.alike * 100 >= self.tried() * PROMISED
    }
}
