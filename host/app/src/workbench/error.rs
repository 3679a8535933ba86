//! Why a plugin's project or file cannot be worked on, with advice.

use std::{io, path::PathBuf};

use pentimento_forge::ForgeError;
use pentimento_manifest::ManifestError;
use thiserror::Error;

use crate::{Blame, Bundled};

/// A plugin could not be found, built or tried.
#[derive(Debug, Error)]
pub enum WorkbenchError {
    /// The word is no file, no folder and no bundled plugin.
    #[error("there is no file, folder or bundled plugin `{word}`")]
    NoSuchPlugin {
        /// What was typed.
        word: String,
    },
    /// The project's folder is not there.
    #[error("there is no folder `{}`", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is no plugin's project.
    #[error("the folder `{}` has no `plugin.toml`", path.display())]
    NoManifest {
        /// The folder.
        path: PathBuf,
    },
    /// The project's `plugin.toml` is not valid.
    #[error("`{}` cannot be used", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ManifestError,
    },
    /// A file is there but cannot be read.
    #[error("could not read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("could not write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is larger than anything it could be.
    #[error("`{}` has {bytes} bytes; at most {limit} are read", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The bound.
        limit: u64,
    },
    /// No file says in which language the plugin is written.
    #[error("nothing in `{}` says how to build it", path.display())]
    NoLanguage {
        /// The folder.
        path: PathBuf,
    },
    /// The project's `Cargo.toml` is not valid.
    #[error("`{}` is not valid", path.display())]
    CargoManifest {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The package makes no WebAssembly.
    #[error("the package of `{}` is no `cdylib`, and only those become components", path.display())]
    NotACdylib {
        /// The file.
        path: PathBuf,
    },
    /// The component could not be built.
    #[error(transparent)]
    Forge(#[from] ForgeError),
    /// A plugin cannot be named so.
    #[error("a plugin cannot be named `{name}`: {problem}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A new project would overwrite something.
    #[error("`{}` is there already, and nothing is overwritten", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// A program that a language needs is not installed.
    #[error("`{program}` is needed to build this plugin, and is not there")]
    NoProgram {
        /// Its name.
        program: String,
        /// What to install.
        needed: &'static str,
    },
    /// A program could not be started.
    #[error("could not run `{program}`")]
    Run {
        /// Its name.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("`{program}` failed; it said:\n{said}")]
    Step {
        /// Which.
        program: String,
        /// The end of what it said.
        said: String,
    },
    /// The project has not been built.
    #[error("there is no component at `{}`", path.display())]
    NotBuilt {
        /// Where it should be.
        path: PathBuf,
    },
    /// The plugin has to answer before it can be measured.
    #[error("asked about {asked}, the plugin gave no answer: {message}")]
    NoAnswer {
        /// What it was asked.
        asked: String,
        /// How it failed.
        message: String,
    },
    /// The project's folder cannot be watched.
    #[error("could not watch `{}` for changes", path.display())]
    Watch {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: notify::Error,
    },
    /// The measuring itself could not go on.
    #[error("could not measure the plugin")]
    Measure {
        /// Why.
        source: io::Error,
    },
}

impl WorkbenchError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoSuchPlugin { .. } => {
                let bundled: Vec<_> = Bundled::ALL.iter().map(|one| one.name).collect();
                format!("name a component, a plugin's folder, or one of {}", bundled.join(", "))
            }
            Self::NoFolder { .. } => "name the folder that has the `plugin.toml`".to_owned(),
            Self::NoManifest { .. } => "name the folder that has it; docs/plugins.md says what \
                belongs into it"
                .to_owned(),
            Self::Manifest { source, .. } => return Some(source.hint().to_owned()),
            Self::Read { .. } => "check that it is there and may be read".to_owned(),
            Self::Write { .. } => {
                "check that there is space and that you may write there".to_owned()
            }
            Self::TooLarge { .. } => "name another file".to_owned(),
            Self::NoLanguage { .. } => "a project in Rust has a `Cargo.toml`, in Python a \
                `requirements.txt`, in JavaScript a `package.json`; a component built elsewhere is \
                tried with `--component FILE`"
                .to_owned(),
            Self::CargoManifest { .. } => "`cargo check` in that folder says more".to_owned(),
            Self::NotACdylib { .. } => "add `crate-type = [\"cdylib\"]` under `[lib]`".to_owned(),
            Self::Forge(error) => error.hint().to_owned(),
            Self::BadName { .. } => "a name such as `critic-darkness` will do".to_owned(),
            Self::Exists { .. } => {
                "choose another name, or another folder with `--path`".to_owned()
            }
            Self::NoProgram { needed, .. } => (*needed).to_owned(),
            Self::Run { .. } => "check that the program can be run from here".to_owned(),
            Self::Step { .. } => {
                "read its words above; docs/plugins.md lists the usual reasons".to_owned()
            }
            Self::NotBuilt { .. } => "build it with `pentimento plugin build`".to_owned(),
            Self::NoAnswer { .. } => "name a case that it answers with `--case`".to_owned(),
            Self::Watch { .. } => {
                "most often the system's bound on watched files is reached (Linux: \
                `sysctl fs.inotify.max_user_watches`); `pentimento plugin test` works without"
                    .to_owned()
            }
            Self::Measure { .. } => {
                "try again when the machine has space and is less busy".to_owned()
            }
        };
        Some(hint)
    }

    /// Whose move it is.
    pub(crate) fn blame(&self) -> Blame {
        match self {
            Self::Forge(ForgeError::Build { .. })
            | Self::Read { .. }
            | Self::Write { .. }
            | Self::Measure { .. }
            | Self::Watch { .. }
            | Self::Run { .. }
            | Self::Step { .. } => Blame::Broken,
            Self::Forge(_) | Self::NoProgram { .. } => Blame::Missing,
            _ => Blame::WrongUse,
        }
    }
}
