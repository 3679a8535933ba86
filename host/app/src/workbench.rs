//! What an author does with a plugin: find it, build it, look into it, try it, measure it.
//!
//! Nothing here lets a plugin into runs: what it may do is decided elsewhere, by the operator.

mod contract;
mod embedded;
mod error;
mod files;
mod found;
mod javascript;
mod live;
mod measure;
mod project;
mod python;
mod rust;
mod scaffold;
mod step;
mod watch;

pub use pentimento_manifest::Role;
pub use pentimento_sandbox::{CoreModule, Inspection, Interface, LoadedPlugin};

pub use error::WorkbenchError;
pub(crate) use files::{read, read_text};
pub use found::Found;
pub use live::{Live, Version};
pub use measure::{Measured, measure};
pub use project::{Language, Project};
pub use scaffold::Scaffold;
pub use watch::Watch;

use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{Sandbox, SandboxError};

use crate::{AppError, Settings, roster, wire_up};

/// The facets a plugin gets while it is tried, if it wants them: those that show it nothing but
/// what the case gives, and let nothing out. All others are refused, as a stranger's would be. Of
/// the plugins it may call, the bundled ones are there and no others.
const ON_TRIAL: [Capability; 7] = [
    Capability::Artifacts,
    Capability::Log,
    Capability::Random,
    Capability::Clock,
    Capability::Settings,
    Capability::Memory,
    Capability::Tools,
];

/// Loads a plugin to be tried, with compiled components kept where runs keep them.
pub fn let_in(
    settings: &Settings,
    manifest: &str,
    component: &[u8],
) -> Result<LoadedPlugin, AppError> {
    Ok(load_on_trial(&wire_up::sandbox(settings)?, manifest, component)?)
}

/// Loads a plugin to be tried into a sandbox, among the bundled ones that it may call.
pub fn load_on_trial(
    sandbox: &Sandbox,
    manifest: &str,
    component: &[u8],
) -> Result<LoadedPlugin, SandboxError> {
    among_bundled(sandbox, load_alone(sandbox, manifest, component)?)
}

/// The plugin with the bundled ones that it may call.
fn among_bundled(sandbox: &Sandbox, plugin: LoadedPlugin) -> Result<LoadedPlugin, SandboxError> {
    let roster = roster::of(sandbox, std::slice::from_ref(&plugin))?;
    Ok(plugin.among(&roster))
}

/// Loads a plugin to be tried with nobody to call.
fn load_alone(
    sandbox: &Sandbox,
    manifest: &str,
    component: &[u8],
) -> Result<LoadedPlugin, SandboxError> {
    sandbox.load(manifest, component, &Grant::of(ON_TRIAL))
}

/// The plugins that this one asks to call and that are not there on trial.
pub fn not_there(plugin: &LoadedPlugin) -> Vec<String> {
    roster::strangers_of(plugin.manifest())
}
