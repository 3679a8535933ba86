//! Finds the plugin that a word on the command line means: a component, a project, one that comes with
//! the program, or one that was added.

use std::path::{Path, PathBuf};

use pentimento_sandbox::Inspection;

use pentimento_shelf::ShelfError;

use super::{
    Project, WorkbenchError,
    files::{read, read_text},
    project::{BUILT, MANIFEST_FILE},
};
use crate::{AppError, Bundled, Plugins, paths::LOCK_FILE};

/// A plugin as it was found, with nothing checked yet.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it was found: a path, `bundled` or `installed`.
    pub place: String,
    /// The text of its `plugin.toml`, if there is one.
    pub manifest: Option<String>,
    /// Its component.
    pub component: Vec<u8>,
}

impl Found {
    /// The plugin that a word means. A path comes before a bundled plugin's name.
    pub fn by(word: &str) -> Result<Self, WorkbenchError> {
        let path = Path::new(word);
        if path.is_dir() {
            let project = Project::open(path)?;
            let built = project.component_path();
            if !built.is_file() {
                return Err(WorkbenchError::NotBuilt { path: built });
            }
            let manifest = Some(project.manifest_text().to_owned());
            return Ok(Self { manifest, ..Self::file(&built)? });
        }
        if path.exists() {
            return Self::file(path);
        }
        let bundled = Bundled::find(word)
            .ok_or_else(|| WorkbenchError::NoSuchPlugin { word: word.to_owned() })?;
        Ok(Self::in_memory("bundled", bundled.component.to_owned()))
    }

    /// The plugin that a word means, or else the one of that name that was added to the project in this
    /// folder, whether or not it was let in.
    pub fn or_added(word: &str, folder: &Path) -> Result<Self, AppError> {
        let found = Self::by(word);
        if !matches!(found, Err(WorkbenchError::NoSuchPlugin { .. }))
            || !folder.join(LOCK_FILE).exists()
        {
            return Ok(found?);
        }
        let shelf = Plugins::shelf(folder)?;
        match shelf.locked(word) {
            Ok(plugin) => Ok(Self::in_memory("installed", shelf.verify(&plugin)?)),
            Err(ShelfError::Unknown { .. }) => Ok(found?),
            Err(error) => Err(error.into()),
        }
    }

    fn in_memory(place: &str, component: Vec<u8>) -> Self {
        let manifest = pentimento_manifest::extract(&component).ok();
        Self { place: place.to_owned(), manifest, component }
    }

    /// A component's file, with the `plugin.toml` that it carries, or else the one that lies beside
    /// it or belongs to its project.
    pub fn file(path: &Path) -> Result<Self, WorkbenchError> {
        let component = read(path, Inspection::MOST_BYTES as u64)?;
        let manifest = match pentimento_manifest::extract(&component) {
            Ok(manifest) => Some(manifest),
            Err(_) => manifest_of(path).map(|path| read_text(&path)).transpose()?,
        };
        Ok(Self { place: path.display().to_string(), manifest, component })
    }
}

/// The manifest beside a component, or that of the project whose product it is.
fn manifest_of(component: &Path) -> Option<PathBuf> {
    let folder = component.parent()?;
    let project = folder.ends_with(BUILT).then(|| folder.join("../..").join(MANIFEST_FILE));
    [Some(folder.join(MANIFEST_FILE)), project].into_iter().flatten().find(|path| path.is_file())
}
