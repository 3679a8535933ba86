//! A plugin's project: a folder with a `plugin.toml`, sources, and golden cases.
//!
//! How each language is built stands in a file of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use pentimento_manifest::Manifest;
use pentimento_sandbox::Inspection;

use super::{WorkbenchError, files, javascript, python, rust};
use crate::products;

/// The file that says who a plugin is.
pub(super) const MANIFEST_FILE: &str = "plugin.toml";

/// Where built components are put, inside the project.
pub(super) const BUILT: &str = "target/plugin";

/// Folders that are no sources: products, downloads, and cases (which need no new build).
pub(super) const NOT_SOURCES: &[&str] = &["target", "cases", "node_modules", "__pycache__"];

/// A language plugins are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A cargo package that is a `cdylib`.
    Rust,
    /// A folder with a `requirements.txt` that names componentize-py.
    Python,
    /// A folder with a `package.json` that names componentize-js.
    JavaScript,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Rust, Self::Python, Self::JavaScript];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Python => "python",
            Self::JavaScript => "javascript",
        }
    }

    /// The file by which a project of this language is known.
    const fn sign(self) -> &'static str {
        match self {
            Self::Rust => "Cargo.toml",
            Self::Python => python::REQUIREMENTS,
            Self::JavaScript => javascript::PACKAGE,
        }
    }

    /// The language of the project in this folder.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        Self::ALL.into_iter().find(|language| folder.join(language.sign()).is_file())
    }
}

/// A plugin's project.
#[derive(Clone, Debug)]
pub struct Project {
    folder: PathBuf,
    manifest: Manifest,
    manifest_text: String,
}

impl Project {
    /// Opens the project in a folder.
    pub fn open(folder: &Path) -> Result<Self, WorkbenchError> {
        if !folder.is_dir() {
            return Err(WorkbenchError::NoFolder { path: folder.to_owned() });
        }
        let path = folder.join(MANIFEST_FILE);
        if !path.exists() {
            return Err(WorkbenchError::NoManifest { path: folder.to_owned() });
        }
        let manifest_text = files::read_text(&path)?;
        let manifest = Manifest::parse(&manifest_text);
        let manifest = manifest.map_err(|source| WorkbenchError::Manifest { path, source })?;
        Ok(Self { folder: folder.to_owned(), manifest, manifest_text })
    }

    /// What the author says of the plugin.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The text of its `plugin.toml`.
    pub fn manifest_text(&self) -> &str {
        &self.manifest_text
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder as other programs can use it, wherever they run.
    pub(super) fn absolute(&self) -> Result<PathBuf, WorkbenchError> {
        let failed = |source| WorkbenchError::Read { path: self.folder.clone(), source };
        std::path::absolute(&self.folder).map_err(failed)
    }

    /// Where its component is, once it is built.
    pub fn component_path(&self) -> PathBuf {
        self.folder.join(BUILT).join(format!("{}.wasm", self.manifest.name))
    }

    /// Its language; an error if no file tells.
    pub fn language(&self) -> Result<Language, WorkbenchError> {
        let unknown = || WorkbenchError::NoLanguage { path: self.folder.clone() };
        Language::of(&self.folder).ok_or_else(unknown)
    }

    /// Builds the component and returns where it is.
    pub fn build(&self) -> Result<PathBuf, WorkbenchError> {
        let built = match self.language()? {
            Language::Rust => rust::build(&self.folder)?,
            Language::Python => python::build(self)?,
            Language::JavaScript => javascript::build(self)?,
        };
        let path = self.component_path();
        let failed = |source| WorkbenchError::Write { path: path.clone(), source };
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(failed)?;
        let component = files::read(&built, Inspection::MOST_BYTES as u64)?;
        let component = pentimento_manifest::embed(&component, &self.manifest_text)
            .map_err(|source| WorkbenchError::Manifest { path: built.clone(), source })?;
        products::replace(&path, &component).map_err(failed)?;
        Ok(path)
    }

    /// The component, built first if it is missing or older than a source.
    pub fn built(&self) -> Result<PathBuf, WorkbenchError> {
        let path = self.component_path();
        let made = fs::metadata(&path).and_then(|file| file.modified());
        match (made, Language::of(&self.folder)) {
            (Ok(_), None) => Ok(path),
            (Err(_), None) => Err(WorkbenchError::NotBuilt { path }),
            (Ok(made), Some(_)) if !has_newer(&self.folder, made) => Ok(path),
            _ => self.build(),
        }
    }
}

/// True if a source below `folder` was changed after `made`. What cannot be read counts as
/// changed: the build will tell.
fn has_newer(folder: &Path, made: SystemTime) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return true };
    entries.into_iter().any(|entry| {
        let Ok(entry) = entry else { return true };
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { return true };
        if name.starts_with('.') || (kind.is_dir() && NOT_SOURCES.contains(&&*name)) {
            return false;
        }
        if kind.is_dir() {
            return has_newer(&entry.path(), made);
        }
        let changed = entry.metadata().and_then(|file| file.modified());
        changed.is_ok_and(|changed| changed > made)
    })
}
