//! The plugin of a project as it last could be built and loaded, while its author works on it.

use std::path::Path;

use pentimento_sandbox::LoadedPlugin;

use super::{Found, Project, Stage};
use crate::AppError;

/// A plugin that is exchanged for its newer self.
#[derive(Debug)]
pub struct Live {
    stage: Stage,
    current: Option<Version>,
}

/// One version of it.
#[derive(Clone, Debug)]
pub struct Version {
    /// The project it was built from, as it was then.
    pub project: Project,
    /// Where its component is.
    pub component: String,
    /// Ready to be asked.
    pub plugin: LoadedPlugin,
}

impl Live {
    /// No version yet.
    pub const fn on(stage: Stage) -> Self {
        Self { stage, current: None }
    }

    /// The version that could be loaded last.
    pub fn current(&self) -> Option<&Version> {
        self.current.as_ref()
    }

    /// Builds what the sources now say and takes it in place of the version before, whole or not
    /// at all: if anything of it fails, the version before stays, and so do the calls made to it.
    pub fn renew(&mut self, folder: &Path) -> Result<&Version, AppError> {
        let project = Project::open(folder)?;
        let found = Found::file(&project.built()?)?;
        let plugin = self.stage.load(project.manifest_text(), &found.component)?;
        Ok(self.current.insert(Version { project, component: found.place, plugin }))
    }
}
