//! The plugins that work for others: who may be called by whom in a run or a trial.
//!
//! A bundled plugin that somebody asks for by name is there without being named in the settings; it
//! works with the powers it was bundled with. Whether a call is granted is decided in the sandbox.

use std::collections::BTreeSet;

use pentimento_manifest::{Manifest, Scope};
use pentimento_model::Capability;
use pentimento_sandbox::{LoadedPlugin, Roster, Sandbox, SandboxError};

use crate::Bundled;

/// These plugins, the bundled ones that they may call, those that these may call, and so on.
pub(crate) fn of(sandbox: &Sandbox, plugins: &[LoadedPlugin]) -> Result<Roster, SandboxError> {
    let mut there = plugins.to_vec();
    let mut next = 0;
    // Ends: every plugin is let in once, and there are not many bundled ones.
    while let Some(caller) = there.get(next) {
        let called = called_by(caller.manifest()).into_iter().flatten();
        let bundled: Vec<_> = called.filter_map(|name| Bundled::find(name)).collect();
        for bundled in bundled {
            if !there.iter().any(|plugin| plugin.manifest().name == bundled.name) {
                there.push(sandbox.admit(bundled.component, &bundled.grant())?);
            }
        }
        next += 1;
    }
    Ok(Roster::of(there))
}

/// The plugins that a plugin asks to call.
fn called_by(manifest: &Manifest) -> Option<&BTreeSet<String>> {
    match &manifest.wants.get(&Capability::Tools)?.scope {
        Scope::Tools { plugins, .. } => Some(plugins),
        _ => None,
    }
}
