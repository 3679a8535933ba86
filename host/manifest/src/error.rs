//! Why a `plugin.toml` cannot be used, or is not where it should be.

use thiserror::Error;

use crate::{SECTION, VERSION};

/// A request that is not valid, or not there.
#[derive(Debug, Error)]
pub enum ManifestError {
    /// Not the TOML we know, or an unknown key.
    #[error("`plugin.toml` is not valid")]
    Toml(#[source] Box<toml::de::Error>),
    /// A value that makes no sense.
    #[error("`plugin.toml` is not valid")]
    Rule(#[source] Broken),
    /// Written for another `wit/`.
    #[error("the plugin `{plugin}` needs `{found}`, and this host speaks `{VERSION}`")]
    WrongVersion {
        /// Which plugin.
        plugin: String,
        /// The world it names.
        found: String,
    },
    /// It says itself that a host that lacks something must not run it.
    #[error("this plugin must not run on a host that lacks `{feature}`, and this one does")]
    NotUnderstood {
        /// What the host lacks.
        feature: String,
    },
    /// A component that was never given its request.
    #[error("the component carries no `plugin.toml`")]
    NotEmbedded,
    /// Two requests: nobody could say which one was granted.
    #[error("the component carries {0} requests; one is needed")]
    Several(usize),
    /// The section's bytes are no text.
    #[error("the section `{SECTION}` of the component is not UTF-8")]
    NotText,
    /// The bytes are no component.
    #[error("the component is damaged")]
    Damaged(#[source] Box<wasmparser::BinaryReaderError>),
    /// A core module, which cannot carry a request for a component.
    #[error("this is a core WebAssembly module, not a component")]
    CoreModule,
}

/// A value in `plugin.toml` that makes no sense, in words.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Broken(pub(crate) String);

pub(crate) fn broken(message: impl Into<String>) -> ManifestError {
    ManifestError::Rule(Broken(message.into()))
}

impl ManifestError {
    /// What to do, as a sentence without a full stop.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Toml(_) | Self::Rule(_) => {
                "compare it with the keys in docs/plugins.md or the `plugin.toml` of a bundled plugin"
            }
            Self::WrongVersion { .. } => {
                "build it again with the `pentimento-sdk` that came with this host"
            }
            Self::NotUnderstood { .. } => {
                "update pentimento, or ask its author for an older version"
            }
            Self::NotEmbedded | Self::Several(_) | Self::NotText => {
                "build it with `pentimento plugin build`, which puts `plugin.toml` into the component"
            }
            Self::Damaged(_) => "build or download it again, and check that the file is complete",
            Self::CoreModule => "build it with `pentimento plugin build`, which makes a component",
        }
    }
}
