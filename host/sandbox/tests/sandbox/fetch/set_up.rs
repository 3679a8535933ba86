//! A witness with rules of its own, a resolver that says what a test wants, and questions to both.

use std::{
    collections::BTreeMap,
    io,
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use pentimento_model::{Capability, FaultKind, Grant};
use pentimento_sandbox::{FetchSettings, Limits, LoadedPlugin, Resolve, SandboxSettings};

use crate::{
    guest::Guest,
    guests::{WITNESS, ask, load, proof_of, text},
};

/// Says of each name what it was told to say, one answer after the other; the last one stays.
#[derive(Debug, Default)]
pub(crate) struct Names(Mutex<BTreeMap<String, Vec<Vec<IpAddr>>>>);

impl Names {
    pub(crate) fn of(names: &[(&str, &[&[&str]])]) -> Arc<Self> {
        let read = |answer: &&[&str]| answer.iter().map(|one| one.parse().unwrap()).collect();
        let row = |(name, answers): &(&str, &[&[&str]])| {
            ((*name).to_owned(), answers.iter().rev().map(read).collect())
        };
        Arc::new(Self(Mutex::new(names.iter().map(row).collect())))
    }
}

#[async_trait]
impl Resolve for Names {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let mut names = self.0.lock().unwrap();
        let answers = names.get_mut(host).ok_or(io::ErrorKind::NotFound)?;
        if answers.len() > 1 {
            return Ok(answers.pop().unwrap());
        }
        Ok(answers.first().cloned().unwrap_or_default())
    }
}

/// `good.test` and `evil.test` on this machine, which is opened.
pub(crate) fn at_home() -> SandboxSettings {
    let names = Names::of(&[("good.test", &[&["127.0.0.1"]]), ("evil.test", &[&["127.0.0.1"]])]);
    with_names(names, &["127.0.0.0/8"])
}

/// These names, and these networks opened.
pub(crate) fn with_names(names: Arc<Names>, opened: &[&str]) -> SandboxSettings {
    let private_networks = opened.iter().map(|network| network.parse().unwrap()).collect();
    let fetch = FetchSettings { private_networks, resolver: Some(names), extra_roots: Vec::new() };
    // A minute, so that a busy machine does not look like a slow guest.
    let limits = Limits { wall_time: Duration::from_mins(1), memory: 64 << 20 };
    SandboxSettings { limits, fetch, ..SandboxSettings::default() }
}

/// The witness with these rules in its request, and a grant.
pub(crate) fn witness_granted(
    settings: SandboxSettings,
    rules: &str,
    grant: &Grant,
) -> LoadedPlugin {
    let (before, _) = WITNESS.manifest.split_once("[wants.fetch]").unwrap();
    let manifest =
        format!("{before}\n[wants.fetch]\nreason = \"answers tests\"\nrules = [{rules}]\n");
    load(settings, &Guest { manifest, component: WITNESS.component.clone() }, grant)
}

/// The same with everything granted.
pub(crate) fn witness(settings: SandboxSettings, rules: &str) -> LoadedPlugin {
    let grant = Grant::of([Capability::Fetch]).with_private_input_and_egress();
    witness_granted(settings, rules, &grant)
}

/// A rule without encryption for `GET` and `POST`.
pub(crate) fn rule(host: &str, port: u16) -> String {
    format!(
        "{{ scheme = \"http\", host = \"{host}\", port = {port}, methods = [\"GET\", \"POST\"] }}"
    )
}

/// What the witness says to a question.
pub(crate) fn say(plugin: &LoadedPlugin, question: &str) -> Result<String, (FaultKind, String)> {
    proof_of(ask(plugin, question, &text("")))
}

/// What the witness is told instead of an answer.
pub(crate) fn refusal(plugin: &LoadedPlugin, question: &str) -> String {
    let (kind, message) = say(plugin, question).unwrap_err();
    assert_eq!(kind, FaultKind::Failed, "{message}");
    message
}
