//! Who is called, in which surroundings, and with which settings.

use std::{collections::BTreeMap, sync::Arc};

use pentimento_model::PluginId;

use crate::{RunScope, call::Shared, facets::settings::PluginSettings, powers::Powers};

/// One plugin as its calls see it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Callee {
    pub(crate) id: PluginId,
    /// Its name, for refusals.
    pub(crate) name: Arc<str>,
    pub(crate) shared: Shared,
    pub(crate) settings: PluginSettings,
    /// Request ∩ grant.
    pub(crate) powers: Arc<Powers>,
    /// The run it works in.
    pub(crate) run: RunScope,
}

impl Callee {
    /// A plugin without settings, in a run of its own.
    pub(crate) fn new(id: PluginId, shared: Shared, powers: Powers) -> Self {
        let name = Arc::from(id.name.as_str());
        let (settings, powers, run) = (Arc::default(), Arc::new(powers), RunScope::default());
        Self { id, name, shared, settings, powers, run }
    }

    /// The same plugin with these settings.
    pub(crate) fn configured(self, settings: BTreeMap<String, String>) -> Self {
        Self { settings: Arc::new(settings), ..self }
    }

    /// The same plugin in this run.
    pub(crate) fn in_run(self, run: &RunScope) -> Self {
        Self { run: run.clone(), ..self }
    }
}
