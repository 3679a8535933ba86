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

/// The folder of one artifact: by the first two digits, so that no folder grows large.
pub(crate) fn shelf(folder: &Path, id: ArtifactId) -> PathBuf {
    let digits: String = id.to_hex().chars().take(2).collect();
    artifacts(folder).join(digits)
}

/// The file of one artifact.
pub(crate) fn artifact(folder: &Path, id: ArtifactId, media_type: MediaType) -> PathBuf {
    shelf(folder, id).join(format!("{id}.{}", media_type.extension()))
}

/// Where an artifact is written before it gets its name.
pub(crate) fn aside(artifact: &Path) -> PathBuf {
    artifact.with_added_extension("part")
}
