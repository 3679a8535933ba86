//! What the operator hands to a plugin as a setting: a text, or a file or folder of the project, read
//! by the host. The plugin sees text and reaches no disk.
//!
//! The settings file may come with somebody else's project, so nothing outside the project is read.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use serde::Deserialize;

use crate::AppError;

/// Bytes of one file, or of all files of one folder: what `tool-search` takes.
const MOST_BYTES: u64 = 2 << 20;
/// Files of one folder.
const MOST_FILES: usize = 1_000;
/// Folders in one another.
const MOST_DEPTH: usize = 8;
/// Endings of the names of files that are documents.
const DOCUMENTS: [&str; 3] = ["md", "rst", "txt"];

/// The byte-order mark, with which some editors begin a file; no part of its text.
const MARK: char = '\u{feff}';

/// A setting's value.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a text, `{ file = \"…\" }` or `{ folder = \"…\" }` is needed, and one of them"
)]
pub enum Handed {
    /// As it was typed.
    Text(String),
    /// The text of a file.
    File {
        /// Below the project's folder.
        file: PathBuf,
    },
    /// The documents of a folder and those below: a line of JSON for each, with its path as
    /// `document` and its text as `text`.
    Folder {
        /// Below the project's folder.
        folder: PathBuf,
    },
}

impl Handed {
    /// True if it holds what stands in files.
    pub(crate) const fn is_read(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Folder { .. })
    }

    /// The text that the plugin gets; `project` is the project's folder.
    pub(crate) fn read(&self, project: &Path) -> Result<String, AppError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::File { file } => text_of(&inside(project, file)?, file, MOST_BYTES),
            Self::Folder { folder } => {
                let root = inside(project, folder)?;
                let mut documents = Documents::of(folder);
                documents.collect(&root, Path::new(""), 0)?;
                if documents.lines.is_empty() {
                    let endings = DOCUMENTS.join(", ");
                    return Err(refused(folder, &format!("it holds no documents ({endings})")));
                }
                Ok(documents.lines)
            }
        }
    }
}

/// Where a path leads, which must be inside the project however it is written or linked.
fn inside(project: &Path, path: &Path) -> Result<PathBuf, AppError> {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let leaves = || refused(path, "it leads out of the project's folder");
    if path.as_os_str().is_empty() || !path.components().all(plain) {
        return Err(leaves());
    }
    // The project's folder is often the present one, which is written as nothing.
    let project = if project.as_os_str().is_empty() { Path::new(".") } else { project };
    let unreadable = |source| unreadable(path, &source);
    let root = fs::canonicalize(project).map_err(unreadable)?;
    let found = fs::canonicalize(root.join(path)).map_err(unreadable)?;
    if found.starts_with(&root) { Ok(found) } else { Err(leaves()) }
}

/// A file's text; `shown` is how it is named to the user.
fn text_of(path: &Path, shown: &Path, most: u64) -> Result<String, AppError> {
    let about = fs::metadata(path).map_err(|source| unreadable(shown, &source))?;
    if !about.is_file() {
        return Err(refused(shown, "it is no file"));
    }
    if about.len() > most {
        let problem = format!("there are more than {MOST_BYTES} bytes, which is the most");
        return Err(refused(shown, &problem));
    }
    let bytes = fs::read(path).map_err(|source| unreadable(shown, &source))?;
    let text = String::from_utf8(bytes);
    let mut text = text.map_err(|_| refused(shown, "it is no text in UTF-8"))?;
    if text.starts_with(MARK) {
        text.remove(0);
    }
    Ok(text)
}

/// The documents of a folder so far.
#[derive(Debug)]
struct Documents<'f> {
    /// The folder, as it was typed.
    folder: &'f Path,
    lines: String,
    files: usize,
    /// Bytes that may still be read.
    left: u64,
}

impl<'f> Documents<'f> {
    const fn of(folder: &'f Path) -> Self {
        Self { folder, lines: String::new(), files: 0, left: MOST_BYTES }
    }

    /// Reads a folder in the order of names, so that the same files make the same text. What is
    /// hidden, and what is a link, is passed over.
    fn collect(&mut self, root: &Path, below: &Path, depth: usize) -> Result<(), AppError> {
        if depth > MOST_DEPTH {
            let problem = format!("more than {MOST_DEPTH} folders lie in one another");
            return Err(refused(&self.folder.join(below), &problem));
        }
        let shown = self.folder.join(below);
        let unreadable = |source| unreadable(&shown, &source);
        let entries = fs::read_dir(root.join(below)).map_err(unreadable)?;
        let mut entries = entries.collect::<io::Result<Vec<_>>>().map_err(unreadable)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let kind = entry.file_type().map_err(unreadable)?;
            let path = below.join(&name);
            if name.to_string_lossy().starts_with('.') || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() {
                self.collect(root, &path, depth + 1)?;
            } else if DOCUMENTS
                .iter()
                .any(|ending| path.extension().is_some_and(|own| own == *ending))
            {
                self.add(root, &path)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, root: &Path, path: &Path) -> Result<(), AppError> {
        let shown = self.folder.join(path);
        if self.files == MOST_FILES {
            return Err(refused(&shown, &format!("there are more than {MOST_FILES} documents")));
        }
        let text = text_of(&root.join(path), &shown, self.left)?;
        self.files += 1;
        self.left = self.left.saturating_sub(text.len() as u64);
        let name = path.to_string_lossy().replace('\\', "/");
        self.lines.push_str(&pentimento_record::document_line(&name, &text)?);
        Ok(())
    }
}

fn unreadable(path: &Path, source: &io::Error) -> AppError {
    refused(path, &format!("it cannot be read ({source})"))
}

fn refused(path: &Path, problem: &str) -> AppError {
    let path = pentimento_model::clean(&path.display().to_string());
    AppError::Setting {
        name: "plugins",
        problem: format!("`{path}` cannot be handed to a plugin: {problem}"),
        hint: "name a file or folder below that of `pentimento.toml`, such as \
               `corpus = { folder = \"notes\" }`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        let folder = project.path().join("notes/deep");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("notes/b.md", "two\n\"lines\""),
            ("notes/a.txt", "one"),
            ("notes/deep/c.md", "three"),
            ("notes/picture.png", "no document"),
            ("notes/.hidden.md", "hidden"),
            ("outside.md", "outside"),
        ] {
            fs::write(project.path().join(name), text).unwrap();
        }
        project
    }

    fn read(project: &Path, setting: &str) -> Result<String, AppError> {
        #[derive(Deserialize)]
        struct Settings {
            corpus: Handed,
        }
        toml::from_str::<Settings>(setting).unwrap().corpus.read(project)
    }

    #[test]
    fn a_text_a_file_and_a_folder_are_handed_over_as_text() {
        let project = project();
        let read = |setting| read(project.path(), setting).unwrap();
        assert_eq!(read("corpus = 'plain'"), "plain");
        assert_eq!(read("corpus = { file = 'notes/a.txt' }"), "one");
        let lines = [
            r#"{"document":"a.txt","text":"one"}"#,
            r#"{"document":"b.md","text":"two\n\"lines\""}"#,
            r#"{"document":"deep/c.md","text":"three"}"#,
            "",
        ];
        assert_eq!(read("corpus = { folder = './notes' }"), lines.join("\n"));
    }

    #[test]
    fn a_mark_at_the_beginning_of_a_file_is_no_text_and_a_wrong_file_is_named_with_its_folder() {
        let project = project();
        fs::write(project.path().join("notes/a.txt"), "\u{feff}one").unwrap();
        assert_eq!(read(project.path(), "corpus = { file = 'notes/a.txt' }").unwrap(), "one");
        let lines = read(project.path(), "corpus = { folder = 'notes' }").unwrap();
        assert!(lines.starts_with(r#"{"document":"a.txt","text":"one"}"#), "{lines}");
        fs::write(project.path().join("notes/deep/c.md"), [0xff, 0xfe]).unwrap();
        let error = read(project.path(), "corpus = { folder = 'notes' }").unwrap_err();
        assert!(error.to_string().contains("`notes/deep/c.md`"), "{error}");
    }

    #[test]
    fn a_file_and_a_folder_at_once_are_refused() {
        #[derive(Deserialize)]
        struct Settings {
            #[expect(dead_code, reason = "it is never read")]
            corpus: Handed,
        }
        for both in
            ["{ file = 'a', folder = 'b' }", "{ folder = 'b', file = 'a' }", "{ files = 'a' }"]
        {
            let error = toml::from_str::<Settings>(&format!("corpus = {both}")).err().unwrap();
            assert!(error.to_string().contains("one of them"), "{error}");
        }
    }

    #[test]
    fn nothing_outside_the_project_is_read_however_it_is_written() {
        let project = project();
        let inner = project.path().join("notes");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(project.path().join("outside.md"), inner.join("link.md"))
                .unwrap();
            std::os::unix::fs::symlink(project.path(), inner.join("up")).unwrap();
            assert!(read(&inner, "corpus = { file = 'link.md' }").is_err());
            assert!(read(&inner, "corpus = { folder = 'up' }").is_err());
            let all = read(&inner, "corpus = { folder = '.' }").unwrap();
            assert!(!all.contains("outside"), "links are passed over: {all}");
        }
        for path in ["../outside.md", "/etc/hostname", "deep/../../outside.md", ""] {
            let error = read(&inner, &format!("corpus = {{ file = '{path}' }}")).unwrap_err();
            assert!(error.to_string().contains("out of the project"), "{path}: {error}");
            assert!(error.hint().is_some());
        }
    }

    #[test]
    fn what_is_too_large_too_many_too_deep_or_no_text_is_refused() {
        let project = project();
        let at = |name: &str| project.path().join("notes").join(name);
        let fails = |setting: &str, words: &str| {
            let error = read(project.path(), setting).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        };
        fails("corpus = { file = 'notes' }", "it is no file");
        fails("corpus = { file = 'none.md' }", "cannot be read");
        fails("corpus = { folder = 'outside.md' }", "cannot be read");
        fs::create_dir(project.path().join("empty")).unwrap();
        fails("corpus = { folder = 'empty' }", "holds no documents");
        let half = "x".repeat(usize::try_from(MOST_BYTES / 2 + 1).unwrap());
        fs::write(at("long.md"), &half).unwrap();
        assert!(read(project.path(), "corpus = { folder = 'notes' }").is_ok());
        fs::write(at("longer.md"), &half).unwrap();
        fails("corpus = { folder = 'notes' }", "more than 2097152 bytes");
        fs::remove_file(at("longer.md")).unwrap();
        fs::write(at("odd.md"), [0xff]).unwrap();
        fails("corpus = { file = 'notes/odd.md' }", "no text in UTF-8");
        fs::remove_file(at("odd.md")).unwrap();
        fs::create_dir_all(at("1/2/3/4/5/6/7/8/9")).unwrap();
        fails("corpus = { folder = 'notes' }", "in one another");
        fs::remove_dir_all(at("1")).unwrap();
        for number in 0..MOST_FILES {
            fs::write(at(&format!("{number}.md")), "").unwrap();
        }
        fails("corpus = { folder = 'notes' }", "more than 1000 documents");
    }
}
