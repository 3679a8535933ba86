//! `model list` and `model test`: servers with models, who plays which role, and whether it works.

use std::fmt::Write;

use clap::Subcommand;
use pentimento_app::providers::{self, KeyState, Known, ModelRole, Source};
use serde_json::json;

use crate::{
    args::{CassetteFlags, GlobalFlags, SettingFlags},
    commands,
    exit::Exit,
    fail::Failure,
    output,
};

/// What to do with models.
#[derive(Debug, Subcommand)]
pub(crate) enum Action {
    /// List providers and roles, or the models of one provider
    List {
        /// Name of a provider: it is asked for its models
        provider: Option<String>,
    },
    /// Make one cheap call to whoever plays a role
    Test {
        /// painter, writer, seer, judge, auditor, detector, embedder or reader
        role: String,
        #[command(flatten)]
        cassette: CassetteFlags,
    },
}

pub(crate) fn run(action: &Action, global: GlobalFlags) -> Result<Exit, Failure> {
    let settings = commands::settle(SettingFlags::default())?;
    let known = settings.providers.clone();
    match action {
        Action::List { provider: None } => list(&known, global)?,
        Action::List { provider: Some(name) } => {
            let models = commands::runtime()?.block_on(providers::models(&known, name))?;
            let lines: String = models.iter().flat_map(|model| ["  ", model, "\n"]).collect();
            let text = if models.is_empty() { "no models\n".to_owned() } else { lines };
            output::result(global.format, &text, &models)?;
        }
        Action::Test { role, cassette } => {
            let role = ModelRole::from_name(role)?;
            let tape = cassette.tape()?;
            let known = commands::on_tape(settings, tape.as_ref()).providers;
            let tried = commands::runtime()?.block_on(providers::try_role(&known, role))?;
            let mut text = format!("{role} ({}) {}\n", tried.binding, tried.outcome);
            if let Some(usage) = tried.usage {
                let (read, written) = (usage.input_tokens, usage.output_tokens);
                let _ = writeln!(text, "it counts {read} tokens read and {written} written");
            }
            let usage = tried.usage.map(|usage| {
                json!({ "input-tokens": usage.input_tokens, "output-tokens": usage.output_tokens,
                    "images": usage.images })
            });
            let value = json!({ "role": role.as_str(), "provider": tried.binding.provider,
                "model": tried.binding.model, "outcome": tried.outcome, "usage": usage });
            output::result(global.format, &text, &value)?;
        }
    }
    Ok(Exit::Done)
}

fn list(known: &pentimento_app::Providers, global: GlobalFlags) -> Result<(), Failure> {
    let mut text = "providers\n".to_owned();
    let mut servers = Vec::new();
    for one in known.known() {
        let (name, kind) = (&one.name, one.kind.as_str());
        let files: Vec<_> =
            one.files().map(|(name, file)| format!("{name}: {}", file.display())).collect();
        let place = if files.is_empty() { one.reach.to_string() } else { files.join(", ") };
        let _ = writeln!(text, "  {name:12} {kind:10} {place}{}", key(one));
        let server = one.reach.server().map(ToString::to_string);
        let program = (server.is_none() && files.is_empty()).then(|| one.reach.to_string());
        servers.push(json!({ "name": name, "kind": kind, "url": server, "program": program,
            "files": files,
            "key-env": one.key_env, "key-is-set": one.key_state() == KeyState::Set,
            "source": source(one.source) }));
    }
    text.push_str("\nroles\n");
    let mut roles = serde_json::Map::new();
    for (role, binding) in known.roles() {
        let _ = writeln!(text, "  {:12} {binding}", role.as_str());
        roles.insert(role.as_str().to_owned(), binding.to_string().into());
    }
    if roles.is_empty() {
        text.push_str("  none is bound: the embedded painter paints, the embedded mind writes and sees\n  for it, and texts are a simulation's; docs/models.md tells how to bind models\n");
    }
    output::result(global.format, &text, &json!({ "providers": servers, "roles": roles }))
}

fn key(known: &Known) -> String {
    match (&known.key_env, known.key_state()) {
        (Some(variable), KeyState::Set) => format!("  (key from {variable})"),
        (Some(variable), _) => format!("  (no key: {variable} is not set)"),
        (None, _) => String::new(),
    }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::Usual => "usual",
        Source::User => "user",
        Source::Project => "project",
    }
}
