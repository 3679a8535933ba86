//! Why a plugin cannot be loaded, and what its author or the operator can do about it.
//!
//! What goes wrong while a loaded plugin runs is no error but a `Fault`.

use pentimento_manifest::{ManifestError, Role};
use pentimento_model::Capability;
use thiserror::Error;

use crate::CompileError;

/// What lies behind an error.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What wasmtime says of a stranger's component, on one line: it quotes names as they stand in it.
pub(crate) fn cause_of(error: &wasmtime::Error) -> Cause {
    words_of(error).into()
}

/// The same as text.
pub(crate) fn words_of(error: &wasmtime::Error) -> String {
    pentimento_model::clean(&format!("{error:#}"))
}

/// The sandbox could not be set up, or a plugin was not let in.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// Wasmtime refused our configuration.
    #[error("could not set up the WebAssembly engine")]
    Engine {
        /// Why.
        source: Cause,
    },
    /// The thread that counts ticks could not be started, and without it no deadline holds.
    #[error("could not start the thread that keeps plugins to their deadlines")]
    Ticker(#[source] std::io::Error),
    /// A certificate in the settings is none, or the machine has no randomness for encryption.
    #[error("could not set up what fetching plugins need")]
    Network(#[source] Cause),
    /// Its request is not valid, or not there.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The request beside it says something else than the one it carries.
    #[error("the component of `{plugin}` carries another `plugin.toml` than the one beside it")]
    RequestDiffers {
        /// Which plugin.
        plugin: String,
    },
    /// It could carry what it sees away, and nobody said that it may.
    #[error(
        "the plugin `{plugin}` may see private input and send requests, which needs a second consent"
    )]
    PrivateInputAndEgress {
        /// Which plugin.
        plugin: String,
    },
    /// Larger than any plugin needs to be.
    #[error("the component of `{plugin}` has {bytes} bytes; at most {limit} are accepted")]
    TooLarge {
        /// Which plugin.
        plugin: String,
        /// Its size.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// A core module where a component is needed.
    #[error("the plugin `{plugin}` is a core WebAssembly module, not a component")]
    CoreModule {
        /// Which plugin.
        plugin: String,
    },
    /// The bytes do not even begin like WebAssembly.
    #[error("the plugin `{plugin}` is not WebAssembly")]
    NotWebAssembly {
        /// Which plugin.
        plugin: String,
    },
    /// It begins like a component but does not go on like a valid one.
    #[error("the component of `{plugin}` is damaged or uses features this host does not have")]
    Invalid {
        /// Which plugin.
        plugin: String,
        /// Why.
        source: Cause,
    },
    /// It is valid, and larger in one respect than whole language runtimes are.
    #[error("the component of `{plugin}` has more than {limit} {what}")]
    TooComplex {
        /// Which plugin.
        plugin: String,
        /// What there is too much of.
        what: &'static str,
        /// The bound.
        limit: usize,
    },
    /// The process that compiles strangers' components handed over nothing that could be used.
    #[error("the component of `{plugin}` could not be compiled")]
    Compile {
        /// Which plugin.
        plugin: String,
        /// Why.
        source: CompileError,
    },
    /// It imports something that is none of our facets.
    #[error("the plugin `{plugin}` imports `{import}`, which this host does not offer")]
    UnknownImport {
        /// Which plugin.
        plugin: String,
        /// The interface.
        import: String,
    },
    /// It was built against another version of `wit/`.
    #[error("the plugin `{plugin}` needs `{found}`, and this host speaks `{offered}`")]
    WrongVersion {
        /// Which plugin.
        plugin: String,
        /// The interface with the version it needs.
        found: String,
        /// The version we have.
        offered: &'static str,
    },
    /// It calls a facet that its manifest does not want.
    #[error("the plugin `{plugin}` uses the facet `{}`, which its `plugin.toml` does not want", facet.as_str())]
    NotWanted {
        /// Which plugin.
        plugin: String,
        /// The facet.
        facet: Capability,
    },
    /// It does not export what its role promises.
    #[error("the plugin `{plugin}` is said to be a {role}, but does not export `{export}`")]
    MissingExport {
        /// Which plugin.
        plugin: String,
        /// Its role by the manifest.
        role: Role,
        /// The interface that is missing.
        export: String,
    },
    /// Its imports or exports have the right names and the wrong types.
    #[error("the plugin `{plugin}` does not fit the host's interfaces")]
    Mismatch {
        /// Which plugin.
        plugin: String,
        /// Where.
        source: Cause,
    },
    /// Somebody wants a critic or verifier and has something else, or the other way around.
    #[error("the plugin `{plugin}` is a {role}, which cannot be used here")]
    WrongRole {
        /// Which plugin.
        plugin: String,
        /// What it is.
        role: Role,
    },
}

impl SandboxError {
    /// What to do, as a sentence without a full stop; `None` where nobody outside can help.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Engine { .. } | Self::Ticker(_) | Self::Network(_) => return None,
            Self::Manifest(error) => error.hint().to_owned(),
            Self::RequestDiffers { .. } => {
                "build it again with `pentimento plugin build`, which embeds `plugin.toml`".to_owned()
            }
            Self::PrivateInputAndEgress { plugin } => format!(
                "if it may send pictures and ideas away, run `pentimento plugin grant {plugin} \
                 --with-private-input`; else leave out `artifacts` or `fetch`"
            ),
            Self::TooLarge { .. } => "build it optimized and stripped of debug information".to_owned(),
            Self::TooComplex { .. } => {
                "no honest plugin is that large; if this one is, split it into several".to_owned()
            }
            Self::Compile { source, .. } => source.hint(),
            Self::CoreModule { .. } => "build it with `wasm-component-ld` as the linker, as \
                `pentimento-sdk` plugins are, or turn it into a component with `wasm-tools component new`"
                .to_owned(),
            Self::NotWebAssembly { .. } | Self::Invalid { .. } => {
                "build or download it again, and check that the file is complete".to_owned()
            }
            Self::UnknownImport { .. } => "build it for `wasm32-unknown-unknown`; plugins get \
                nothing but the facets of `pentimento:plugin`"
                .to_owned(),
            Self::NotWanted { facet, .. } => format!(
                "its author must add `{} = \"why\"` under `[wants]` in `plugin.toml`",
                facet.as_str()
            ),
            Self::MissingExport { role, .. } => {
                format!("export one with `export_{role}!`, or correct `role` in `plugin.toml`")
            }
            Self::WrongVersion { .. } | Self::Mismatch { .. } => {
                "build it again with the `pentimento-sdk` that came with this host".to_owned()
            }
            Self::WrongRole { .. } => "name a plugin with another role".to_owned(),
        };
        Some(hint)
    }
}
