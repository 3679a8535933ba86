//! `pentimento.lock`: which plugins a project uses, exactly. Shared with the team, so it holds
//! digests and never consent.

use pentimento_model::{PluginId, RequestHash};
use serde::{Deserialize, Serialize};

use crate::Conformance;

/// What stands at the head of the file.
pub(crate) const HEADING: &str = "# Written by `pentimento plugin`. Share it; what a plugin may do is granted on each machine.\n";

/// The file's format.
const FORMAT: u32 = 1;

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockFile {
    #[serde(deserialize_with = "our_format")]
    version: u32,
    /// Sorted by name.
    #[serde(default, rename = "plugin", skip_serializing_if = "Vec::is_empty")]
    pub(crate) plugins: Vec<LockedPlugin>,
}

/// One plugin of the project.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LockedPlugin {
    /// Its name.
    #[serde(deserialize_with = "plain_name")]
    pub name: String,
    /// Its author's version.
    #[serde(deserialize_with = "shown")]
    pub version: String,
    /// Where it came from, as it was typed.
    #[serde(deserialize_with = "shown")]
    pub source: String,
    /// The SHA-256 of its component, 64 hexadecimal digits.
    #[serde(deserialize_with = "digest")]
    pub digest: String,
    /// The hash of the powers it asks for.
    pub request: String,
    /// The world of `wit/` it was built for.
    pub world: String,
    /// Who of the trust file signed it: public keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<String>,
    /// The signatures, so that they can be checked again without network.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<String>,
    /// How it answered the questions that every plugin is asked, where it was added; nothing in
    /// files of programs that did not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conformance: Option<Conformance>,
}

impl LockedPlugin {
    /// Name and digest.
    pub fn id(&self) -> PluginId {
        PluginId { name: self.name.clone(), digest: self.digest.clone() }
    }
}

impl Default for LockFile {
    fn default() -> Self {
        Self { version: FORMAT, plugins: Vec::new() }
    }
}

impl LockFile {
    pub(crate) fn find(&self, name: &str) -> Option<&LockedPlugin> {
        self.plugins.iter().find(|plugin| plugin.name == name)
    }

    /// Puts a plugin in, in place of the one with its name.
    pub(crate) fn insert(&mut self, plugin: LockedPlugin) {
        self.plugins.retain(|other| other.name != plugin.name);
        self.plugins.push(plugin);
        self.plugins.sort_by(|one, other| one.name.cmp(&other.name));
    }
}

/// A lock file may come from anywhere, and a digest becomes part of a path.
pub(crate) fn digest<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match RequestHash::from_hex(&text) {
        Some(hash) if hash.to_hex() == text => Ok(text),
        _ => Err(serde::de::Error::custom("a digest has 64 lower-case hexadecimal digits")),
    }
}

/// A text that people are shown, and that may be a stranger's.
fn shown<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| pentimento_model::clean(&text))
}

fn plain_name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if pentimento_manifest::is_plain(&text) {
        return Ok(text);
    }
    Err(serde::de::Error::custom("a plugin's name has 1 to 64 of a-z, 0-9 and -"))
}

fn our_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(deserializer)?;
    if version == FORMAT {
        return Ok(version);
    }
    let message = format!("format {version}; this program reads {FORMAT}");
    Err(serde::de::Error::custom(message))
}
