//! Builds a plugin written in Rust: a cargo package that is a `cdylib`.
//!
//! The compiler and the linker are found by `forge`.

use std::path::{Path, PathBuf};

use pentimento_forge::Guests;
use serde::Deserialize;

use super::{WorkbenchError, files};

/// The part of a `Cargo.toml` that says what comes out.
#[derive(Deserialize)]
struct CargoManifest {
    package: Package,
    lib: Option<Library>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

#[derive(Deserialize)]
struct Library {
    name: Option<String>,
    #[serde(default, rename = "crate-type")]
    crate_type: Vec<String>,
}

/// Builds the package in `folder` and returns its component.
pub(super) fn build(folder: &Path) -> Result<PathBuf, WorkbenchError> {
    let path = folder.join("Cargo.toml");
    let text = files::read_text(&path)?;
    let CargoManifest { package, lib } = match toml::from_str(&text) {
        Ok(manifest) => manifest,
        Err(source) => {
            return Err(WorkbenchError::CargoManifest { path, source: Box::new(source) });
        }
    };
    let Some(lib) = lib.filter(|lib| lib.crate_type.iter().any(|kind| kind == "cdylib")) else {
        return Err(WorkbenchError::NotACdylib { path });
    };
    let library = lib.name.unwrap_or_else(|| package.name.replace('-', "_"));
    // Cargo takes a relative target folder from where it runs, which is not where we are.
    let folder = std::path::absolute(folder);
    let folder = folder.map_err(|source| WorkbenchError::Read { path, source })?;
    let guests = Guests::new(&folder, folder.join("target"));
    Ok(guests.build_library(&package.name, &library)?)
}
