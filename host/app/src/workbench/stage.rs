//! Where a plugin is tried: a sandbox, and who is there to work for it.

use jiff::Timestamp;
use pentimento_model::Grant;
use pentimento_sandbox::{LoadedPlugin, Sandbox};
use pentimento_shelf::Admitted;

use super::{ON_TRIAL, load_alone};
use crate::{AppError, Settings, plugins, roster, wire_up};

/// A sandbox with the plugins that the operator let in.
#[derive(Debug)]
pub struct Stage {
    sandbox: Sandbox,
    settings: Settings,
    installed: Vec<Admitted>,
}

impl Stage {
    /// Where plugins of these settings are tried, with compiled components kept where runs keep them.
    pub fn new(settings: Settings, now: Timestamp) -> Result<Self, AppError> {
        let installed = plugins::installed(&settings, now)?;
        Ok(Self { sandbox: wire_up::sandbox(&settings)?, settings, installed })
    }

    /// Loads a plugin to be tried, among those that it may call: the bundled ones, and those that are
    /// let in here. These get no more on trial than it does itself, so that it lets nothing out
    /// through them.
    pub fn load(&self, manifest: &str, component: &[u8]) -> Result<LoadedPlugin, AppError> {
        let plugin = load_alone(&self.sandbox, manifest, component)?;
        let mut there = vec![plugin.clone()];
        for admitted in
            self.installed.iter().filter(|one| plugin.partners().any(|name| name == one.id.name))
        {
            let allowed = ON_TRIAL.into_iter().filter(|facet| admitted.grant.allows(*facet));
            let partner = self.sandbox.admit(&admitted.component, &Grant::of(allowed))?;
            there.push(plugins::configured(&self.settings, partner)?);
        }
        Ok(plugin.among(&roster::of(&self.sandbox, &there)?))
    }
}
