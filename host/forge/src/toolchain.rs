//! Finds the compiler and linker for guests: what `scripts/setup` recorded, else rustup's target.
//!
//! Installing anything is the script's business.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{ForgeError, GUEST_TARGET};

/// The programs that turn a guest crate into a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    /// A rustc that has the guest target's standard library.
    pub rustc: PathBuf,
    /// `wasm-component-ld`.
    pub linker: PathBuf,
    /// `wasm-ld`, which the linker runs.
    pub wasm_ld: PathBuf,
}

impl Toolchain {
    /// What `scripts/setup` recorded, else rustup's target if it is installed.
    pub fn find() -> Result<Self, ForgeError> {
        match Self::record_path() {
            Some(record) if record.is_file() => Self::from_record(&record),
            _ => Self::from_rustup(),
        }
    }

    /// The file `scripts/setup` writes; `None` where there is no home folder.
    pub fn record_path() -> Option<PathBuf> {
        let cache = match env::var("XDG_CACHE_HOME") {
            Ok(folder) if !folder.is_empty() => PathBuf::from(folder),
            _ => PathBuf::from(env::var("HOME").ok()?).join(".cache"),
        };
        Some(cache.join("pentimento").join("guest-toolchain"))
    }

    /// Reads the script's record.
    pub fn from_record(record: &Path) -> Result<Self, ForgeError> {
        let text = fs::read_to_string(record).unwrap_or_default();
        let value = |key: &'static str| {
            let prefix = format!("{key}=");
            let line = text.lines().find_map(|line| line.strip_prefix(&prefix));
            let path = line.map(PathBuf::from);
            let path = path.ok_or(ForgeError::BrokenRecord { record: record.to_owned(), key })?;
            if path.exists() { Ok(path) } else { Err(ForgeError::Gone { path }) }
        };
        Ok(Self { rustc: value("rustc")?, linker: value("linker")?, wasm_ld: value("wasm-ld")? })
    }

    fn from_rustup() -> Result<Self, ForgeError> {
        let sysroot = PathBuf::from(ask_rustc(&["--print", "sysroot"])?.trim());
        let version = ask_rustc(&["-vV"])?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let tools = sysroot.join("lib/rustlib").join(host).join("bin");
        let found = Self {
            rustc: sysroot.join("bin/rustc"),
            linker: tools.join("wasm-component-ld"),
            wasm_ld: tools.join("gcc-ld/wasm-ld"),
        };
        let has_std = sysroot.join("lib/rustlib").join(GUEST_TARGET).join("lib").is_dir();
        if has_std && found.linker.exists() { Ok(found) } else { Err(ForgeError::NoTarget) }
    }
}

fn ask_rustc(arguments: &[&str]) -> Result<String, ForgeError> {
    let failed = |source| ForgeError::Run { program: "rustc".to_owned(), source };
    let output = Command::new("rustc").args(arguments).output().map_err(failed)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests;
