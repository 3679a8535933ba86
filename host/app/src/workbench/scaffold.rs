//! `plugin new`: a project that builds and passes its own cases at once, in any of the languages.
//!
//! What is in the files is left to `assets/scaffolds/`: one folder for all projects, one a role, one
//! a language, and one for each language and role, laid over one another in this order.

use std::{collections::BTreeMap, fs, path::Path};

use pentimento_manifest::Role;

use super::{Language, WorkbenchError, contract, embedded, files};
use crate::Bundled;

/// Bytes of a name: a code such as `name.too-dark` begins with it and may have 64.
const NAME_BYTES: usize = 40;

/// What plugins in Python and JavaScript share; Rust has the SDK.
const PYTHON_SHARED: &[u8] =
    include_bytes!("../../../../plugins/examples/critic-plain-words/src/pentimento.py");
const JAVASCRIPT_SHARED: &[u8] =
    include_bytes!("../../../../plugins/examples/critic-colors-js/src/pentimento.js");

/// The SDK's licence goes with its copy.
const LICENSE: &[u8] = include_bytes!("../../../../LICENSE");

/// Where the SDK finds `wit/` in our sources, and in a project's copy of it.
const WIT_HERE: &str = "\"../../wit\"";
const WIT_THERE: &str = "\"wit\"";

/// A project to be made.
#[derive(Clone, Debug)]
pub struct Scaffold {
    name: String,
    language: Language,
    role: Role,
}

impl Scaffold {
    /// A project for a plugin of this name; an error if no plugin can be named so.
    pub fn new(name: &str, language: Language, role: Role) -> Result<Self, WorkbenchError> {
        let name = name.to_owned();
        match problem_of(&name) {
            Some(problem) => Err(WorkbenchError::BadName { name, problem }),
            None => Ok(Self { name, language, role }),
        }
    }

    /// Makes the folder with everything in it, or nothing: it is filled aside and then renamed.
    pub fn write(&self, folder: &Path) -> Result<(), WorkbenchError> {
        let exists = || WorkbenchError::Exists { path: folder.to_owned() };
        if folder.symlink_metadata().is_ok() {
            return Err(exists());
        }
        let failed = |source| WorkbenchError::Write { path: folder.to_owned(), source };
        let parent = match folder.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(failed)?;
        let aside = tempfile::Builder::new().prefix(".new-plugin-").tempdir_in(parent);
        let aside = aside.map_err(failed)?;
        // The temporary folder is private; the project gets the permissions of any other folder.
        let project = aside.path().join("project");
        for (name, bytes) in self.files() {
            let path = project.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&project)).map_err(failed)?;
            files::write(&path, bytes)?;
        }
        fs::rename(&project, folder).map_err(|source| match folder.symlink_metadata() {
            Ok(_) => exists(),
            Err(_) => failed(source),
        })
    }

    /// Every file of the project, by its path.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (language, role) = (self.language.as_str(), self.role.as_str());
        let both = format!("{language}-{role}");
        let mut files = BTreeMap::new();
        for layer in ["all", role, language, &both] {
            for (path, bytes) in embedded::SCAFFOLDS {
                let below = path.strip_prefix(layer).and_then(|rest| rest.strip_prefix('/'));
                if let Some(below) = below {
                    files.insert(place_of(below), self.filled(bytes));
                }
            }
        }
        match self.language {
            Language::Rust => add_sdk(&mut files),
            Language::Python => {
                files.insert("src/pentimento.py".to_owned(), PYTHON_SHARED.to_owned());
            }
            Language::JavaScript => {
                files.insert("src/pentimento.js".to_owned(), JAVASCRIPT_SHARED.to_owned());
            }
        }
        files
    }

    /// A file with the project's words in place of `{{…}}`. Pictures stay as they are.
    fn filled(&self, bytes: &[u8]) -> Vec<u8> {
        let Ok(text) = str::from_utf8(bytes) else { return bytes.to_owned() };
        let mut text = text.to_owned();
        let words = words_of(self.role).into_iter().chain(needs_of(self.language));
        for (key, word) in words.chain([("name", self.name.as_str())]) {
            text = text.replace(&format!("{{{{{key}}}}}"), word);
        }
        text.into_bytes()
    }
}

/// What is wrong with a name. It becomes a folder, a package and the beginning of codes.
fn problem_of(name: &str) -> Option<&'static str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        Some("it must begin with a letter from a to z")
    } else if !name.bytes().all(plain) {
        Some("it may have a-z, 0-9 and - only")
    } else if name.len() > NAME_BYTES {
        Some("it has more than 40 letters")
    } else if name.ends_with('-') || name.contains("--") {
        Some("each - must stand between letters or digits")
    } else if Bundled::find(name).is_some() {
        Some("a bundled plugin has this name")
    } else if ["pentimento-sdk", "pentimento"].contains(&name) {
        Some("the program needs this name itself")
    } else {
        None
    }
}

/// Where a scaffold's file belongs. `.in` keeps tools of ours from taking it for one of theirs.
fn place_of(file: &str) -> String {
    let place = file.strip_suffix(".in").unwrap_or(file);
    if place == "gitignore" { ".gitignore".to_owned() } else { place.to_owned() }
}

/// A copy of the SDK and of `wit/`, which no registry has.
fn add_sdk(files: &mut BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in embedded::SDK {
        let text = String::from_utf8_lossy(bytes).replace(WIT_HERE, WIT_THERE);
        files.insert(format!("sdk/src/{path}"), text.into_bytes());
    }
    for (path, text) in contract::texts() {
        files.insert(format!("sdk/wit/{path}"), text.as_bytes().to_owned());
    }
    files.insert("sdk/LICENSE".to_owned(), LICENSE.to_owned());
}

/// The README's words about a role's first plugin.
fn words_of(role: Role) -> [(&'static str, &'static str); 4] {
    match role {
        Role::Critic => [
            ("does", "A critic that finds pictures too dark to make out anything."),
            (
                "makes",
                "For a picture that is black but for a small lamp: `{{name}}.too-dark`, minor.",
            ),
            ("must_not", "A bright picture with a dark spot is left alone."),
            ("cannot", "It does not know whether the idea asks for darkness."),
        ],
        Role::Verifier => [
            ("does", "A verifier that counts words: a text must keep the limit the idea states."),
            (
                "makes",
                "For the idea `describe a cat in at most 5 words` and a text of 8 words: \
                 `{{name}}.too-long`, major, from the sixth word on.",
            ),
            ("must_not", "If the idea states no number of words, the outcome is unknown."),
            (
                "cannot",
                "It reads no numbers in words (`five words`), and takes every limit for “at most”.",
            ),
        ],
        Role::Tool => [
            ("does", "A tool that counts the words, characters or lines of texts."),
            ("makes", "None: a tool answers. `count = lines` for a text of three lines gives `3`."),
            ("must_not", "None. An unknown unit is refused with `bad-argument`."),
            (
                "cannot",
                "It counts what stands between spaces; languages without spaces have one long word.",
            ),
        ],
    }
}

/// The README's words about a language.
fn needs_of(language: Language) -> [(&'static str, &'static str); 2] {
    match language {
        Language::Rust => [
            ("needs", "Rust with the target wasm32-unknown-unknown, and the crate wit-bindgen"),
            ("source", "src/lib.rs"),
        ],
        Language::Python => [
            ("needs", "Python 3.10 or later; componentize-py goes into `.venv`, some 180 MB"),
            ("source", "src/plugin.py"),
        ],
        Language::JavaScript => [
            ("needs", "Node.js 20 or later; componentize-js goes into `node_modules`, some 385 MB"),
            ("source", "src/plugin.js"),
        ],
    }
}

#[cfg(test)]
mod tests;
