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
            Self::Build { .. } => {
                "read cargo's message above; if a target or linker is missing, run `scripts/setup`"
            }
            Self::NoComponent { .. } => "the package must be a `cdylib` named like its folder",
        }
    }
}
