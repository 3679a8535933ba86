//! Plugins and models that a plugin turns to by name: was this one asked for and granted?
//!
//! Whether it is there, and whether it has time, is left to the facets.

use pentimento_manifest::NAME_BYTES;
use pentimento_model::{Capability, clean};

use super::{failure, not_granted};
use crate::{bindings::types::Failure, callee::Callee};

/// Refuses names that the plugin did not ask for, or that the operator did not grant it.
pub(super) fn check_granted(plugin: &Callee, facet: Capability, name: &str) -> Result<(), Failure> {
    let (partners, kind, key) = match facet {
        Capability::Models => (&plugin.powers.models, "model", "names"),
        _ => (&plugin.powers.tools, "plugin", "plugins"),
    };
    let Some(partner) = partners.find(name) else {
        let cut = name.get(..name.floor_char_boundary(NAME_BYTES)).unwrap_or_default();
        let message = format!(
            "its `plugin.toml` asks for no {kind} `{}`; its author must add it to the `{key}` of \
             `{}`",
            clean(cut),
            facet.as_str()
        );
        return Err(failure("not-wanted", message));
    };
    if partner.granted { Ok(()) } else { Err(not_granted(plugin, &partner.words, facet)) }
}
