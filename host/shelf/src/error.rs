//! Why a plugin cannot be added, granted or handed out, and what to do.

use std::{io, path::PathBuf};

use pentimento_manifest::ManifestError;
use thiserror::Error;

/// The shelf refused.
#[derive(Debug, Error)]
pub enum ShelfError {
    /// A file is there but cannot be read.
    #[error("could not read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written; the old one is still there.
    #[error("could not write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of ours is not valid.
    #[error("`{}` is not valid", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The plugin's request is not valid, or not there.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A plugin with the name is installed already.
    #[error("there is already a plugin `{plugin}`, with other bytes")]
    Taken {
        /// The name.
        plugin: String,
    },
    /// The name belongs to a plugin that comes with the program.
    #[error("`{plugin}` is the name of a plugin that comes with pentimento")]
    Reserved {
        /// The name.
        plugin: String,
    },
    /// There is no such plugin.
    #[error("there is no plugin `{plugin}` in the lock file")]
    Unknown {
        /// The name.
        plugin: String,
    },
    /// The update brings another plugin.
    #[error("the update of `{plugin}` is a component called `{found}`")]
    OtherName {
        /// The name that was to be updated.
        plugin: String,
        /// The name in the new bytes.
        found: String,
    },
    /// Somebody asked that nothing changes.
    #[error("`--locked` forbids to {what}")]
    Locked {
        /// What would have changed.
        what: String,
    },
    /// Somebody asked for exactly the plugins of the lock file, and not all of them may run.
    #[error("`--locked` wants every plugin of the lock file to run: {}", plugins.join("; "))]
    NotRunning {
        /// Each that does not, and why.
        plugins: Vec<String>,
    },
    /// The newer version asks for more.
    #[error("the new version of `{plugin}` asks for more: {}", powers.join("; "))]
    Widened {
        /// The plugin.
        plugin: String,
        /// The new powers, in words.
        powers: Vec<String>,
    },
    /// A word that is no power of the plugin.
    #[error("`{plugin}` does not ask for `{word}`")]
    NotAsked {
        /// The plugin.
        plugin: String,
        /// The word.
        word: String,
    },
    /// It could carry what it sees away, and nobody said that it may.
    #[error("`{plugin}` would see private input and send requests, which needs a second consent")]
    PrivateInputAndEgress {
        /// The plugin.
        plugin: String,
    },
    /// It broke when it was asked what every plugin must be able to answer, or to refuse.
    #[error("`{plugin}` breaks when it is asked what no plugin may break on: {}", questions.join("; "))]
    Broke {
        /// The plugin.
        plugin: String,
        /// Each question, and how it ended.
        questions: Vec<String>,
    },
    /// The stored bytes are gone.
    #[error("the component of `{plugin}` is not on this machine")]
    Gone {
        /// The plugin.
        plugin: String,
    },
    /// The stored bytes are not those of the lock file.
    #[error("the component of `{plugin}` is not the one in the lock file")]
    Tampered {
        /// The plugin.
        plugin: String,
        /// Where it lies.
        path: PathBuf,
    },
    /// What the lock file says of the plugin is not what it carries.
    #[error("the lock file says of `{plugin}` what its component does not: {what}")]
    Differs {
        /// The plugin.
        plugin: String,
        /// Which entry.
        what: &'static str,
    },
    /// The bytes are not those the operator named.
    #[error("the component has the digest {found}, not {wanted}")]
    Digest {
        /// What was asked for.
        wanted: String,
        /// What came.
        found: String,
    },
    /// The signature or key cannot be read.
    #[error("the signature cannot be checked: {problem}")]
    Signature {
        /// What is wrong.
        problem: String,
    },
    /// A key cannot be used.
    #[error("the key in `{}` cannot sign: {problem}", path.display())]
    Key {
        /// Its file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The trust file makes no sense.
    #[error("the trust file is not valid: {problem}")]
    Policy {
        /// What is wrong.
        problem: String,
    },
    /// The trust file wants signatures that are not there.
    #[error("`{plugin}` is not signed as the trust file wants it: {wanted}")]
    NotTrusted {
        /// The plugin.
        plugin: String,
        /// What is missing.
        wanted: String,
    },
}

impl ShelfError {
    /// What to do, as a sentence without a full stop.
    pub fn hint(&self) -> String {
        match self {
            Self::Read { .. } | Self::Write { .. } => {
                "check the path and its permissions; nothing was changed".to_owned()
            }
            Self::Parse { .. } => "restore it from version control, or mend it by hand".to_owned(),
            Self::Manifest(error) => error.hint().to_owned(),
            Self::Taken { plugin } => format!(
                "see what would change with `pentimento plugin update {plugin} SOURCE`, or remove \
                 it first"
            ),
            Self::Reserved { .. } => "ask its author for another name".to_owned(),
            Self::Unknown { .. } => "see `pentimento plugin list`".to_owned(),
            Self::OtherName { .. } => "add it with `pentimento plugin add`".to_owned(),
            Self::Locked { .. } => "run it without `--locked` where a person can decide".to_owned(),
            Self::NotRunning { .. } => LOOK.to_owned(),
            Self::Widened { plugin, .. } => format!(
                "the old version stays; if the reasons convince you, run `pentimento plugin \
                 update {plugin} SOURCE --accept-request` and grant it anew"
            ),
            Self::NotAsked { plugin, .. } => {
                format!("see what it asks for with `pentimento plugin review {plugin}`")
            }
            Self::PrivateInputAndEgress { .. } => {
                "if it may send pictures and ideas away, add `--with-private-input`; else name with \
                 `--allow` what it may do"
                    .to_owned()
            }
            Self::Broke { plugin, .. } => only_to_watch(plugin),
            Self::Gone { plugin } | Self::Tampered { plugin, .. } => format!(
                "bring it back with `pentimento plugin restore`, or with `plugin remove {plugin}` and \
                 `plugin add`; nothing runs until then"
            ),
            Self::Differs { .. } => {
                "restore `pentimento.lock` from version control, or add the plugin again".to_owned()
            }
            Self::Digest { .. } => {
                "the source changed since the digest was written down; do not use it unasked"
                    .to_owned()
            }
            Self::Signature { .. } => {
                "get the `.minisig` file that belongs to exactly this component".to_owned()
            }
            Self::Key { .. } => {
                "a key is made with `pentimento plugin sign --new-key`, minisign or rsign; its \
                 password is asked for, or taken from PENTIMENTO_KEY_PASSWORD"
                    .to_owned()
            }
            Self::Policy { .. } => {
                "name at least one key under `any-of` or `all-of`; see docs/security.md".to_owned()
            }
            Self::NotTrusted { .. } => {
                "get a signed build and pass its `.minisig` with `--signature`, or change the \
                 trust file"
                    .to_owned()
            }
        }
    }
}

/// Advice on plugins that do not run.
const LOOK: &str =
    "look with `pentimento plugin review NAME` and `plugin verify`, then grant it or remove it";

fn only_to_watch(plugin: &str) -> String {
    format!(
        "tell its author; to watch it without letting it count, run `pentimento plugin grant \
         {plugin} --mode shadow`"
    )
}
