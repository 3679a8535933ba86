//! Makes the eye's templates from the sprites: what each class looks like on a small grid.
//!
//! Runs on the host and writes two files into `OUT_DIR`: the nouns, and a table of bytes that
//! `src/templates.rs` reads. Measuring follows the easel (host/easel: `sprites.rs`, `ramps.rs`),
//! and a test compares the two.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "rasters have a few hundred pixels a side"
)]

#[path = "src/grid.rs"]
mod grid;
#[path = "build/silhouette.rs"]
mod silhouette;
#[path = "build/template.rs"]
mod template;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let sprites = manifest.join("../../assets/sprites");
    println!("cargo::rerun-if-changed={}", sprites.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/grid.rs");
    let mut nouns = String::new();
    let mut table = Vec::new();
    for path in drawings(&sprites)? {
        let text = fs::read_to_string(&path)?;
        let stem = path.file_stem().ok_or("a sprite without a name")?.to_string_lossy();
        table.extend(template::template(&text).map_err(|what| format!("{stem}: {what}"))?);
        nouns.push_str(&stem.replace('-', " "));
        nouns.push('\n');
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("nouns.txt"), nouns)?;
    fs::write(out.join("templates.bin"), table)?;
    Ok(())
}

/// All sprites, in alphabetical order of their nouns.
fn drawings(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "svg") {
            paths.push(path);
        }
    }
    paths.sort_by_key(|path| path.file_stem().map(ToOwned::to_owned));
    Ok(paths)
}
