//! The plugins that come with the program, compiled by the build script and embedded.
//!
//! They run in the same sandbox as anyone's, with the powers granted here and no others.

use pentimento_model::{Capability, Grant};

/// A plugin that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// Its name: that of its folder in `plugins/`.
    pub name: &'static str,
    /// Its `plugin.toml`.
    pub manifest: &'static str,
    /// Its component.
    pub component: &'static [u8],
    granted: &'static [Capability],
}

impl Bundled {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self {
        name: "critic-detector",
        manifest: include_str!("../../../plugins/critic-detector/plugin.toml"),
        component: include_bytes!(concat!(env!("OUT_DIR"), "/critic-detector.wasm")),
        granted: &[Capability::Artifacts, Capability::Log],
    }];

    /// The plugin with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|bundled| bundled.name == name)
    }

    /// The powers it was given by whoever built the program.
    pub fn grant(&self) -> Grant {
        Grant::of(self.granted.iter().copied())
    }
}
