//! The workflows of a `ComfyUI` server: the user's own files, or those that come along.
//!
//! A project's file cannot name any: some nodes run code on the server.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use pentimento_model::{Abilities, Ability};
use pentimento_provider::{Kind, Workflow, Workflows, limits};

use super::{known::own_file, options::ProviderOptions};
use crate::{error::AppError, paths};

/// For any checkpoint that the nodes of `ComfyUI` itself can use.
const USUAL: [&str; 3] = [
    include_str!("../../../../assets/workflows/generate.json"),
    include_str!("../../../../assets/workflows/edit.json"),
    include_str!("../../../../assets/workflows/inpaint.json"),
];

/// Where the workflows of a provider are; `None` for those that come along.
pub(super) type Files = Option<[Option<PathBuf>; 4]>;

/// The files that settings name.
pub(super) fn files(name: &str, kind: Kind, options: &ProviderOptions) -> Result<Files, AppError> {
    let ProviderOptions { workflow, edit_workflow, inpaint_workflow, references_workflow, .. } =
        options;
    let files = [workflow, edit_workflow, inpaint_workflow, references_workflow].map(Clone::clone);
    if files.iter().all(Option::is_none) {
        return Ok(None);
    }
    if kind != Kind::ComfyUi {
        let problem = format!("a workflow of provider `{name}` means nothing to `{kind}`");
        let hint = "take it out: it is for servers of the kind `comfyui`".to_owned();
        return Err(AppError::Setting { name: "providers", problem, hint });
    }
    if workflow.is_none() {
        let problem =
            format!("provider `{name}` has a workflow that changes pictures and none that paints");
        let hint = "name one as `workflow`".to_owned();
        return Err(AppError::Setting { name: "providers", problem, hint });
    }
    Ok(Some(files))
}

/// Refuses a workflow that a project's file names.
pub(super) fn check_stranger(name: &str, files: &Files) -> Result<(), AppError> {
    if files.is_none() {
        return Ok(());
    }
    Err(AppError::Setting {
        name: "providers",
        problem: format!("the project would have a workflow run at provider `{name}`"),
        hint: format!("if you want it, describe the provider in {}", own_file()),
    })
}

/// What can be done with these.
pub(super) fn abilities(kind: Kind, files: &Files) -> Abilities {
    let abilities = kind.abilities();
    let Some([_, edit, inpaint, references]) = files else {
        // Of those that come along, none takes feedback.
        return if kind == Kind::ComfyUi {
            abilities.without(Ability::References)
        } else {
            abilities
        };
    };
    let own =
        [(edit, Ability::Edit), (inpaint, Ability::Inpaint), (references, Ability::References)];
    let missing = own.into_iter().filter(|(file, _)| file.is_none());
    missing.fold(abilities, |abilities, (_, ability)| abilities.without(ability))
}

/// Reads them. A path is below the folder of the user's own settings unless it is whole.
pub(super) fn read(files: &Files) -> Result<Workflows, AppError> {
    let usual = |text: &str| checked(text, Path::new("the workflow that comes along"));
    let Some([generate, edit, inpaint, references]) = files else {
        let [generate, edit, inpaint] = USUAL.map(usual);
        let (edit, inpaint) = (Some(edit?), Some(inpaint?));
        return Ok(Workflows { generate: generate?, edit, inpaint, references: None });
    };
    let own = |file: &Option<PathBuf>| file.as_deref().map(from_file).transpose();
    let generate = match own(generate)? {
        Some(workflow) => workflow,
        None => usual(USUAL[0])?,
    };
    let (edit, inpaint, references) = (own(edit)?, own(inpaint)?, own(references)?);
    Ok(Workflows { generate, edit, inpaint, references })
}

fn from_file(path: &Path) -> Result<Workflow, AppError> {
    let folder = paths::user_settings().and_then(|file| file.parent().map(Path::to_owned));
    let path = folder.unwrap_or_default().join(path);
    let mut text = String::new();
    // One byte more, so that a file that is too long is told from one that fits.
    let most = limits::WORKFLOW_BYTES as u64 + 1;
    let read = File::open(&path).and_then(|file| file.take(most).read_to_string(&mut text));
    read.map_err(|source| AppError::ReadSettings { path: path.clone(), source })?;
    checked(&text, &path)
}

fn checked(text: &str, path: &Path) -> Result<Workflow, AppError> {
    Workflow::read(text).map_err(|error| {
        let mut problem = format!("`{}` is no workflow: {error}", path.display());
        if let Some(cause) = std::error::Error::source(&error) {
            problem = format!("{problem}: {cause}");
        }
        AppError::Setting {
            name: "providers",
            problem,
            hint: "docs/models.md tells which places a workflow has".to_owned(),
        }
    })
}
