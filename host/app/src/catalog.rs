//! All runs of a folder, known without reading every journal: from an index beside them.
//!
//! The index is made anew from the journals wherever it is missing, old or of no use, so it may be
//! deleted at any time. What makes a run fit a search is `filter.rs`; moving runs is `archive.rs`.

mod archive;
mod filter;

use std::{collections::BTreeMap, fs, path::Path};

use pentimento_journal::{FolderError, FoundRun};
use pentimento_report::{Indexed, Row, Standing};

use crate::{Stored, error::AppError, products};

pub use archive::{export, export_to, hint, import, import_from, is_lost, remove, sweep, verify};
pub use filter::{Filter, Moment};

/// The index, in the folder of runs. No run can have that name.
const INDEX: &str = ".index.jsonl";

/// Largest index that is read: that of a million runs.
const MOST_INDEX_BYTES: u64 = 1024 * 1024 * 1024;

/// A run of the catalog.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What is known of it.
    pub row: Row,
    /// Its folder and its journal, as it was when the row was made.
    found: FoundRun,
}

impl Listed {
    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.found.path
    }
}

/// All runs of a folder.
#[derive(Debug)]
pub struct Catalog {
    /// Newest first; those whose journal cannot be read last.
    pub runs: Vec<Listed>,
    /// How many journals had to be read.
    pub read: usize,
    /// The index could not be written, so that the next listing reads as much again.
    pub unwritten: Option<std::io::Error>,
}

impl Catalog {
    /// Lists a folder of runs. One that does not exist is empty.
    pub fn open(runs_dir: &Path) -> Result<Self, AppError> {
        let found = pentimento_journal::folders(runs_dir)?;
        let path = runs_dir.join(INDEX);
        let mut known: BTreeMap<String, Indexed> =
            read(&path).into_iter().map(|line| (line.row.run.clone(), line)).collect();
        let before = known.len();
        let (mut lines, mut folders, mut read) = (Vec::new(), Vec::new(), 0);
        for one in found {
            let line = known.remove(one.run.as_str()).filter(|line| is_of(line, &one));
            lines.push(line.unwrap_or_else(|| {
                read += 1;
                look_into(&one)
            }));
            folders.push(one);
        }
        let is_as_before = read == 0 && before == lines.len();
        let unwritten = if is_as_before { None } else { write(&path, &lines).err() };
        let listed = |(line, found): (Indexed, FoundRun)| Listed { row: line.row, found };
        let mut runs: Vec<_> = lines.into_iter().zip(folders).map(listed).collect();
        runs.sort_by(|one, other| order(other).cmp(&order(one)));
        Ok(Self { runs, read, unwritten })
    }
}

/// The newest are the greatest; names settle what began at the same moment.
fn order(one: &Listed) -> (&str, std::cmp::Reverse<&str>) {
    (&one.row.started, std::cmp::Reverse(&one.row.run))
}

/// What another version of this program could not read, this one perhaps can.
fn is_of(line: &Indexed, found: &FoundRun) -> bool {
    let unread = matches!(line.row.standing, Standing::Newer | Standing::Damaged);
    !unread && (line.bytes, line.changed) == (found.bytes, found.changed)
}

fn look_into(found: &FoundRun) -> Indexed {
    let run = found.run.as_str();
    let summary = Stored::read(&found.path).and_then(|stored| stored.summary());
    let row = match summary {
        // A folder that was renamed is known by its folder's name.
        Ok(summary) => Row { run: run.to_owned(), ..Row::of(&summary) },
        Err(error) => Row::unread(run, standing(&error), error.to_string()),
    };
    Indexed { bytes: found.bytes, changed: found.changed, row }
}

/// Where a run stands that cannot be read.
pub const fn standing(error: &AppError) -> Standing {
    match error {
        AppError::Folder(FolderError::Newer { .. }) => Standing::Newer,
        _ => Standing::Damaged,
    }
}

/// The lines that can be used; an index that cannot be read is none.
fn read(path: &Path) -> Vec<Indexed> {
    let small = |metadata: fs::Metadata| metadata.is_file() && metadata.len() <= MOST_INDEX_BYTES;
    if !fs::metadata(path).is_ok_and(small) {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    pentimento_report::index_from_json(&text)
}

fn write(path: &Path, lines: &[Indexed]) -> std::io::Result<()> {
    if lines.is_empty() && !path.exists() {
        return Ok(());
    }
    let text = pentimento_report::index_to_json(lines)?;
    products::replace(path, text.as_bytes())
}

#[cfg(test)]
mod tests;
