//! Cassettes on disk: a folder with one file a take, written once and read whole.
//!
//! What is in a take, and which one answers a question, the provider decides.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

pub use pentimento_provider::Tape;
use pentimento_provider::{Cassette, TAKES};
use pentimento_record::RecordError;
use thiserror::Error;

use crate::products;

/// Bytes of one take: the largest answer, written as a text within JSON.
pub const TAKE_BYTES: u64 = 128 << 20;
/// Bytes of all takes of a cassette together, which are held while it plays.
pub const CASSETTE_BYTES: u64 = 512 << 20;

/// A cassette cannot be used.
#[derive(Debug, Error)]
pub enum CassetteError {
    /// The folder or a file in it cannot be read or written.
    #[error("the cassette `{}` cannot be used", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A new cassette would be mixed with what is there.
    #[error("there is something in the folder `{}` already", path.display())]
    NotEmpty {
        /// Which.
        path: PathBuf,
    },
    /// Nothing is on it.
    #[error("there is no take in the folder `{}`", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// More or larger files than a cassette has.
    #[error("the cassette `{}` is larger than any that is recorded here", path.display())]
    TooLarge {
        /// Which, or a file in it.
        path: PathBuf,
    },
    /// A file is torn or was changed to something else.
    #[error("the take `{}` cannot be read", path.display())]
    Broken {
        /// Which.
        path: PathBuf,
        /// Why.
        source: RecordError,
    },
}

impl CassetteError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Io { .. } => "see that the folder is there and may be read and written",
            Self::NotEmpty { .. } => "record into a new folder, or remove this one first",
            Self::Empty { .. } => "record one with `--record`",
            Self::TooLarge { .. } => "see what is in it; no take is larger than 128 MiB",
            Self::Broken { .. } => "restore it as it was recorded, or record the cassette anew",
        }
        .to_owned()
    }
}

/// A tape that keeps everything in this folder, which is made, and must not hold anything yet.
pub fn record(folder: &Path) -> Result<Tape, CassetteError> {
    let path = || folder.to_owned();
    let io = |source| CassetteError::Io { path: path(), source };
    fs::create_dir_all(folder).map_err(io)?;
    if fs::read_dir(folder).map_err(io)?.next().is_some() {
        return Err(CassetteError::NotEmpty { path: path() });
    }
    Ok(Tape::record(Arc::new(Folder(path()))))
}

/// A tape that plays what is kept in this folder.
pub fn play(folder: &Path) -> Result<Tape, CassetteError> {
    let path = || folder.to_owned();
    let io = |source| CassetteError::Io { path: path(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let name = entry.map_err(io)?.path();
        if name.extension().is_some_and(|extension| extension == "json") {
            names.push(name);
        }
        if names.len() > TAKES {
            return Err(CassetteError::TooLarge { path: path() });
        }
    }
    if names.is_empty() {
        return Err(CassetteError::Empty { path: path() });
    }
    // Their numbers say in which order they were recorded.
    names.sort();
    // All sizes are looked at before anything is given room.
    let sizes = names.iter().map(|name| size(name)).collect::<Result<Vec<_>, _>>()?;
    if sizes.iter().sum::<u64>() > CASSETTE_BYTES {
        return Err(CassetteError::TooLarge { path: path() });
    }
    let take = |path: PathBuf| {
        let take = pentimento_record::take_from_json(&read(&path)?);
        take.map_err(|source| CassetteError::Broken { path, source })
    };
    Ok(Tape::play(names.into_iter().map(take).collect::<Result<_, _>>()?))
}

/// The size of one take, if it is a file and not too large.
fn size(path: &Path) -> Result<u64, CassetteError> {
    let io = |source| CassetteError::Io { path: path.to_owned(), source };
    let kind = fs::metadata(path).map_err(io)?;
    if kind.is_file() && kind.len() <= TAKE_BYTES {
        return Ok(kind.len());
    }
    Err(CassetteError::TooLarge { path: path.to_owned() })
}

/// One take, also if it grew since its size was looked at.
fn read(path: &Path) -> Result<String, CassetteError> {
    let io = |source| CassetteError::Io { path: path.to_owned(), source };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(io)?;
    file.take(TAKE_BYTES).read_to_string(&mut text).map_err(io)?;
    Ok(text)
}

/// The folder of a cassette.
#[derive(Debug)]
struct Folder(PathBuf);

impl Cassette for Folder {
    fn add(&self, name: &str, text: &str) -> io::Result<()> {
        if text.len() as u64 > TAKE_BYTES {
            return Err(io::Error::other("the answer is too large for a cassette"));
        }
        products::replace(&self.0.join(name), text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    const TAKE: &str = r#"{"format":1,"take":{"provider":"p","call":"GET models","asked":"null",
        "status":200,"headers":[],"body":"{}"}}"#;

    fn refused(name: &str, bytes: &[u8]) -> CassetteError {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("00000-p-models.json"), TAKE).unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        let error = play(folder.path()).unwrap_err();
        assert!(!error.hint().is_empty());
        error
    }

    #[test]
    fn a_cassette_is_recorded_into_a_folder_of_its_own_and_played() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("deep/cassette");
        assert!(!record(&folder).unwrap().is_playing());
        assert!(matches!(play(&folder), Err(CassetteError::Empty { .. })));
        Folder(folder.clone()).add("00000-p-models.json", TAKE).unwrap();
        let tape = play(&folder).unwrap();
        assert!(tape.is_playing() && tape.unplayed() == 1);
        assert!(matches!(record(&folder), Err(CassetteError::NotEmpty { .. })));
        assert!(matches!(play(&home.path().join("none")), Err(CassetteError::Io { .. })));
    }

    #[test]
    fn torn_and_changed_takes_are_named() {
        for bytes in [b"".as_slice(), &TAKE.as_bytes()[..40], b"{\"format\":2}", b"[]"] {
            let error = refused("00001-p-models.json", bytes);
            assert!(error.to_string().contains("00001-p-models.json"), "{error}");
            assert!(matches!(error, CassetteError::Broken { .. }));
        }
        assert!(matches!(refused("1.json", b"\xFF"), CassetteError::Io { .. }));
    }

    #[test]
    fn huge_takes_are_refused_by_their_sizes() {
        for (files, bytes) in [(1, TAKE_BYTES + 1), (5, TAKE_BYTES)] {
            let folder = tempfile::tempdir().unwrap();
            for number in 0..files {
                let file = File::create(folder.path().join(format!("{number}.json"))).unwrap();
                file.set_len(bytes).unwrap();
            }
            assert!(matches!(play(folder.path()), Err(CassetteError::TooLarge { .. })));
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("0.json")).unwrap();
        assert!(matches!(play(folder.path()), Err(CassetteError::TooLarge { .. })));
    }

    #[test]
    fn more_takes_than_a_cassette_has_are_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=TAKES {
            fs::write(folder.path().join(format!("{number:05}.json")), "").unwrap();
        }
        assert!(matches!(play(folder.path()), Err(CassetteError::TooLarge { .. })));
    }
}
