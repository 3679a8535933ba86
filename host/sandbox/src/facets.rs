//! The host interfaces a plugin can be given, one file each, with the same steps in the same
//! order: *request* (is it used?), *link* (served or refused), *configure* (what one call may
//! see), *serve* (the functions).
//!
//! Which facets a plugin gets is decided in `load.rs`, by its manifest and the operator's grant.

pub(crate) mod artifacts;
pub(crate) mod clock;
pub(crate) mod fetch;
pub(crate) mod log;
pub(crate) mod memory;
pub(crate) mod models;
mod partners;
pub(crate) mod random;
pub(crate) mod settings;
pub(crate) mod tools;

use std::collections::BTreeMap;

use pentimento_model::Capability;
use wasmtime::component::{HasData, Linker};

use crate::{bindings::types::Failure, call::CallState, callee::Callee};

/// What became of a plugin's wish for a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Wanted and granted.
    Served,
    /// Wanted, but not granted: linked to functions that say so.
    Refused,
}

/// The view of a call that serves a facet.
pub(crate) struct Served<'a>(pub(crate) &'a mut CallState);

/// The view of a call that refuses it.
pub(crate) struct Refused<'a>(pub(crate) &'a mut CallState);

/// Names [`Served`] to wasmtime.
pub(crate) struct ToServe;

impl HasData for ToServe {
    type Data<'a> = Served<'a>;
}

/// Names [`Refused`] to wasmtime.
pub(crate) struct ToRefuse;

impl HasData for ToRefuse {
    type Data<'a> = Refused<'a>;
}

/// Links the facets that were wanted, and nothing else.
pub(crate) fn link(
    linker: &mut Linker<CallState>,
    answers: &BTreeMap<Capability, Answer>,
) -> wasmtime::Result<()> {
    for (facet, answer) in answers {
        match facet {
            Capability::Artifacts => artifacts::link(linker, *answer)?,
            Capability::Log => log::link(linker, *answer)?,
            Capability::Random => random::link(linker, *answer)?,
            Capability::Clock => clock::link(linker, *answer)?,
            Capability::Settings => settings::link(linker, *answer)?,
            Capability::Memory => memory::link(linker, *answer)?,
            Capability::Tools => tools::link(linker, *answer)?,
            Capability::Models => models::link(linker, *answer)?,
            Capability::Fetch => fetch::link(linker, *answer)?,
        }
    }
    if !answers.contains_key(&Capability::Artifacts) {
        artifacts::link_handles(linker)?;
    }
    Ok(())
}

/// What a facet says instead of serving.
fn failure(code: &str, message: String) -> Failure {
    Failure { code: code.to_owned(), message }
}

fn served(state: &mut CallState) -> Served<'_> {
    Served(state)
}

fn refused(state: &mut CallState) -> Refused<'_> {
    Refused(state)
}

impl Refused<'_> {
    /// What a refused facet answers: the line to add, for the plugin's failure to carry outside.
    fn refusal(&self, facet: Capability) -> Failure {
        not_granted(&self.0.callee, facet.as_str(), facet)
    }
}

/// The refusal of a power with the line to add.
fn not_granted(plugin: &Callee, power: &str, facet: Capability) -> Failure {
    let (plugin, facet) = (&plugin.name, facet.as_str());
    let message = format!(
        "the operator did not grant `{power}`; to allow it, run `pentimento plugin grant {plugin} \
         --allow {facet}`"
    );
    failure("refused", message)
}
