//! The plugins that come with the program, compiled by the build script and embedded.
//!
//! They run in the same sandbox as anyone's, with the powers granted here and no others.

use pentimento_model::{Capability, Grant, PluginId};

/// A plugin that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// Its name: that of its folder in `plugins/`.
    pub name: &'static str,
    /// Its component, which carries its request as anyone's does.
    pub component: &'static [u8],
    /// True if it looks at every candidate of `refine`, without being asked for.
    pub assesses_by_default: bool,
    granted: &'static [Capability],
}

/// One of them: its name, its powers, and whether it assesses by default.
macro_rules! bundled {
    ($name:literal, [$($facet:ident),*], $assesses_by_default:literal) => {
        Bundled {
            name: $name,
            component: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")),
            assesses_by_default: $assesses_by_default,
            granted: &[$(Capability::$facet),*],
        }
    };
}

impl Bundled {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        bundled!("critic-detector", [Artifacts, Log], true),
        bundled!("critic-layout", [Artifacts, Tools], false),
        bundled!("critic-palette", [Artifacts], false),
        bundled!("critic-safety", [Artifacts, Settings], false),
        bundled!("tool-calculator", [], false),
        bundled!("tool-diff", [Artifacts], false),
        bundled!("tool-search", [Settings], false),
        bundled!("verify-count", [Artifacts, Tools], false),
        bundled!("verify-steps", [Artifacts], false),
        bundled!("verify-text", [Artifacts, Settings], false),
    ];

    /// Those whose sources lie beside the program's, and which are added from there: interpreters, which
    /// are large or need a compiler of C, and who needs one of them.
    pub const TO_BE_BUILT: &'static [&'static str] =
        &["tool-javascript", "tool-python", "tool-sql", "verify-unit-tests"];

    /// The plugin with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|bundled| bundled.name == name)
    }

    /// The SHA-256 of its component, as 64 hexadecimal digits.
    pub fn digest(&self) -> String {
        PluginId::of(self.name.to_owned(), self.component).digest
    }

    /// The powers it was given by whoever built the program.
    pub fn grant(&self) -> Grant {
        Grant::of(self.granted.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_to_be_built_has_its_sources_here_and_is_not_bundled() {
        for name in Bundled::TO_BE_BUILT {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins").join(name);
            assert!(folder.join("plugin.toml").is_file(), "{name}");
            assert!(Bundled::find(name).is_none(), "{name}");
        }
    }
}
