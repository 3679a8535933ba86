//! The plugins that may call one another in a run, by name.
//!
//! Who may call whom is decided by requests and grants, in `facets/tools.rs`.

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::LoadedPlugin;

/// Plugins by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Roster {
    plugins: Arc<BTreeMap<String, LoadedPlugin>>,
}

impl Roster {
    /// These plugins, as they are configured. Of two with one name the later one counts.
    pub fn of(plugins: impl IntoIterator<Item = LoadedPlugin>) -> Self {
        let named = plugins.into_iter().map(|plugin| (plugin.manifest().name.clone(), plugin));
        Self { plugins: Arc::new(named.collect()) }
    }

    /// The plugin with this name.
    pub(crate) fn find(&self, name: &str) -> Option<&LoadedPlugin> {
        self.plugins.get(name)
    }
}

impl fmt::Debug for Roster {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.plugins.keys()).finish()
    }
}
