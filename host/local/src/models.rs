//! Models as settings describe them, handed from the program to the process that it starts.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use pentimento_model::StepKey;
use serde::{Deserialize, Serialize};

use crate::{
    error::FileError,
    family::{Companion, Family, Pooling},
    limits::{LABEL_BYTES, LABELS, MODEL_BYTES},
};

/// The 80 kinds of COCO in their order, in `GenEval`'s words: those of the closed world.
const COCO: &str = include_str!("../../../assets/benchmarks/geneval/object_names.txt");

/// A file of a model.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct LocalFile {
    /// Where it is.
    pub path: PathBuf,
    /// The digest of the file as it was when the run began; `None` takes it as it is.
    pub digest: Option<String>,
}

impl LocalFile {
    /// A file as it is whenever it is read.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), digest: None }
    }

    /// The same under the digest that it has now.
    pub fn pinned(&self) -> Result<Self, FileError> {
        let digest = Some(StepKey::of([file(&self.path)?.as_slice()]).to_hex());
        Ok(Self { path: self.path.clone(), digest })
    }

    /// Its bytes, if it is still the one that was opened.
    pub fn bytes(&self) -> Result<Vec<u8>, FileError> {
        let bytes = file(&self.path)?;
        let now = StepKey::of([bytes.as_slice()]).to_hex();
        if self.digest.as_ref().is_some_and(|digest| *digest != now) {
            return Err(FileError::Changed { path: self.path.clone() });
        }
        Ok(bytes)
    }
}

/// One model.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct LocalModel {
    /// How it is fed and read.
    pub family: Family,
    /// Its graph.
    pub file: LocalFile,
    /// What its family needs beside the graph.
    pub companions: BTreeMap<Companion, LocalFile>,
    /// What becomes of the vectors of a text's tokens.
    pub pooling: Pooling,
    /// What a detector's kinds are called, in the graph's order.
    pub labels: Vec<String>,
    /// Pixels of a side of the square that it is shown; `None` leaves it to the graph.
    pub side: Option<usize>,
    /// Objects that it is less sure of are left out, 0 to 1.
    pub least_sure: f32,
    /// Of two boxes of one kind that overlap by more than this (intersection over union, 0 to 1), the
    /// surer one is kept.
    pub most_overlap: f32,
}

impl LocalModel {
    /// A model with the usual settings of its family.
    pub fn new(family: Family, file: impl Into<PathBuf>) -> Self {
        Self {
            family,
            file: LocalFile::new(file),
            companions: BTreeMap::new(),
            pooling: Pooling::default(),
            labels: Self::coco(),
            side: None,
            least_sure: Self::LEAST_SURE,
            most_overlap: Self::MOST_OVERLAP,
        }
    }

    /// Chosen on the photographs of docs/results.md, between what is missed and what is told for nothing.
    pub const LEAST_SURE: f32 = 0.4;
    /// The usual one of detectors (COCO's strict evaluations use it too).
    pub const MOST_OVERLAP: f32 = 0.5;

    /// The 80 kinds of COCO.
    pub fn coco() -> Vec<String> {
        COCO.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// True if these can be names of kinds.
    pub fn are_labels(labels: &[String]) -> bool {
        let good = |label: &String| {
            !label.trim().is_empty()
                && label.len() <= LABEL_BYTES
                && !label.chars().any(char::is_control)
        };
        (1..=LABELS).contains(&labels.len()) && labels.iter().all(good)
    }

    /// All its files.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut LocalFile> {
        std::iter::once(&mut self.file).chain(self.companions.values_mut())
    }
}

/// Models by name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct LocalModels(pub BTreeMap<String, LocalModel>);

impl LocalModels {
    /// As one argument of a program.
    pub fn to_argument(&self) -> String {
        // Writing a map of plain values cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same read back.
    pub fn from_argument(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// A model's file, if it is one, within its bound. Links are followed: settings that name files are the
/// user's own.
pub fn file(path: &Path) -> Result<Vec<u8>, FileError> {
    let (path, unreadable) =
        (path.to_owned(), |source| FileError::Read { path: path.to_owned(), source });
    // Before it is opened: opening a pipe waits for whoever writes into it.
    if !fs::metadata(&path).map_err(unreadable)?.is_file() {
        return Err(FileError::NoFile { path });
    }
    let opened = File::open(&path).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    if length > MODEL_BYTES as u64 {
        return Err(FileError::Huge { path });
    }
    let mut bytes = Vec::new();
    // One byte more: it may have grown since.
    opened.take(MODEL_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MODEL_BYTES { Err(FileError::Huge { path }) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
