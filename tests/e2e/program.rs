//! Runs the program in a folder of its own, with nothing of the caller's environment.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use pentimento_scripted::Scripted;
use tempfile::TempDir;

/// The key of whoever pays in these tests.
pub(crate) const KEY: &str = "sk-very-secret-0123456789";

/// A place to run the program in.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The same with a settings file of the user's own.
    pub(crate) fn of_user(settings: &str) -> Self {
        let place = Self::new();
        fs::create_dir_all(place.path().join(".config/pentimento")).unwrap();
        place.write(".config/pentimento/settings.toml", settings);
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The only run folder there is.
    pub(crate) fn run_folder(&self) -> PathBuf {
        let mut folders: Vec<_> = fs::read_dir(self.path().join("runs"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            // There may be an index.
            .filter(|path| path.is_dir())
            .collect();
        assert_eq!(folders.len(), 1, "{folders:?}");
        folders.remove(0)
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pentimento"));
        command
            .args(words)
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .env_remove("XDG_DATA_HOME")
            .env_remove("PENTIMENTO_DATA_DIR")
            // Compiled plugins are shared by all tests, as they are by all of a user's runs.
            .env("PENTIMENTO_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn say(&self, words: &[&str]) -> Said {
        Said::of(self.command(words).output().unwrap())
    }

    /// A command whose user pays at this server.
    pub(crate) fn command_to(&self, server: &Scripted, words: &[&str]) -> Command {
        let mut command = self.command(words);
        let url = format!("{}/v1", server.url());
        command.env("OPENAI_API_KEY", KEY).env("OPENAI_BASE_URL", url);
        command
    }

    /// The same, to its end. Nothing that is printed may hold the key.
    #[track_caller]
    pub(crate) fn say_to(&self, server: &Scripted, words: &[&str]) -> Said {
        let said = Said::of(self.command_to(server, words).output().unwrap()).without_panic();
        assert!(!said.out.contains(KEY) && !said.err.contains(KEY), "{said:?}");
        said
    }

    /// The same, killed while its call of this number is under way.
    #[track_caller]
    pub(crate) fn kill_at_call(&self, server: &Scripted, words: &[&str], number: usize) {
        let mut child = self.command_to(server, words).spawn().unwrap();
        while server.stats().calls < number {
            assert!(child.try_wait().unwrap().is_none(), "it waits for call {number}");
            thread::sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// What no command may ever show.
    #[track_caller]
    pub(crate) fn without_panic(self) -> Self {
        for word in ["panicked", "RUST_BACKTRACE", "stack backtrace"] {
            assert!(!self.err.contains(word) && !self.out.contains(word), "{self:?}");
        }
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
