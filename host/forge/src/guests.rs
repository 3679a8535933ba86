//! Runs cargo on a workspace of guests and says where their components are.
//!
//! Guests have a target folder of their own, shared by all profiles of the host, because they are
//! always built optimized and cargo locks a target folder while it builds.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{ForgeError, GUEST_TARGET, Toolchain};

/// A workspace of guest crates.
#[derive(Clone, Debug)]
pub struct Guests {
    workspace: PathBuf,
    target_dir: PathBuf,
}

/// The folder for guests' build products: `guests` inside the host's target folder, found from a
/// build script's `OUT_DIR` (`target/<profile>/build/<package>/out`).
pub fn shared_target_dir(out_dir: &Path) -> PathBuf {
    out_dir.ancestors().nth(4).unwrap_or(out_dir).join("guests")
}

impl Guests {
    /// Guests of the cargo workspace in `workspace`, built below `target_dir`.
    pub fn new(workspace: impl Into<PathBuf>, target_dir: impl Into<PathBuf>) -> Self {
        Self { workspace: workspace.into(), target_dir: target_dir.into() }
    }

    /// Builds the packages and returns their components' paths, in the same order.
    pub fn build(&self, packages: &[&str]) -> Result<Vec<PathBuf>, ForgeError> {
        self.run(packages)?;
        packages.iter().map(|package| self.component(package, &package.replace('-', "_"))).collect()
    }

    /// Builds one package whose library has a name of its own, and returns the component's path.
    pub fn build_library(&self, package: &str, library: &str) -> Result<PathBuf, ForgeError> {
        self.run(&[package])?;
        self.component(package, library)
    }

    fn run(&self, packages: &[&str]) -> Result<(), ForgeError> {
        let toolchain = Toolchain::find()?;
        let mut cargo = self.cargo(&toolchain);
        for package in packages {
            cargo.args(["--package", package]);
        }
        let failed = |source| ForgeError::Run { program: "cargo".to_owned(), source };
        let output = cargo.output().map_err(failed)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(ForgeError::Build { packages: packages.join(", "), said });
        }
        Ok(())
    }

    /// A cargo that builds guests and is not confused by the cargo that runs the build script:
    /// flags, wrappers and target settings meant for the host must not reach the guests.
    fn cargo(&self, toolchain: &Toolchain) -> Command {
        let mut cargo = Command::new("cargo");
        for (name, _) in std::env::vars_os() {
            if is_for_the_host(&name) {
                cargo.env_remove(name);
            }
        }
        let upper = GUEST_TARGET.to_uppercase().replace('-', "_");
        let wasm_ld = toolchain.wasm_ld.display();
        cargo
            .current_dir(&self.workspace)
            .args(["build", "--release", "--target", GUEST_TARGET])
            .env("RUSTC", &toolchain.rustc)
            .env("CARGO_TARGET_DIR", &self.target_dir)
            .env(format!("CARGO_TARGET_{upper}_LINKER"), &toolchain.linker)
            .env(
                format!("CARGO_TARGET_{upper}_RUSTFLAGS"),
                format!("-Ctarget-feature=+simd128 -Clink-arg=--wasm-ld-path={wasm_ld}"),
            );
        cargo
    }

    fn component(&self, package: &str, library: &str) -> Result<PathBuf, ForgeError> {
        let file = format!("{library}.wasm");
        let path = self.target_dir.join(GUEST_TARGET).join("release").join(file);
        if path.is_file() {
            Ok(path)
        } else {
            Err(ForgeError::NoComponent { package: package.to_owned(), path })
        }
    }
}

fn is_for_the_host(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let exact = ["RUSTC", "RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "TARGET"];
    let prefixes = ["CARGO_ENCODED", "CARGO_BUILD_", "CARGO_PKG_", "CARGO_CFG_", "CARGO_PROFILE_"];
    exact.contains(&name)
        || name.starts_with("CARGO_TARGET_")
        || name.starts_with("CARGO_FEATURE_")
        || name.starts_with("CARGO_MANIFEST")
        || name == "CLIPPY_ARGS"
        || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests;
