//! Runs that are checked, removed, or moved between machines.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use pentimento_journal::{Checked, FolderError, Packed};

use super::Listed;
use crate::{error::AppError, products};

/// Looks a run through: its journal, and every artifact that the journal names.
pub fn verify(folder: &Path) -> Result<Checked, AppError> {
    Ok(pentimento_journal::check(folder)?)
}

/// True if something was made, and perhaps paid for, of which no journal says anything any more.
pub const fn is_lost(damage: &FolderError) -> bool {
    matches!(damage, FolderError::Lost { .. } | FolderError::Unnamed { .. })
}

/// What the user can do about damage.
pub fn hint(damage: &FolderError) -> Option<String> {
    damage.hint()
}

/// Removes a run with everything in its folder, unless somebody is writing to it, or has been since it was
/// listed.
pub fn remove(listed: &Listed) -> Result<(), AppError> {
    Ok(pentimento_journal::discard(&listed.found)?)
}

/// Removes what is left of runs whose removal was broken off.
pub fn sweep(runs_dir: &Path) -> Result<(), AppError> {
    Ok(pentimento_journal::sweep(runs_dir)?)
}

/// Writes a run to a file that another machine can take in. The file appears when it is whole.
pub fn export(folder: &Path, to: &Path) -> Result<Packed, AppError> {
    let refused = |source| FolderError::Io { action: "write", path: to.to_owned(), source };
    if to.exists() {
        let name = folder.file_name().filter(|_| to.is_dir());
        let within = name.map(|name| format!("{}.tar", name.to_string_lossy()));
        return Err(FolderError::Taken { path: to.to_owned(), within }.into());
    }
    let mut aside = products::aside(to).map_err(refused)?;
    let packed = pentimento_journal::pack(folder, BufWriter::new(aside.as_file_mut()))?;
    aside.as_file().sync_all().map_err(refused)?;
    aside.persist_noclobber(to).map_err(|error| refused(error.error))?;
    Ok(packed)
}

/// Writes a run to whoever reads it at once.
pub fn export_to(folder: &Path, out: impl Write) -> Result<Packed, AppError> {
    Ok(pentimento_journal::pack(folder, BufWriter::new(out))?)
}

/// Takes a run from whoever sends it into the folder of runs, and says where it is.
pub fn import_from(runs_dir: &Path, from: impl Read) -> Result<(Packed, PathBuf), AppError> {
    Ok(pentimento_journal::unpack(runs_dir, BufReader::new(from))?)
}

/// Takes a run out of such a file into the folder of runs, and says where it is.
pub fn import(runs_dir: &Path, from: &Path) -> Result<(Packed, PathBuf), AppError> {
    let refused = |source| FolderError::Io { action: "open", path: from.to_owned(), source };
    let file = File::open(from).map_err(refused)?;
    import_from(runs_dir, file)
}
