//! Who is called, in which surroundings, and with which settings.

use std::{collections::BTreeMap, sync::Arc};

use pentimento_model::PluginId;

use crate::{call::Shared, facets::settings::PluginSettings};

/// One plugin as its calls see it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Callee {
    pub(crate) id: PluginId,
    /// Its name, for refusals.
    pub(crate) name: Arc<str>,
    pub(crate) shared: Shared,
    pub(crate) settings: PluginSettings,
}

impl Callee {
    /// A plugin without settings.
    pub(crate) fn new(id: PluginId, shared: Shared) -> Self {
        let name = Arc::from(id.name.as_str());
        Self { id, name, shared, settings: Arc::default() }
    }

    /// The same plugin with these settings.
    pub(crate) fn configured(self, settings: BTreeMap<String, String>) -> Self {
        Self { settings: Arc::new(settings), ..self }
    }
}
