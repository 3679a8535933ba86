//! Artifacts on disk: written aside, synced, renamed; checked against their name when read.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use pentimento_model::{Artifact, ArtifactId, MediaType};

use crate::{FolderError, crowd::syncing, limits::MOST_ARTIFACT_BYTES, log::Durable, names};

/// Opens a new file for writing; a full disk is simulated here in tests.
type Create = fn(&Path) -> io::Result<Box<dyn Write>>;

/// The artifacts of one run folder.
#[derive(Clone, Debug)]
pub(crate) struct Artifacts {
    folder: PathBuf,
    create: Create,
}

impl Artifacts {
    /// Those of this run folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let create: Create = |path| Ok(Box::new(Durable(File::create(path)?)));
        Self { folder: folder.to_owned(), create }
    }

    /// The same with another way to create files.
    #[cfg(test)]
    pub(crate) fn with_create(self, create: Create) -> Self {
        Self { create, ..self }
    }

    /// Makes an artifact durable. One that is there already, undamaged, is left alone.
    pub(crate) fn store(&self, artifact: &Artifact) -> Result<(), FolderError> {
        match self.put(artifact, true)? {
            Some(lent) => self.sync_names(&lent),
            None => Ok(()),
        }
    }

    /// Writes an artifact and says where, unless it is there already. Until it is synced, it is the
    /// operating system's.
    pub(crate) fn lend(&self, artifact: &Artifact) -> Result<Option<Lent>, FolderError> {
        self.put(artifact, false)
    }

    /// Makes what was written here durable.
    pub(crate) fn sync(&self, lent: &Lent) -> Result<(), FolderError> {
        let synced = File::open(&lent.path).and_then(|file| syncing(|| file.sync_data()));
        synced.map_err(FolderError::io("sync", &lent.path))?;
        self.sync_names(lent)
    }

    fn put(&self, artifact: &Artifact, durable: bool) -> Result<Option<Lent>, FolderError> {
        let path = names::artifact(&self.folder, artifact.id, artifact.media_type);
        if self.read(artifact.id, artifact.media_type).is_ok_and(|there| there.is_some()) {
            return Ok(None);
        }
        let is_first = make(&names::artifacts(&self.folder))?;
        let aside = names::aside(&path);
        if let Err(error) = self.write(&aside, &artifact.bytes, durable) {
            // Half a file helps nobody, least of all on a full disk.
            let _ = fs::remove_file(&aside);
            return Err(error);
        }
        fs::rename(&aside, &path).map_err(FolderError::io("rename", &aside))?;
        Ok(Some(Lent { path, is_first }))
    }

    fn sync_names(&self, lent: &Lent) -> Result<(), FolderError> {
        sync_folder(&names::artifacts(&self.folder))?;
        if lent.is_first { sync_folder(&self.folder) } else { Ok(()) }
    }

    fn write(&self, path: &Path, bytes: &[u8], durable: bool) -> Result<(), FolderError> {
        let mut file = (self.create)(path).map_err(FolderError::io("create", path))?;
        let sync = |file: &mut dyn Write| if durable { file.flush() } else { Ok(()) };
        let written = file.write_all(bytes).and_then(|()| sync(&mut *file));
        written.map_err(FolderError::io("write", path))
    }

    /// Reads an artifact and checks that it is the one its name says.
    pub(crate) fn load(&self, id: ArtifactId) -> Result<Artifact, FolderError> {
        for media_type in MediaType::ALL {
            if let Some(artifact) = self.read(id, media_type)? {
                return Ok(artifact);
            }
        }
        Err(FolderError::ArtifactMissing { id, path: self.folder.clone() })
    }

    /// `None` if there is no such file.
    fn read(&self, id: ArtifactId, media_type: MediaType) -> Result<Option<Artifact>, FolderError> {
        for place in [names::artifact, names::shelved] {
            let path = place(&self.folder, id, media_type);
            let Some(bytes) = read_bounded(&path, MOST_ARTIFACT_BYTES)? else { continue };
            let artifact = Artifact::new(media_type, bytes);
            if artifact.id != id {
                return Err(FolderError::ArtifactDamaged { path });
            }
            return Ok(Some(artifact));
        }
        Ok(None)
    }
}

/// A file that is not known to be on the disk.
#[derive(Debug)]
pub(crate) struct Lent {
    path: PathBuf,
    /// The folder of all artifacts was made for it.
    is_first: bool,
}

/// Makes a folder, and says whether it was not there.
fn make(folder: &Path) -> Result<bool, FolderError> {
    match fs::create_dir(folder) {
        Ok(()) => Ok(true),
        Err(source) if source.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(source) => Err(FolderError::io("create", folder)(source)),
    }
}

/// A whole file of at most so many bytes; `None` if there is none.
pub(crate) fn read_bounded(path: &Path, most: u64) -> Result<Option<Vec<u8>>, FolderError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(source) if source.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(FolderError::io("open", path)(source)),
    };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(FolderError::io("read", path))?;
    let length = bytes.len() as u64;
    if length > most {
        return Err(FolderError::TooLarge { path: path.to_owned(), bytes: length });
    }
    Ok(Some(bytes))
}

/// Makes the names in a folder durable. Only Unix lets a folder be synced; elsewhere the file
/// system does so by itself.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), FolderError> {
    if !cfg!(unix) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| syncing(|| folder.sync_all()));
    synced.map_err(FolderError::io("sync", folder))
}
