//! Why guests could not be built, and what to do about it.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Guests could not be built.
#[derive(Debug, Error)]
pub enum ForgeError {
    /// Neither `scripts/setup` nor rustup has provided the target.
    #[error("the Rust target `wasm32-unknown-unknown` is missing, and plugins are built for it")]
    NoTarget,
    /// `scripts/setup` wrote something that this crate cannot read.
    #[error("`{}` lacks the line `{key}=…`", record.display())]
    BrokenRecord {
        /// The file.
        record: PathBuf,
        /// The missing key.
        key: &'static str,
    },
    /// What `scripts/setup` prepared is no longer there.
    #[error("`{}` is gone since `scripts/setup` ran", path.display())]
    Gone {
        /// The missing program.
        path: PathBuf,
    },
    /// A program could not be started.
    #[error("could not run `{program}`")]
    Run {
        /// Which.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// Cargo ran and failed.
    #[error("building the guests `{packages}` failed; cargo said:\n{said}")]
    Build {
        /// The packages asked for.
        packages: String,
        /// What cargo printed.
        said: String,
    },
    /// Cargo succeeded, but a component is not where it should be.
    #[error("the guest `{package}` left no component at `{}`", path.display())]
    NoComponent {
        /// Which package.
        package: String,
        /// Where it was expected.
        path: PathBuf,
    },
}

impl ForgeError {
    /// What the user can do, as a sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoTarget | Self::BrokenRecord { .. } | Self::Gone { .. } => {
                "run `scripts/setup` of the program's sources, or `rustup target add \
                 wasm32-unknown-unknown`, then build again"
            }
            Self::Run { .. } => "check that Rust's `cargo` and `rustc` can be run from here",
            Self::Build { said, .. } if said.contains("failed to find tool \"clang") => {
                "this plugin has parts in C: install clang 14 or later (Debian and Ubuntu: \
                 `apt-get install clang`), or name a C compiler for WebAssembly in \
                 `CC_wasm32_unknown_unknown`"
            }
            Self::Build { .. } => {
                "read cargo's message above; if a target or linker is missing, run `scripts/setup`"
            }
            Self::NoComponent { .. } => "the package must be a `cdylib` named like its folder",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lacks_a_c_compiler_is_told_which_one() {
        let failed =
            |said: &str| ForgeError::Build { packages: "x".to_owned(), said: said.to_owned() };
        let lacking =
            "error occurred in cc-rs: failed to find tool \"clang\": No such file or directory";
        assert!(failed(lacking).hint().contains("apt-get install clang"));
        assert!(failed("error: could not compile `x`").hint().contains("scripts/setup"));
    }
}
