//! What a component says of itself, read without compiling or running any of it.
//!
//! Finding out is all that happens here: nobody is let in, nothing is granted. Whether the types
//! of imports and exports fit is left to `load.rs`, which needs the compiled component for it.

mod anatomy;
mod refusals;

use pentimento_manifest::{Manifest, PACKAGE, VERSION};
use pentimento_model::PluginId;

use crate::{SandboxError, limits, load};

/// One interface that a component imports or exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its full name, such as `pentimento:plugin/log@0.1.0`.
    pub name: String,
    /// The functions in it. Empty if only its types are used.
    pub functions: Vec<String>,
}

/// The bounds of one linear memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryBounds {
    /// What it has from the start.
    pub min: u64,
    /// What it may grow to, if the module says so.
    pub max: Option<u64>,
}

/// One core module inside a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoreModule {
    /// Its size.
    pub bytes: usize,
    /// Functions with code of their own.
    pub functions: u32,
    /// The memories it defines.
    pub memories: Vec<MemoryBounds>,
    /// True if a function runs as soon as it is instantiated.
    pub has_start: bool,
}

/// A language, a tool or a library that took part in making a component, by its own words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Producer {
    /// `language`, `processed-by` or `sdk`.
    pub part: String,
    /// Such as `rustc`.
    pub name: String,
    /// Its version; may be empty.
    pub version: String,
}

/// Why a plugin would not be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, with its causes.
    pub message: String,
    /// What would help.
    pub hint: Option<String>,
}

/// What a component says of itself.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    pub digest: String,
    /// Its size.
    pub bytes: usize,
    /// Its `plugin.toml`, if there is one and it is valid.
    pub manifest: Option<Manifest>,
    /// What it imports.
    pub imports: Vec<Interface>,
    /// What it exports.
    pub exports: Vec<Interface>,
    /// The core modules in it, shims and adapters included.
    pub modules: Vec<CoreModule>,
    /// What it was made with.
    pub producers: Vec<Producer>,
    /// Why it would not be let in; empty if nothing speaks against it.
    pub refusals: Vec<Refusal>,
}

impl Inspection {
    /// Reads a component and the text of its `plugin.toml`. Whatever is wrong with them is among
    /// [`Self::refusals`]: bytes that cannot be read are worth inspecting too.
    pub fn of(component: &[u8], manifest: Option<&str>) -> Self {
        let mut refusals = Vec::new();
        let manifest = manifest.and_then(|text| match Manifest::parse(text) {
            Ok(manifest) => Some(manifest),
            Err(error) => {
                refusals.push(Refusal::from(&SandboxError::from(error)));
                None
            }
        });
        let name = manifest.as_ref().map_or(NAMELESS, |manifest| &manifest.name);
        let anatomy = match load::check_bytes(name, component) {
            // Its core module is told all the same, where it is one.
            Err(error @ SandboxError::CoreModule { .. }) => {
                refusals.push(Refusal::from(&error));
                anatomy::read(component).unwrap_or_default()
            }
            Err(error) => {
                refusals.push(Refusal::from(&error));
                anatomy::Anatomy::default()
            }
            Ok(()) => match anatomy::read(component) {
                Ok(anatomy) => {
                    refusals.extend(refusals::of_component(name, manifest.as_ref(), &anatomy));
                    anatomy
                }
                Err(source) => {
                    let (plugin, source) = (name.to_owned(), source.into());
                    refusals.push(Refusal::from(&SandboxError::Invalid { plugin, source }));
                    anatomy::Anatomy::default()
                }
            },
        };
        let anatomy::Anatomy { imports, exports, modules, producers } = anatomy;
        let PluginId { digest, .. } = PluginId::of(name, component);
        let bytes = component.len();
        Self { digest, bytes, manifest, imports, exports, modules, producers, refusals }
    }

    /// The world its `plugin.toml` names, such as `pentimento:plugin/critic@0.1.0`.
    pub fn world(&self) -> Option<String> {
        let world = |role| format!("{PACKAGE}/{role}@{VERSION}");
        self.manifest.as_ref().map(|manifest| world(manifest.role))
    }

    /// What it asks for, each power with its author's reason.
    pub fn wants(&self) -> Vec<(String, String)> {
        let powers = self.manifest.iter().flat_map(Manifest::powers);
        powers.map(|power| (power.words, power.reason)).collect()
    }

    /// The most bytes a component may have.
    pub const MOST_BYTES: usize = limits::COMPONENT_BYTES;
}

/// What a plugin is called whose manifest is not there.
const NAMELESS: &str = "unnamed";

impl From<&SandboxError> for Refusal {
    fn from(error: &SandboxError) -> Self {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            message.push_str(": ");
            message.push_str(error.to_string().trim_end());
            cause = error.source();
        }
        Self { message: pentimento_model::clean(&message), hint: error.hint() }
    }
}

#[cfg(test)]
mod tests;
