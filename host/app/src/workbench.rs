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
mod stage;
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
pub use stage::Stage;
pub use watch::Watch;

use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{Sandbox, SandboxError};

use crate::roster;

/// The facets a plugin gets while it is tried, if it wants them: those that show it nothing but
/// what the case gives, and let nothing out. All others are refused, as a stranger's would be.
const ON_TRIAL: [Capability; 7] = [
    Capability::Artifacts,
    Capability::Log,
    Capability::Random,
    Capability::Clock,
    Capability::Settings,
    Capability::Memory,
    Capability::Tools,
];

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
