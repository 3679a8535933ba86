//! Why a component would not be let in, as far as it can be told without compiling it.
//!
//! The same rules in the same words as in `load.rs`, but all of them at once: an author wants the
//! whole list.

use pentimento_manifest::{Manifest, PACKAGE, VERSION};
use pentimento_model::Capability;

use super::{Interface, Refusal, anatomy::Anatomy};
use crate::{Limits, SandboxError, limits, load};

/// Everything that speaks against a valid component.
pub(super) fn of_component(
    plugin: &str,
    manifest: Option<&Manifest>,
    anatomy: &Anatomy,
) -> Vec<Refusal> {
    let mut errors: Vec<SandboxError> =
        anatomy.imports.iter().filter_map(|import| of_import(plugin, manifest, import)).collect();
    errors.extend(manifest.and_then(|manifest| of_exports(manifest, &anatomy.exports)));
    let mut refusals: Vec<Refusal> = errors.iter().map(Refusal::from).collect();
    if manifest.is_none() {
        refusals.push(Refusal {
            message: "there is no valid `plugin.toml` that says who this plugin is".to_owned(),
            hint: Some("name the folder that has both, or put it beside the component".to_owned()),
        });
    }
    refusals.extend(of_memory(plugin, anatomy));
    refusals
}

fn of_import(
    plugin: &str,
    manifest: Option<&Manifest>,
    import: &Interface,
) -> Option<SandboxError> {
    let unknown = || {
        let (plugin, import) = (plugin.to_owned(), pentimento_model::clean(&import.name));
        Some(SandboxError::UnknownImport { plugin, import })
    };
    let Some(interface) = of_our_package(&import.name) else { return unknown() };
    if let Some(error) = of_version(plugin, &import.name) {
        return Some(error);
    }
    match (Capability::from_name(interface), manifest) {
        (Some(facet), Some(manifest))
            if !import.functions.is_empty() && !manifest.wants.contains_key(&facet) =>
        {
            Some(SandboxError::NotWanted { plugin: plugin.to_owned(), facet })
        }
        (None, _) if interface != "types" => unknown(),
        _ => None,
    }
}

/// The interface's bare name, if it is one of our package.
fn of_our_package(name: &str) -> Option<&str> {
    let rest = name.strip_prefix(PACKAGE)?.strip_prefix('/')?;
    Some(rest.split_once('@').map_or(rest, |(interface, _)| interface))
}

fn of_version(plugin: &str, name: &str) -> Option<SandboxError> {
    of_our_package(name)?;
    let version = name.rsplit_once('@').map_or("", |(_, version)| version);
    (version != VERSION).then(|| SandboxError::WrongVersion {
        plugin: plugin.to_owned(),
        found: name.to_owned(),
        offered: VERSION,
    })
}

fn of_exports(manifest: &Manifest, exports: &[Interface]) -> Option<SandboxError> {
    let export = load::interface_name(manifest.role.export());
    if exports.iter().any(|one| one.name == export) {
        return None;
    }
    let other_version = exports.iter().find_map(|one| of_version(&manifest.name, &one.name));
    Some(other_version.unwrap_or_else(|| SandboxError::MissingExport {
        plugin: manifest.name.clone(),
        role: manifest.role,
        export,
    }))
}

/// Memory that is there from the start counts like memory that is grown.
fn of_memory(plugin: &str, anatomy: &Anatomy) -> Option<Refusal> {
    let memories: Vec<_> = anatomy.modules.iter().flat_map(|module| &module.memories).collect();
    let (most, has) = (limits::MEMORIES as usize, memories.len());
    if has > most {
        return Some(Refusal {
            message: format!("the plugin `{plugin}` has {has} memories; at most {most} are given"),
            hint: Some("build it as one module, or with fewer adapters".to_owned()),
        });
    }
    let start = memories.iter().fold(0_u64, |sum, memory| sum.saturating_add(memory.min));
    let limit = Limits::default().memory as u64;
    (start > limit).then(|| Refusal {
        message: format!(
            "the plugin `{plugin}` has {} MiB of memory from the start; a call may have {} MiB",
            start >> 20,
            limit >> 20
        ),
        hint: Some("give it a smaller initial memory; it can grow when it needs more".to_owned()),
    })
}
