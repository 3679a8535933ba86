//! Compiles the bundled plugins, each with its request embedded, so that what comes with the program
//! is always in step with its source, and lists the files that `plugin new` and `plugin build` write
//! into projects.
//!
//! What becomes of them is left to the crate.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use pentimento_forge::{ForgeError, Guests, Toolchain, shared_target_dir};

/// Every bundled plugin: a package of `plugins/`.
const BUNDLED: &[&str] = &[
    "critic-detector",
    "critic-layout",
    "critic-palette",
    "critic-safety",
    "tool-calculator",
    "tool-diff",
    "tool-search",
    "verify-count",
    "verify-steps",
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
    for watched in ["wit", "assets/sprites", "assets/scaffolds"] {
        println!("cargo::rerun-if-changed={}", root.join(watched).display());
    }
    for entry in fs::read_dir(root.join("plugins"))? {
        watch(&entry?.path())?;
    }
    for variable in ["HOME", "XDG_CACHE_HOME"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    if let Some(record) = Toolchain::record_path() {
        println!("cargo::rerun-if-changed={}", record.display());
    }
    let guests = Guests::new(root.join("plugins"), shared_target_dir(&out_dir));
    for (package, component) in BUNDLED.iter().zip(guests.build(BUNDLED)?) {
        let manifest = fs::read_to_string(root.join("plugins").join(package).join("plugin.toml"))?;
        let component = pentimento_manifest::embed(&fs::read(component)?, &manifest)?;
        // Written anew, so that a later build of the guests cannot change what this build embeds.
        fs::write(out_dir.join(format!("{package}.wasm")), component)?;
    }
    let mut listed = String::new();
    for (name, folder) in EMBEDDED {
        list(&mut listed, name, &root.join(folder).canonicalize()?)?;
    }
    fs::write(out_dir.join("embedded.rs"), listed)?;
    Ok(())
}

/// Has the build run again when something in `plugins/` changes. What is no crate is built by nobody
/// here, and what an operator's build leaves in a crate is none of its sources.
fn watch(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut watched = Vec::new();
    if path.is_file() {
        watched.push(path.to_owned());
    } else if path.join("Cargo.toml").is_file() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if entry.file_name() != "target" {
                watched.push(entry.path());
            }
        }
    }
    for path in watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(())
}

/// Folders whose files are embedded, and the names of their lists.
const EMBEDDED: &[(&str, &str)] =
    &[("SCAFFOLDS", "assets/scaffolds"), ("SDK", "plugins/sdk/src"), ("WIT", "wit")];

/// Writes a constant with every file of a folder: its path below the folder, and its bytes.
fn list(code: &mut String, name: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    files_below(folder, &mut files)?;
    files.sort();
    writeln!(code, "pub(super) const {name}: &[(&str, &[u8])] = &[")?;
    for file in files {
        let below = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        writeln!(code, "({below:?}, include_bytes!({:?})),", file.display().to_string())?;
    }
    writeln!(code, "];")?;
    Ok(())
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
