//! Facet `settings`: what the operator configured for this plugin.
//!
//! Text by key, set before the plugin is called and never changed by it.

use std::{collections::BTreeMap, sync::Arc};

use pentimento_model::Capability;
use wasmtime::component::Linker;

use super::{Answer, Refused, Served, ToRefuse, ToServe, refused, served};
use crate::{
    bindings::{settings, types::Failure},
    call::CallState,
};

/// Links the facet.
pub(super) fn link(linker: &mut Linker<CallState>, answer: Answer) -> wasmtime::Result<()> {
    match answer {
        Answer::Served => settings::add_to_linker::<_, ToServe>(linker, served),
        Answer::Refused => settings::add_to_linker::<_, ToRefuse>(linker, refused),
    }
}

/// What one call may see: this plugin's settings and nobody else's.
pub(crate) type PluginSettings = Arc<BTreeMap<String, String>>;

impl settings::Host for Served<'_> {
    fn get(&mut self, key: String) -> wasmtime::Result<Result<Option<String>, Failure>> {
        Ok(Ok(self.0.callee.settings.get(&key).cloned()))
    }
}

impl settings::Host for Refused<'_> {
    fn get(&mut self, _key: String) -> wasmtime::Result<Result<Option<String>, Failure>> {
        Ok(Err(self.refusal(Capability::Settings)))
    }
}
