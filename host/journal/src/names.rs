//! The names of the files in a run folder, in one place.

use std::path::{Path, PathBuf};

use pentimento_model::{ArtifactId, MediaType};

/// The event log of a run folder.
pub(crate) fn journal(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}

/// The folder of runs that a run folder is in.
pub(crate) fn runs(folder: &Path) -> &Path {
    let here = Path::new(".");
    folder.parent().map_or(here, |runs| if runs.as_os_str().is_empty() { here } else { runs })
}

/// The lock of a run folder.
pub(crate) fn lock(folder: &Path) -> PathBuf {
    folder.join("lock")
}

/// The folder of all artifacts.
pub(crate) fn artifacts(folder: &Path) -> PathBuf {
    folder.join("artifacts")
}

/// The file of one artifact. All stand in one folder: making a folder takes as long as making a file, and
/// a run has some dozens.
pub(crate) fn artifact(folder: &Path, id: ArtifactId, media_type: MediaType) -> PathBuf {
    artifacts(folder).join(file_name(id, media_type))
}

/// Where it stands in archives, and in runs of before: in a folder named by its first two digits.
pub(crate) fn shelved(folder: &Path, id: ArtifactId, media_type: MediaType) -> PathBuf {
    let digits: String = id.to_hex().chars().take(2).collect();
    artifacts(folder).join(digits).join(file_name(id, media_type))
}

fn file_name(id: ArtifactId, media_type: MediaType) -> String {
    format!("{id}.{}", media_type.extension())
}

/// Where an artifact is written before it gets its name.
pub(crate) fn aside(artifact: &Path) -> PathBuf {
    artifact.with_added_extension("part")
}
