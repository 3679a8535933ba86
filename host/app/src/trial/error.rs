//! Why cases cannot be tried, with the file and the place in it.

use std::path::PathBuf;

use thiserror::Error;

use crate::WorkbenchError;

/// A case cannot be read, or there is none.
#[derive(Debug, Error)]
pub enum TrialError {
    /// A file of a case cannot be read.
    #[error("the case `{case}` cannot be read")]
    Read {
        /// Its name.
        case: String,
        /// Which file and why.
        source: WorkbenchError,
    },
    /// Not the TOML of a case; the cause names the line.
    #[error("the case `{}` is not valid", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// It says something that cannot be.
    #[error("the case `{}` cannot be used: {problem}", path.display())]
    Impossible {
        /// The file.
        path: PathBuf,
        /// What.
        problem: String,
    },
    /// There are no cases.
    #[error("there are no cases in `{}`", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
    /// No case has a name with this in it.
    #[error("none of the {cases} cases has `{filter}` in its name")]
    NoMatch {
        /// What was looked for.
        filter: String,
        /// How many there are.
        cases: usize,
    },
}

impl TrialError {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Read { source, .. } => {
                source.hint().unwrap_or_else(|| "check that the file is there".to_owned())
            }
            Self::Parse { .. } | Self::Impossible { .. } => {
                "docs/plugins.md lists every key of a case".to_owned()
            }
            Self::None { .. } => {
                "write one file a case: what the plugin is given and what it must find".to_owned()
            }
            Self::NoMatch { .. } => "leave `--filter` out to try all of them".to_owned(),
        }
    }
}
