//! `plugin review`: what an installed plugin asks for, why, and where it stands.

use clap::Args;
use pentimento_app::{AppError, Conformance, LockedPlugin, Power, State};
use serde_json::{Value, json};

use crate::{args::GlobalFlags, commands::layout::Sheet, exit::Exit, fail::Failure, output};

/// Which plugin.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// An installed plugin
    name: String,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    show(&flags.name, global)
}

/// Shows one plugin, checked again.
pub(super) fn show(name: &str, global: GlobalFlags) -> Result<Exit, Failure> {
    let shelf = super::shelf()?;
    let plugin = shelf.locked(name).map_err(AppError::from)?;
    shelf.verify(&plugin).map_err(AppError::from)?;
    let powers = shelf.manifest(&plugin).map_err(AppError::from)?.powers();
    let all = shelf.list(super::now()).map_err(AppError::from)?;
    let state = all.into_iter().find(|(one, _)| one.name == name).map(|(_, state)| state);
    let state = state.unwrap_or(State::Waiting);
    output::result(
        global.format,
        &text(&plugin, &powers, &state),
        &value(&plugin, &powers, &state),
    )?;
    Ok(Exit::Done)
}

fn text(plugin: &LockedPlugin, powers: &[Power], state: &State) -> String {
    let LockedPlugin { name, version, .. } = plugin;
    let mut sheet = Sheet::new(format!("{name} {version}"));
    sheet.line("source", &plugin.source);
    sheet.line("sha256", &plugin.digest);
    sheet.line("world", &plugin.world);
    match plugin.signers.as_slice() {
        [] => sheet.line("signed", "by nobody you trust"),
        signers => sheet.lines("signed", signers.iter().map(|signer| format!("by {signer}"))),
    }
    if powers.is_empty() {
        sheet.line("asks for", "nothing");
    }
    let asks = powers.iter().flat_map(|power| {
        let meaning = format!("  to {}", power.facet.meaning());
        [power.words.clone(), meaning, format!("  because it {}", power.reason)]
    });
    sheet.lines("asks for", asks);
    if let Some(found) = &plugin.conformance {
        sheet.lines("asked", conformance(found).into_iter());
    }
    sheet.line("state", &in_words(state));
    sheet.line("next", &next(plugin, state));
    sheet.into_text()
}

/// How a plugin answered where it was added.
pub(super) fn conformance(found: &Conformance) -> Vec<String> {
    let Conformance { broke, answers, hash, .. } = found;
    let many = answers.len();
    let first = match (broke.as_slice(), found.broken().as_slice()) {
        ([], []) => format!("it answers each of {many} questions, or says that it cannot"),
        ([], odd) => format!("it breaks on odd questions: {}", odd.join(", ")),
        (broke, _) => format!("it breaks on {}: it may only run as shadow", broke.join(", ")),
    };
    let digits = hash.get(..12).unwrap_or(hash);
    vec![first, format!("the answers have the hash {digits}")]
}

/// Where a plugin stands, in a few words.
pub(super) fn in_words(state: &State) -> String {
    match state {
        State::Waiting => "waiting for your decision; it does not run".to_owned(),
        State::Denied => "denied; it does not run".to_owned(),
        State::Expired(end) => format!("its grant ended on {end}; it does not run"),
        State::Granted(consent) => {
            let until = consent.expires.map(|end| format!(", until {end}")).unwrap_or_default();
            let powers = match consent.allow.as_slice() {
                [] => "no powers".to_owned(),
                powers => powers.join(", "),
            };
            format!("runs as {} with {powers}{until}", consent.mode)
        }
    }
}

fn next(plugin: &LockedPlugin, state: &State) -> String {
    let name = &plugin.name;
    match state {
        State::Granted(_) => format!("`pentimento plugin deny {name}` stops it"),
        _ => format!("`pentimento plugin grant {name}` gives all of that; `--allow` a part"),
    }
}

/// Where a plugin stands, for programs.
pub(super) fn state_value(state: &State) -> Value {
    match state {
        State::Waiting => json!({ "state": "waiting" }),
        State::Denied => json!({ "state": "denied" }),
        State::Expired(end) => json!({ "state": "expired", "expires": end.to_string() }),
        State::Granted(consent) => json!({
            "state": "granted", "mode": consent.mode.as_str(), "allow": consent.allow,
            "deny": consent.deny, "with-private-input": consent.with_private_input,
            "expires": consent.expires.map(|end| end.to_string()),
        }),
    }
}

/// A line of the lock file, for programs.
pub(super) fn plugin_value(plugin: &LockedPlugin) -> Value {
    let LockedPlugin { name, version, source, digest, request, world, signers, .. } = plugin;
    let conformance = plugin.conformance.as_ref().map(|found| {
        json!({
            "asked": found.asked, "hash": found.hash, "broke": found.broke,
            "answers": found.answers,
        })
    });
    json!({
        "name": name, "version": version, "source": source, "sha256": digest,
        "request": request, "world": world, "signers": signers, "conformance": conformance,
    })
}

fn value(plugin: &LockedPlugin, powers: &[Power], state: &State) -> Value {
    let powers = powers.iter().map(|power| {
        json!({ "power": power.words, "facet": power.facet.as_str(), "reason": power.reason })
    });
    json!({
        "plugin": plugin_value(plugin), "asks": powers.collect::<Vec<_>>(),
        "decision": state_value(state),
    })
}
