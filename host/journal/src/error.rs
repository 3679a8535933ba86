//! What can go wrong with a run folder, and what the user can do about it.

use std::{
    io::{self, ErrorKind},
    path::PathBuf,
};

use pentimento_engine::KeepError;
use pentimento_model::ArtifactId;
use pentimento_record::RecordError;
use thiserror::Error;

use crate::Owner;

/// Why a line of the journal cannot be used.
#[derive(Debug, Error)]
pub enum LineFault {
    /// It does not have the shape of a journal line.
    #[error("it does not look like a line of a journal")]
    Shape,
    /// Its checksum does not fit its bytes.
    #[error("its checksum does not fit its bytes")]
    Checksum,
    /// It is not the line that belongs here.
    #[error("it has number {found} where {expected} belongs")]
    Sequence {
        /// The number it has.
        found: u64,
        /// The number that comes next.
        expected: u64,
    },
    /// The text in it is longer than any that is written there.
    #[error("it holds a text of {bytes} bytes, more than any has")]
    LongText {
        /// Its size.
        bytes: usize,
    },
    /// The text in it is not the one that its event names.
    #[error("the text that it holds is not the one that it names")]
    OtherText,
    /// It is whole, but its record cannot be read.
    #[error("its record cannot be used")]
    Record(#[source] RecordError),
}

/// A run folder could not be used.
#[derive(Debug, Error)]
pub enum FolderError {
    /// There is nothing at this path.
    #[error("there is no run folder `{}`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is something, but it has no journal.
    #[error("`{}` is not a run folder: it has no `journal.jsonl`", path.display())]
    NotARun {
        /// The folder.
        path: PathBuf,
    },
    /// A run did something, and its journal says nothing of it.
    #[error(
        "the run folder `{}` has lost its journal: {}, and {} there", path.display(),
        journal_in_words(*bytes), artifacts_in_words(*artifacts)
    )]
    Lost {
        /// The folder.
        path: PathBuf,
        /// Bytes of its journal, none of them a whole line; `None` if it is gone.
        bytes: Option<u64>,
        /// How many artifacts are there.
        artifacts: usize,
    },
    /// Artifacts of a run that its journal does not name.
    #[error(
        "the journal of `{}` does not name {}: what it said of them is lost", path.display(),
        counted(*artifacts, "artifact")
    )]
    Unnamed {
        /// The folder.
        path: PathBuf,
        /// How many.
        artifacts: usize,
    },
    /// A new run may not take an old one's folder.
    #[error("the run folder `{}` exists already", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// Someone else is writing.
    #[error("the run folder `{}` is in use by {owner}", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Who holds the lock.
        owner: Owner,
    },
    /// Someone else has written since it was looked at.
    #[error("the run in `{}` was gone on with meanwhile, and stays", path.display())]
    WentOn {
        /// The folder.
        path: PathBuf,
    },
    /// A line in the middle of the journal is damaged.
    #[error("line {line} of `{}` is damaged", path.display())]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// Which line, counted from 1.
        line: usize,
        /// In which way.
        source: LineFault,
    },
    /// The journal is of a program that knows more than this one.
    #[error(
        "`{}` was written by a newer version of this program (format {found}, this one knows \
         formats up to {known})", path.display()
    )]
    Newer {
        /// The journal.
        path: PathBuf,
        /// The number of its format.
        found: u32,
        /// The newest format that this build knows.
        known: u32,
    },
    /// A file or folder is in the place of one that is to be written.
    #[error("`{}` is there already", path.display())]
    Taken {
        /// The place.
        path: PathBuf,
        /// The name of the file, if a folder is there.
        within: Option<String>,
    },
    /// The journal is larger than any run's.
    #[error("`{}` has {bytes} bytes, more than a journal or artifact can have", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// An artifact that the journal names is gone.
    #[error("the artifact `{}` is missing from `{}`", id.short(), path.display())]
    ArtifactMissing {
        /// Which.
        id: ArtifactId,
        /// The run folder.
        path: PathBuf,
    },
    /// An artifact's bytes are not those it is named after.
    #[error("the artifact file `{}` is damaged", path.display())]
    ArtifactDamaged {
        /// The file.
        path: PathBuf,
    },
    /// An earlier write failed, so the journal's end is unknown.
    #[error("`{}` takes no more events because an earlier one could not be written", path.display())]
    Closed {
        /// The journal.
        path: PathBuf,
    },
    /// An event has no JSON form.
    #[error("an event could not be written down")]
    Record(#[source] RecordError),
    /// No run in the folder of runs fits the word.
    #[error("no run in `{}` is called `{word}`", path.display())]
    NoSuchRun {
        /// The folder of runs.
        path: PathBuf,
        /// What was asked for.
        word: String,
    },
    /// Several runs fit the word.
    #[error("`{word}` may mean {}", runs.join(", "))]
    Ambiguous {
        /// What was asked for.
        word: String,
        /// The names of those that fit, in backticks.
        runs: Vec<String>,
    },
    /// A file is not the archive of a run, or not a whole one.
    #[error("the archive cannot be used: {problem}")]
    Archive {
        /// Why.
        problem: String,
    },
    /// The operating system refused.
    #[error("could not {action} `{}`", path.display())]
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl FolderError {
    /// For `map_err`: the operating system refused to do this.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    /// True if nobody may write there, or nothing more fits.
    pub fn is_unwritable(&self) -> bool {
        use ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let Self::Io { source, .. } = self else { return false };
        matches!(source.kind(), PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull)
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Missing { .. } | Self::NoSuchRun { .. } => {
                "name a run by its folder, by `latest`, or by the beginning of its name".to_owned()
            }
            Self::NotARun { path } => {
                format!("did you mean one of the folders in `{}`?", path.display())
            }
            Self::Lost { .. } => "restore the journal from a copy. Or give the run up with `pentimento \
                                  runs prune --state damaged --yes`, or move it away: then it is made \
                                  anew, and what was paid for it is paid again"
                .to_owned(),
            Self::Unnamed { .. } => "restore the journal from a copy; going on pays once more for what \
                                     is lost"
                .to_owned(),
            Self::Exists { .. } => "go on with that run, or move it away".to_owned(),
            Self::Locked { owner, .. } => {
                format!("wait until {owner} is done, or stop it; everything it wrote is safe")
            }
            Self::WentOn { .. } => "look how it stands now with `pentimento runs list`".to_owned(),
            Self::Damaged { source: LineFault::Record(cause), .. } => cause.hint()?.to_owned(),
            Self::Damaged { line: 0 | 1, .. } => "restore the folder from a copy".to_owned(),
            Self::Damaged { line, .. } => format!(
                "restore the folder from a copy; the {} before it are readable with `head`",
                counted(line.saturating_sub(1), "line")
            ),
            Self::Newer { .. } => {
                "update the program, or go on with the version that wrote it; nothing was changed"
                    .to_owned()
            }
            Self::Taken { path, within: Some(name) } => {
                format!(
                    "it is a folder: name a file in it, such as `{}`",
                    path.join(name).display()
                )
            }
            Self::Taken { within: None, .. } => {
                "choose another name; nothing is written over".to_owned()
            }
            Self::TooLarge { .. } => "this is not a file that a run has written".to_owned(),
            Self::ArtifactMissing { .. } | Self::ArtifactDamaged { .. } => {
                "restore the file from a copy, or make the run anew with the same seed".to_owned()
            }
            Self::Archive { .. } => {
                "make it anew with `pentimento runs export`; nothing was changed here".to_owned()
            }
            Self::Closed { .. } => "go on with the run once the cause is removed".to_owned(),
            Self::Ambiguous { .. } => "type a few more letters of the name".to_owned(),
            Self::Io { source, .. } => io_hint(source.kind())?.to_owned(),
            Self::Record(_) => return None,
        };
        Some(hint)
    }
}

/// `1 line`, `2 lines`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// What is left of a lost journal.
fn journal_in_words(bytes: Option<u64>) -> String {
    match bytes {
        None => "it is gone".to_owned(),
        Some(0) => "it is empty".to_owned(),
        Some(bytes) => format!("none of its {bytes} bytes is a line"),
    }
}

fn artifacts_in_words(count: usize) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb}", counted(count, "artifact"))
}

/// Advice for what the operating system refuses most often.
const fn io_hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("free some space; what was written before is safe")
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            Some("choose a folder that you may write to; what is in this one can still be read")
        }
        ErrorKind::NotFound => Some("check the name; there is nothing where it leads"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            Some("a file stands where a folder is needed; move it away")
        }
        ErrorKind::IsADirectory => Some("a folder stands where a file is needed; move it away"),
        ErrorKind::Unsupported => Some("choose a folder on a disk that can lock files"),
        _ => None,
    }
}

impl From<FolderError> for KeepError {
    fn from(error: FolderError) -> Self {
        let (message, hint) = (error.to_string(), error.hint());
        let cause: Option<Box<dyn std::error::Error + Send + Sync>> = match error {
            FolderError::Io { source, .. } => Some(source.into()),
            FolderError::Damaged { source, .. } => Some(source.into()),
            FolderError::Record(source) => Some(source.into()),
            _ => None,
        };
        Self { message, hint, cause }
    }
}
