//! `plugin build`: turns a project into a component, with the compiler of its language.

use std::path::PathBuf;

use clap::Args;
use pentimento_app::{AppError, workbench::Project};
use serde_json::json;

use crate::{args::GlobalFlags, exit::Exit, fail::Failure, output};

/// Which project.
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Folder with the plugin's `plugin.toml` and sources
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(flags: &Flags, global: GlobalFlags) -> Result<Exit, Failure> {
    let project = Project::open(&flags.folder).map_err(AppError::from)?;
    let language = project.language().map_err(AppError::from)?;
    if !global.quiet {
        output::note(&format!("building {} ({})", project.manifest().name, language.as_str()));
    }
    let path = project.build().map_err(AppError::from)?;
    let value = json!({ "component": output::path(&path), "language": language.as_str() });
    output::result(global.format, &output::path(&path), &value)?;
    Ok(Exit::Done)
}
