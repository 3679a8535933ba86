//! The plugin contract for one project: `wit/`, with a world that imports what `plugin.toml` wants
//! and nothing else. Tools for other languages than Rust import whatever the world names, used or
//! not, and a plugin that imports more than it wants is not let in.
//!
//! What a facet is, and who is let in, is left to the sandbox.

use std::{fs, path::Path};

use pentimento_manifest::Manifest;

use super::{WorkbenchError, embedded, files};

/// Writes the contract for a plugin into `folder`, which is made, or emptied of older files.
pub(super) fn write(folder: &Path, manifest: &Manifest) -> Result<(), WorkbenchError> {
    let failed = |source| WorkbenchError::Write { path: folder.to_owned(), source };
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let wants: Vec<&str> = manifest.wants.keys().map(|facet| facet.as_str()).collect();
    for (name, text) in texts() {
        files::write(&folder.join(name), trimmed(text, &wants))?;
    }
    Ok(())
}

/// The files of `wit/` that are WIT, as they were when the program was built.
pub(super) fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_wit = |name: &str| Path::new(name).extension().is_some_and(|ending| ending == "wit");
    let texts = embedded::WIT.iter().filter(move |(name, _)| is_wit(name));
    texts.map(|(name, bytes)| (*name, str::from_utf8(bytes).unwrap_or_default()))
}

/// The text without imports of facets that are not wanted. An interface that others take types
/// from is imported by them in any case: it keeps its types and loses its functions.
fn trimmed(text: &str, wants: &[&str]) -> String {
    let mut kept = String::new();
    let mut bare = false;
    let mut skipping = false;
    for line in text.lines() {
        let word = line.trim();
        if let Some(name) = word.strip_prefix("import ").and_then(|rest| rest.strip_suffix(';')) {
            if !wants.contains(&name) {
                continue;
            }
        } else if let Some(name) = name_after(word, "interface ") {
            bare = name == HANDLES && !wants.contains(&name);
        } else if let Some(name) = name_after(word, "resource ").filter(|_| bare) {
            skipping = true;
            kept.push_str("    resource ");
            kept.push_str(name);
            kept.push_str(";\n");
            continue;
        }
        if !skipping {
            kept.push_str(line);
            kept.push('\n');
        }
        skipping = skipping && word != "}";
    }
    kept
}

/// The one facet whose types every role's interface uses: candidates and inputs are its handles.
const HANDLES: &str = "artifacts";

/// The name between a word and an opening brace.
fn name_after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    line.strip_prefix(word)?.strip_suffix('{').map(str::trim)
}

#[cfg(test)]
mod tests;
