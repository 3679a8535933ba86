//! `plugin.toml`: who a plugin is and which facets it wants, each with a reason.
//!
//! Wanting is all an author can do. What is given is the operator's `Grant`; what is linked is
//! decided in `load.rs`.

use std::{collections::BTreeMap, fmt};

use pentimento_model::Capability;
use serde::Deserialize;

use crate::{SandboxError, limits};

/// What a plugin does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Gives opinions.
    Critic,
    /// Checks facts.
    Verifier,
    /// Computes and transforms.
    Tool,
}

impl Role {
    /// The word, in lower case; also the name of its world in `wit/`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Critic => "critic",
            Self::Verifier => "verifier",
            Self::Tool => "tool",
        }
    }

    /// The interface it must export.
    pub(crate) const fn export(self) -> &'static str {
        match self {
            Self::Critic => "critiquing",
            Self::Verifier => "verifying",
            Self::Tool => "performing",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A checked `plugin.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Such as `critic-detector`: 1 to 64 of `a-z`, `0-9` and `-`.
    pub name: String,
    /// The author's version, for people.
    pub version: String,
    /// What it does.
    pub role: Role,
    /// The facets it wants, each with the reason shown to whoever decides.
    pub wants: BTreeMap<Capability, String>,
}

/// The file's keys. Unknown ones are refused: an old host must not overlook a new restriction.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    name: String,
    version: String,
    role: Role,
    world: String,
    #[serde(default)]
    wants: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads and checks the text of a `plugin.toml`.
    pub fn parse(text: &str) -> Result<Self, SandboxError> {
        let raw: RawManifest = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => return Err(SandboxError::Manifest { source: error.into() }),
        };
        let RawManifest { name, version, role, world, wants } = raw;
        if !is_plain(&name) {
            return Err(invalid(format!(
                "`name` must be 1 to {} of a-z, 0-9 and -",
                limits::CODE_BYTES
            )));
        }
        if version.is_empty() || version.len() > limits::CODE_BYTES {
            return Err(invalid(format!("`version` must have 1 to {} bytes", limits::CODE_BYTES)));
        }
        check_world(&name, role, &world)?;
        let wants = wants.into_iter().map(check_want).collect::<Result<_, _>>()?;
        Ok(Self { name, version: crate::convert::clean(&version), role, wants })
    }
}

fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=limits::CODE_BYTES).contains(&name.len()) && name.bytes().all(plain)
}

/// The world says which `wit/` the plugin was written for, so that a refusal can name versions.
fn check_world(plugin: &str, role: Role, world: &str) -> Result<(), SandboxError> {
    let expected = format!("{}/{role}@{}", crate::load::PACKAGE, crate::load::VERSION);
    if world == expected {
        return Ok(());
    }
    let unversioned = expected.split('@').next().unwrap_or_default();
    if world.split('@').next() == Some(unversioned) {
        let (plugin, found) = (plugin.to_owned(), world.to_owned());
        return Err(SandboxError::WrongVersion { plugin, found, offered: crate::load::VERSION });
    }
    Err(invalid(format!("`world` must be `{expected}` for a {role}")))
}

fn check_want((name, reason): (String, String)) -> Result<(Capability, String), SandboxError> {
    let Some(capability) = Capability::from_name(&name) else {
        let known = Capability::ALL.map(Capability::as_str).join("`, `");
        return Err(invalid(format!("there is no facet `{name}`; there are `{known}`")));
    };
    if reason.trim().is_empty() || reason.len() > limits::TEXT_BYTES {
        return Err(invalid(format!("`{name}` needs a reason that a person can read")));
    }
    Ok((capability, crate::convert::clean(&reason)))
}

fn invalid(message: String) -> SandboxError {
    SandboxError::Manifest { source: message.into() }
}

#[cfg(test)]
mod tests;
