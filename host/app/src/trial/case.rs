//! The file of one golden case: read, checked against the plugin's role, its pictures loaded.
//!
//! Comparing is left to `expect.rs`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
};

use pentimento_manifest::Role;
use pentimento_model::{Argument, Artifact, MediaType};
use serde::Deserialize;

use super::{
    Task, TrialError,
    expect::{Expected, RawExpect},
};
use crate::workbench::{read, read_text};

/// Bytes of a picture or text that a case gives to the plugin.
const GIVEN_BYTES: u64 = 16 << 20;

/// Endings of files and what is in them.
const ENDINGS: &[(&str, MediaType)] = &[
    ("png", MediaType::Png),
    ("jpg", MediaType::Jpeg),
    ("jpeg", MediaType::Jpeg),
    ("txt", MediaType::Text),
    ("md", MediaType::Text),
    ("json", MediaType::Text),
];

/// The keys of a case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCase {
    about: String,
    #[serde(default)]
    idea: String,
    candidate: Option<String>,
    text: Option<String>,
    #[serde(default)]
    inputs: Vec<String>,
    #[serde(default)]
    arguments: BTreeMap<String, String>,
    #[serde(default)]
    settings: BTreeMap<String, String>,
    expect: RawExpect,
}

/// One golden case, with everything it gives to the plugin.
#[derive(Clone, Debug)]
pub struct Case {
    name: String,
    about: String,
    settings: BTreeMap<String, String>,
    task: Task,
    expected: Expected,
}

impl Case {
    /// Reads the case in a file, for a plugin of this role.
    pub fn read(path: &Path, role: Role) -> Result<Self, TrialError> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let failed = |source| TrialError::Read { case: name.clone(), source };
        let text = read_text(path).map_err(failed)?;
        let raw: RawCase = match toml::from_str(&text) {
            Ok(raw) => raw,
            Err(source) => {
                let (path, source) = (path.to_owned(), Box::new(source));
                return Err(TrialError::Parse { path, source });
            }
        };
        let impossible =
            |problem: String| TrialError::Impossible { path: path.to_owned(), problem };
        check_shape(&raw, role).map_err(impossible)?;
        let expected = Expected::checked(raw.expect, role).map_err(impossible)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let load = |file: &String| {
            let media_type = media_type(file).map_err(impossible)?;
            let bytes = read(&folder.join(file), GIVEN_BYTES).map_err(failed)?;
            Ok(Artifact::new(media_type, bytes))
        };
        let candidate = match (&raw.candidate, raw.text) {
            (Some(file), _) => Some(load(file)?),
            (None, Some(text)) => Some(Artifact::new(MediaType::Text, text.into_bytes())),
            (None, None) => None,
        };
        let inputs = raw.inputs.iter().map(load).collect::<Result<_, _>>()?;
        let arguments = raw.arguments.into_iter();
        let arguments = arguments.map(|(name, value)| Argument { name, value }).collect();
        let task = Task { idea: raw.idea, candidate, inputs, arguments };
        Ok(Self { name, about: raw.about, settings: raw.settings, task, expected })
    }

    /// Its name: that of its file, without the ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it shows.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// What the operator would have configured.
    pub(crate) fn settings(&self) -> &BTreeMap<String, String> {
        &self.settings
    }

    /// What the plugin is given.
    pub(crate) fn task(&self) -> &Task {
        &self.task
    }

    /// What must come back.
    pub fn expected(&self) -> &Expected {
        &self.expected
    }
}

/// All cases of a folder, by name. An empty or missing folder is an error.
pub fn cases_in(folder: &Path, role: Role) -> Result<Vec<Case>, TrialError> {
    let none = || TrialError::None { path: folder.to_owned() };
    let entries = fs::read_dir(folder).map_err(|_| none())?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    if files.is_empty() {
        return Err(none());
    }
    files.iter().map(|file| Case::read(file, role)).collect()
}

/// Assessors look at one candidate; tools take arguments and any number of inputs.
fn check_shape(raw: &RawCase, role: Role) -> Result<(), String> {
    let refuse = |problem: &str| Err(problem.to_owned());
    if raw.about.trim().is_empty() {
        return refuse("`about` must say what the case shows");
    }
    let candidates = usize::from(raw.candidate.is_some()) + usize::from(raw.text.is_some());
    match (role, candidates) {
        (Role::Tool, 1..) => refuse("a tool has no candidate: name files in `inputs`"),
        (Role::Tool, 0) => Ok(()),
        (_, 0) => refuse("it needs a `candidate` (a file beside it) or a `text`"),
        (_, 2..) => refuse("it has a `candidate` and a `text`; one is enough"),
        (_, 1) if !raw.inputs.is_empty() || !raw.arguments.is_empty() => {
            Err(format!("`inputs` and `arguments` are for tools, and this is a {role}"))
        }
        (_, 1) => Ok(()),
    }
}

/// What is in a file beside the case, by its ending.
fn media_type(file: &str) -> Result<MediaType, String> {
    let path = Path::new(file);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("`{file}` does not lie beside the case"));
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let known = ENDINGS.iter().find(|(known, _)| *known == ending);
    known.map(|(_, media_type)| *media_type).ok_or_else(|| {
        let endings: Vec<_> = ENDINGS.iter().map(|(ending, _)| *ending).collect();
        format!("`{file}` must end in one of {}", endings.join(", "))
    })
}

#[cfg(test)]
mod tests;
