//! Drift is a failing check: floors, owners of dependencies, sizes, module pages, forbidden words.
//!
//! Each rule is a plain function from text to complaints; this file only reads the tree.

mod manifests;
mod sources;
mod tried;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;
use walkdir::WalkDir;

/// The tree could not be read.
#[derive(Debug, Error)]
#[error("could not read `{}`", path.display())]
pub(crate) struct TidyError {
    path: PathBuf,
    source: io::Error,
}

/// Folders with our own code.
const CODE: [&str; 3] = ["host", "plugins", "tests"];

/// Every complaint about the tree at `root`, one sentence each, in a fixed order.
pub(crate) fn problems(root: &Path) -> Result<Vec<String>, TidyError> {
    let mut problems = Vec::new();
    for path in files(root, &CODE) {
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let text = || read(&path);
        if name.ends_with("/Cargo.toml") {
            problems.extend(manifests::problems(&name, &text()?));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            problems.extend(sources::problems(&name, &text()?));
        }
    }
    problems.extend(without_provenance(root));
    problems.extend(untried(root)?);
    Ok(problems)
}

/// What is tried against the host is told on a page, whole and true.
fn untried(root: &Path) -> Result<Vec<String>, TidyError> {
    let page = read(&root.join(tried::PAGE))?;
    let mut problems = tried::gone(&page, |file| read(&root.join(file)).ok());
    for file in tried::LIMITS {
        problems.extend(tried::untold(&page, file, &read(&root.join(file))?));
    }
    Ok(problems)
}

/// Data of others must say where it comes from.
fn without_provenance(root: &Path) -> Vec<String> {
    let folders = WalkDir::new(root.join("assets/benchmarks")).min_depth(1).max_depth(1);
    let folders = folders.sort_by_file_name().into_iter().filter_map(Result::ok);
    folders
        .filter(|folder| folder.file_type().is_dir())
        .filter(|folder| !folder.path().join("PROVENANCE.txt").is_file())
        .map(|folder| {
            let name = folder.file_name().to_string_lossy().into_owned();
            format!("assets/benchmarks/{name}: no PROVENANCE.txt")
        })
        .collect()
}

fn files(root: &Path, folders: &[&str]) -> Vec<PathBuf> {
    let hidden = |name: &str| name == "target" || name.starts_with("target-");
    let mut files = Vec::new();
    for folder in folders {
        let entries = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
        let entries = entries.filter_entry(|entry| !hidden(&entry.file_name().to_string_lossy()));
        let entries = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        files.extend(entries.map(walkdir::DirEntry::into_path));
    }
    files
}

fn read(path: &Path) -> Result<String, TidyError> {
    fs::read_to_string(path).map_err(|source| TidyError { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let problems = problems(&root).unwrap();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
