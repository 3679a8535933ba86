//! Compiles the bundled plugins, so that what is embedded is always in step with its source.

use std::{
    env,
    error::Error,
    path::{Path, PathBuf},
    process::ExitCode,
};

use pentimento_forge::{ForgeError, Guests, Toolchain, shared_target_dir};

/// Every bundled plugin: a package of `plugins/`.
const BUNDLED: &[&str] = &[
    "critic-detector",
    "critic-palette",
    "critic-safety",
    "tool-calculator",
    "tool-diff",
    "verify-text",
];

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            if let Some(error) = error.downcast_ref::<ForgeError>() {
                println!("cargo::error=hint: {}", error.hint());
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..");
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    for watched in ["plugins", "wit", "assets/sprites"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    for variable in ["HOME", "XDG_CACHE_HOME"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    if let Some(record) = Toolchain::record_path() {
        println!("cargo::rerun-if-changed={}", record.display());
    }
    let guests = Guests::new(root.join("plugins"), shared_target_dir(&out_dir));
    for (package, component) in BUNDLED.iter().zip(guests.build(BUNDLED)?) {
        // Copied, so that a later build of the guests cannot change what this build embeds.
        std::fs::copy(component, out_dir.join(format!("{package}.wasm")))?;
    }
    Ok(())
}
