//! When a stored answer may stand for a new one: the same plugin in the same surroundings.

use std::{collections::BTreeMap, time::Duration};

use pentimento_model::{Capability, Grant, StepKey};
use pentimento_sandbox::{LoadedPlugin, Roster, Sandbox, SandboxSettings};

use crate::{
    guest::Guest,
    guests::{COURIER, ECHO, TRIVIAL, everything},
};

fn load(sandbox: &Sandbox, guest: &Guest, name: &str, wants: &str, grant: &Grant) -> LoadedPlugin {
    let line = |key: &str| guest.manifest.lines().find(|line| line.starts_with(key)).unwrap();
    let (role, world) = (line("role"), line("world"));
    let manifest = format!("name = \"{name}\"\nversion = \"1\"\n{role}\n{world}\n[wants]\n{wants}");
    sandbox.load(&manifest, &guest.component, grant).unwrap()
}

fn calls(name: &str) -> String {
    format!(
        "tools = {{ reason = \"x\", plugins = [\"{name}\"] }}\n\
         models = {{ reason = \"x\", names = [\"eye\"] }}\nsettings = \"x\"\n"
    )
}

/// Everything that a test may vary.
struct Setting<'a> {
    sandbox: &'a Sandbox,
    grant: Grant,
    value: &'a str,
    /// The one that is called by the one that is called.
    last: &'a Guest,
    others: Vec<LoadedPlugin>,
}

impl Setting<'_> {
    fn of(sandbox: &Sandbox) -> Setting<'_> {
        Setting { sandbox, grant: everything(), value: "1", last: &TRIVIAL, others: Vec::new() }
    }

    /// The surroundings of `a`, which may call `b`, which may call `c`.
    fn key(&self) -> StepKey {
        let load = |guest, name, wants: &str, grant| load(self.sandbox, guest, name, wants, grant);
        let first = load(&COURIER, "a", &calls("b"), &self.grant);
        let settings = BTreeMap::from([("key".to_owned(), self.value.to_owned())]);
        let (second, last) = (
            load(&COURIER, "b", &calls("c"), &everything()),
            load(self.last, "c", "artifacts = \"x\"\n", &everything()),
        );
        let roster = Roster::of([second, last].into_iter().chain(self.others.iter().cloned()));
        let assessor = first.configured(settings).among(&roster).assessor().unwrap();
        assessor.surroundings().unwrap()
    }
}

#[test]
fn whatever_an_answer_depends_on_makes_other_surroundings() {
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let usual = Setting::of(&sandbox).key();
    assert_eq!(usual, Setting::of(&sandbox).key());
    let bystander = load(&sandbox, &ECHO, "nobody", "artifacts = \"x\"\n", &everything());
    let beside = Setting { others: vec![bystander], ..Setting::of(&sandbox) };
    assert_eq!(usual, beside.key(), "who cannot be called does not count");
    let later = Sandbox::new(SandboxSettings {
        time: Duration::from_secs(1),
        ..SandboxSettings::default()
    });
    let later = later.unwrap();
    let without_tools = Grant::of([Capability::Models, Capability::Settings]);
    let without_models = Grant::of([Capability::Tools, Capability::Settings]);
    for (what, other) in [
        ("a setting", Setting { value: "2", ..Setting::of(&sandbox) }),
        ("the bytes of a helper's helper", Setting { last: &ECHO, ..Setting::of(&sandbox) }),
        ("no helpers", Setting { grant: without_tools, ..Setting::of(&sandbox) }),
        ("no models", Setting { grant: without_models, ..Setting::of(&sandbox) }),
        ("the time it is told", Setting::of(&later)),
    ] {
        assert_ne!(usual, other.key(), "{what}");
    }
}

#[test]
fn what_remembers_or_turns_to_others_outside_is_of_its_own_run_and_so_is_whoever_calls_it() {
    let sandbox = Sandbox::new(SandboxSettings::default()).unwrap();
    let closed = || Grant::of([Capability::Artifacts, Capability::Settings, Capability::Tools]);
    let remembers = "artifacts = \"x\"\nmemory = { reason = \"x\", bytes = 100 }\n";
    let lasts = |grant: Grant, last_wants: &str, last_grant: Grant| {
        let first = load(&sandbox, &COURIER, "a", &calls("b"), &grant);
        let second = load(&sandbox, &COURIER, "b", &calls("c"), &closed());
        let last = load(&sandbox, &TRIVIAL, "c", last_wants, &last_grant);
        let roster = Roster::of([second, last]);
        first.among(&roster).assessor().unwrap().lasting().is_some()
    };
    assert!(lasts(closed(), "artifacts = \"x\"\n", everything()));
    assert!(!lasts(everything(), "artifacts = \"x\"\n", everything()), "it asks models");
    assert!(!lasts(closed(), remembers, everything()), "its helper's helper remembers");
    assert!(lasts(closed(), remembers, closed()), "nobody let it remember");
}
