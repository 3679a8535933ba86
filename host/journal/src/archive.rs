//! A run as one file that another machine can open, check and go on with.
//!
//! An archive is a tar file with `RUN/journal.jsonl` first and `RUN/artifacts/…` after it: the whole
//! lines of the journal and every artifact they name, and nothing else. Texts that stand in the journal
//! are there once more, for programs that look for files. The same run gives the same bytes. It comes from anywhere when it is opened: a name leads to a file only if it is exactly the
//! one that belongs there, links and other oddities are refused, everything is bounded, and the run
//! appears in the folder of runs only after it was checked.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use pentimento_model::{Artifact, ArtifactId, MediaType, RunEvent, RunId};
use tar::{Archive, Builder, Entry, EntryType, Header};

use crate::{
    FolderError, FoundRun, PastRun,
    artifacts::{Artifacts, sync_folder},
    check::artifacts_of,
    limits::{MOST_ARCHIVE_ENTRIES, MOST_ARTIFACT_BYTES, MOST_JOURNAL_BYTES, MOST_PADDING_BYTES},
    lock::Lock,
    names,
    past_run::{read_bytes, read_kept},
};

/// How the name of a run's folder begins that is being removed. No run is called so.
const REMOVED: &str = ".removed-";

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The run.
    pub run: RunId,
    /// Its events.
    pub events: usize,
    /// Its artifacts.
    pub artifacts: usize,
}

/// Writes a run as an archive. Whatever its journal names must be there and unchanged.
pub fn pack(folder: &Path, out: impl Write) -> Result<Packed, FolderError> {
    // Somebody may be writing: what is sent is what was made sense of.
    let (bytes, readable) = read_kept(folder)?;
    let end = usize::try_from(readable.whole_bytes).unwrap_or(bytes.len());
    let past = PastRun::of(folder, readable);
    let run = run_of(&past).ok_or_else(|| bad("its journal does not say how the run began"))?;
    let mut archive = Builder::new(out);
    let inside = Path::new(run.as_str());
    add(&mut archive, &names::journal(inside), bytes.get(..end).unwrap_or(&bytes))?;
    let named = artifacts_of(&past.events);
    for id in &named {
        let artifact = past.load(*id)?;
        add(&mut archive, &names::shelved(inside, *id, artifact.media_type), &artifact.bytes)?;
    }
    archive.into_inner().and_then(|mut out| out.flush()).map_err(unwritten)?;
    Ok(Packed { run, events: past.events.len(), artifacts: named.len() })
}

/// Takes a run from an archive into a folder of runs, under its own name, and says where it is.
pub fn unpack(runs: &Path, archive: impl Read) -> Result<(Packed, PathBuf), FolderError> {
    fs::create_dir_all(runs).map_err(FolderError::io("create", runs))?;
    let aside = runs.join(format!(".import-{}", std::process::id()));
    // What an import left behind that was killed, under the number of a process that is no more.
    remove(&aside)?;
    fs::create_dir(&aside).map_err(FolderError::io("create", &aside))?;
    let result = unpack_aside(&aside, archive).and_then(|packed| {
        let place = runs.join(packed.run.as_str());
        if place.exists() {
            return Err(FolderError::Exists { path: place });
        }
        fs::rename(&aside, &place).map_err(FolderError::io("rename", &aside))?;
        sync_folder(runs)?;
        Ok((packed, place))
    });
    if result.is_err() {
        // The first error is the one to tell.
        let _ = remove(&aside);
    }
    result
}

/// Removes a run's folder, unless somebody is writing to it, or has been since it was found: whoever chose it
/// by how it stood then did not choose what it has come to.
pub fn discard(found: &FoundRun) -> Result<(), FolderError> {
    let folder = &found.path;
    let lock = Lock::take(folder)?;
    if !found.is_as_found() {
        return Err(FolderError::WentOn { path: folder.clone() });
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.with_file_name(format!("{REMOVED}{name}"));
    remove(&aside)?;
    // In one step, so that a crash leaves the whole run or none.
    fs::rename(folder, &aside).map_err(FolderError::io("rename", folder))?;
    drop(lock);
    remove(&aside)
}

/// Removes what is left of runs because a program was killed while it removed them.
pub fn sweep(runs: &Path) -> Result<(), FolderError> {
    let entries = match fs::read_dir(runs) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(FolderError::io("read", runs))?,
    };
    for entry in entries {
        let entry = entry.map_err(FolderError::io("read", runs))?;
        if entry.file_name().to_string_lossy().starts_with(REMOVED) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), FolderError> {
    match fs::remove_dir_all(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(FolderError::io("remove", path)(source))
        }
        _ => Ok(()),
    }
}

fn unpack_aside(aside: &Path, archive: impl Read) -> Result<Packed, FolderError> {
    let artifacts = Artifacts::of(aside);
    let folder = names::artifacts(aside);
    fs::create_dir(&folder).map_err(FolderError::io("create", &folder))?;
    let mut archive = Archive::new(archive);
    let mut entries = archive.entries().map_err(unreadable)?;
    let first = entries.next().ok_or_else(|| bad("it is empty"))?.map_err(unreadable)?;
    let run = journal_from(first, aside)?;
    let (_, readable) = read_bytes(aside).map_err(of_the_archive)?;
    let past = PastRun::of(aside, readable);
    if run_of(&past).as_ref() != Some(&run) {
        return Err(bad("its journal is that of another run"));
    }
    let named = artifacts_of(&past.events);
    let mut found = BTreeSet::new();
    for (number, entry) in entries.enumerate() {
        if number >= MOST_ARCHIVE_ENTRIES {
            return Err(bad("it has more files than any run"));
        }
        let artifact = artifact_from(entry.map_err(unreadable)?, &run)?;
        if !named.contains(&artifact.id) {
            return Err(bad(&format!("no event names the artifact `{}`", artifact.id.short())));
        }
        if !past.is_in_journal(artifact.id) {
            artifacts.store(&artifact)?;
        }
        found.insert(artifact.id);
    }
    nothing_more(archive.into_inner())?;
    let is_missing = |id: &&ArtifactId| !past.is_in_journal(**id);
    if let Some(id) = named.difference(&found).find(is_missing) {
        return Err(bad(&format!("the artifact `{}` is missing from it", id.short())));
    }
    Ok(Packed { run, events: past.events.len(), artifacts: named.len() })
}

/// Behind the end, programs that write archives fill up a block with zeros, and nothing else.
fn nothing_more(rest: impl Read) -> Result<(), FolderError> {
    let mut bytes = Vec::new();
    rest.take(MOST_PADDING_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_PADDING_BYTES || bytes.iter().any(|byte| *byte != 0) {
        return Err(bad("there is something behind its end"));
    }
    Ok(())
}

/// Writes the journal that an archive begins with, and says whose it claims to be.
fn journal_from(entry: Entry<'_, impl Read>, aside: &Path) -> Result<RunId, FolderError> {
    let (name, bytes) = file(entry, MOST_JOURNAL_BYTES)?;
    let run = name.strip_suffix("/journal.jsonl").and_then(RunId::new);
    let run = run.ok_or_else(|| bad("it does not begin with a run's journal"))?;
    let path = names::journal(aside);
    let written = File::create_new(&path).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.map_err(FolderError::io("write", &path))?;
    Ok(run)
}

fn artifact_from(entry: Entry<'_, impl Read>, run: &RunId) -> Result<Artifact, FolderError> {
    let (name, bytes) = file(entry, MOST_ARTIFACT_BYTES)?;
    let known = || {
        let (stem, ending) = name.rsplit('/').next()?.split_once('.')?;
        let id = ArtifactId::from_hex(stem)?;
        let media_type = MediaType::ALL.into_iter().find(|one| one.extension() == ending)?;
        let expected = names::shelved(Path::new(run.as_str()), id, media_type);
        (expected.to_str()? == name).then_some((id, media_type))
    };
    let (id, media_type) = known().ok_or_else(|| bad("a file in it is no artifact of the run"))?;
    let artifact = Artifact::new(media_type, bytes);
    if artifact.id != id {
        return Err(bad(&format!("the artifact `{}` is damaged", id.short())));
    }
    Ok(artifact)
}

/// The name and bytes of a plain file.
fn file(mut entry: Entry<'_, impl Read>, most: u64) -> Result<(String, Vec<u8>), FolderError> {
    if entry.header().entry_type() != EntryType::Regular {
        return Err(bad("it holds something that is no plain file"));
    }
    if entry.size() > most {
        return Err(bad("a file in it is larger than any of a run"));
    }
    let name = String::from_utf8(entry.path_bytes().into_owned())
        .map_err(|_| bad("a name in it is no text"))?;
    // The size is a stranger's claim: memory is taken as bytes come.
    let mut bytes = Vec::new();
    entry.by_ref().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 != entry.size() {
        return Err(bad("it ends in the middle of a file"));
    }
    Ok((name, bytes))
}

fn add(archive: &mut Builder<impl Write>, name: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    // No times, owners or modes of this machine.
    let mut header = Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_entry_type(EntryType::Regular);
    archive.append_data(&mut header, name, bytes).map_err(unwritten)
}

fn run_of(past: &PastRun) -> Option<RunId> {
    past.events.first().and_then(|first| match &first.event {
        RunEvent::RunStarted { run, .. } => Some(run.clone()),
        _ => None,
    })
}

fn bad(problem: &str) -> FolderError {
    FolderError::Archive { problem: problem.to_owned() }
}

/// What is wrong with a journal out of an archive is told of the archive: the place where it was looked
/// at is gone.
fn of_the_archive(error: FolderError) -> FolderError {
    match error {
        FolderError::Damaged { line, source, .. } => {
            bad(&format!("line {line} of its journal is damaged: {source}"))
        }
        FolderError::Newer { found, known, .. } => {
            FolderError::Newer { path: "the archive".into(), found, known }
        }
        error => error,
    }
}

/// What the tar reader says of bytes that are no archive quotes them: whose file it was is not told.
fn unreadable(source: io::Error) -> FolderError {
    if source.raw_os_error().is_none() {
        return bad("it is not a tar file, or it is damaged");
    }
    FolderError::Io { action: "read", path: "the archive".into(), source }
}

fn unwritten(source: io::Error) -> FolderError {
    FolderError::Io { action: "write", path: "the archive".into(), source }
}

#[cfg(test)]
mod tests;
