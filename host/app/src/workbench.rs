//! What an author does with a plugin: find it, build it, look into it, try it, measure it.
//!
//! Nothing here lets a plugin into runs: what it may do is decided elsewhere, by the operator.

mod contract;
mod embedded;
mod error;
mod files;
mod found;
mod javascript;
mod measure;
mod project;
mod python;
mod rust;
mod scaffold;
mod step;

pub use pentimento_manifest::Role;
pub use pentimento_sandbox::{CoreModule, Inspection, Interface};

pub use error::WorkbenchError;
pub(crate) use files::{read, read_text, replace};
pub use found::Found;
pub use measure::{Measured, measure};
pub use project::{Language, Project};
pub use scaffold::Scaffold;

use pentimento_model::{Capability, Grant};
use pentimento_sandbox::{LoadedPlugin, Sandbox, SandboxError};

use crate::{AppError, Settings, wire_up};

/// The facets a plugin gets while it is tried, if it wants them: those that show it nothing but
/// what the case gives, and let nothing out. All others are refused, as a stranger's would be.
const ON_TRIAL: [Capability; 6] = [
    Capability::Artifacts,
    Capability::Log,
    Capability::Random,
    Capability::Clock,
    Capability::Settings,
    Capability::Memory,
];

/// Loads a plugin to be tried, with compiled components kept where runs keep them.
pub fn let_in(
    settings: &Settings,
    manifest: &str,
    component: &[u8],
) -> Result<LoadedPlugin, AppError> {
    Ok(load_on_trial(&wire_up::sandbox(settings)?, manifest, component)?)
}

/// Loads a plugin to be tried into a sandbox.
pub fn load_on_trial(
    sandbox: &Sandbox,
    manifest: &str,
    component: &[u8],
) -> Result<LoadedPlugin, SandboxError> {
    sandbox.load(manifest, component, &Grant::of(ON_TRIAL))
}
