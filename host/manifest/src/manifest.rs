//! A checked `plugin.toml`.

use std::collections::BTreeMap;

use pentimento_model::{Capability, RequestHash, clean};
use serde::Deserialize;
use toml::Value;

use crate::{
    ManifestError, Power, Role, Want, bounds,
    error::broken,
    power::{self, request_hash},
    raw,
};

/// The WIT package plugins are written against.
pub const PACKAGE: &str = "pentimento:plugin";

/// Its version.
pub const VERSION: &str = "0.1.0";

/// The version of `plugin.toml` itself.
const FORMAT: u32 = 1;

/// What `must-understand` may name beside facets: keys whose being overlooked would be dangerous.
const FEATURES: &[&str] = &["limits", "secrets"];

/// Who a plugin is and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Such as `critic-detector`: 1 to 64 of `a-z`, `0-9` and `-`.
    pub name: String,
    /// The author's version, for people.
    pub version: String,
    /// What it does.
    pub role: Role,
    /// The facets it wants.
    pub wants: BTreeMap<Capability, Want>,
    /// Tighter limits than the host's, if its author wants them.
    pub limits: AskedLimits,
}

/// Limits an author asks for. They only ever tighten the host's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AskedLimits {
    /// Milliseconds of one call.
    pub wall_ms: Option<u32>,
    /// MiB of memory of one call.
    pub memory_mib: Option<u32>,
}

/// The file's keys. Unknown ones are refused: an old host must not overlook a new restriction.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawManifest {
    #[serde(default = "current_format")]
    manifest: u32,
    #[serde(default)]
    must_understand: Vec<String>,
    name: String,
    version: String,
    role: Role,
    world: String,
    #[serde(default)]
    wants: BTreeMap<String, Value>,
    #[serde(default)]
    limits: AskedLimits,
}

const fn current_format() -> u32 {
    FORMAT
}

impl Manifest {
    /// Reads and checks the text of a `plugin.toml`.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        if text.len() > bounds::MANIFEST_BYTES {
            let (bytes, most) = (text.len(), bounds::MANIFEST_BYTES);
            return Err(broken(format!("it has {bytes} bytes; at most {most} are read")));
        }
        let raw: RawManifest =
            toml::from_str(text).map_err(|error| ManifestError::Toml(Box::new(error)))?;
        let RawManifest { manifest, must_understand, name, version, role, world, wants, limits } =
            raw;
        if manifest != FORMAT {
            return Err(broken(format!("it has format {manifest}; this host reads {FORMAT}")));
        }
        check_understood(&must_understand)?;
        if !is_plain(&name) {
            let most = bounds::NAME_BYTES;
            return Err(broken(format!("`name` must be 1 to {most} of a-z, 0-9 and -")));
        }
        if version.is_empty() || version.len() > bounds::NAME_BYTES {
            let most = bounds::NAME_BYTES;
            return Err(broken(format!("`version` must have 1 to {most} bytes")));
        }
        check_world(&name, role, &world)?;
        check_limits(limits)?;
        let wants = wants.into_iter().map(|(name, value)| raw::want(&name, value));
        let wants = wants.collect::<Result<_, _>>()?;
        Ok(Self { name, version: clean(&version), role, wants, limits })
    }

    /// Every power it asks for, sorted: what a person says yes or no to.
    pub fn powers(&self) -> Vec<Power> {
        power::of(&self.wants)
    }

    /// The hash of its powers: a grant answers exactly this.
    pub fn request(&self) -> RequestHash {
        request_hash(self.role, &self.powers())
    }
}

/// True for the names of plugins, secrets and models.
pub fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=bounds::NAME_BYTES).contains(&name.len()) && name.bytes().all(plain)
}

fn check_understood(features: &[String]) -> Result<(), ManifestError> {
    let known = |name: &str| Capability::from_name(name).is_some() || FEATURES.contains(&name);
    match features.iter().find(|name| !known(name)) {
        None => Ok(()),
        Some(feature) => Err(ManifestError::NotUnderstood { feature: clean(feature) }),
    }
}

/// The world says which `wit/` the plugin was written for, so that a refusal can name versions.
fn check_world(plugin: &str, role: Role, world: &str) -> Result<(), ManifestError> {
    let expected = format!("{PACKAGE}/{role}@{VERSION}");
    if world == expected {
        return Ok(());
    }
    let unversioned = expected.split('@').next().unwrap_or_default();
    if world.split('@').next() == Some(unversioned) {
        let (plugin, found) = (plugin.to_owned(), clean(world));
        return Err(ManifestError::WrongVersion { plugin, found });
    }
    Err(broken(format!("`world` must be `{expected}` for a {role}")))
}

fn check_limits(limits: AskedLimits) -> Result<(), ManifestError> {
    let AskedLimits { wall_ms, memory_mib } = limits;
    match (wall_ms, memory_mib) {
        (Some(0..10), _) => {
            Err(broken("`wall-ms` must be at least 10, the time between two looks"))
        }
        (_, Some(0)) => Err(broken("`memory-mib` must be at least 1")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
