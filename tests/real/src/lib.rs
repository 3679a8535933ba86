//! Servers that others wrote, for tests that talk to them: found where `scripts/test-servers` and
//! `scripts/test-spans` install them, started on this machine alone, and ended with whoever started them.
//!
//! Tests that need one are ignored unless those scripts ask for them: what it installs is large.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod collector;
mod painter;

use std::{
    env,
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

pub use collector::Collector;
pub use painter::Diffusion;

/// Where real servers are installed.
pub const FOLDER: &str = "PENTIMENTO_REAL_SERVERS";

/// A server of llama.cpp with the model `smollm2` (`SmolLM2-135M-Instruct`); it stops when this is
/// dropped. It has room for 8192 tokens.
#[derive(Debug)]
pub struct Llama(Launched);

impl Llama {
    /// One that answers in words.
    pub fn start() -> Self {
        Self::launch(&[])
    }

    /// One that turns texts into vectors, and nothing else.
    pub fn start_for_vectors() -> Self {
        Self::launch(&["--embeddings"])
    }

    fn launch(options: &[&str]) -> Self {
        let model = folder().join("smollm2.gguf");
        let words = [model.as_os_str()].into_iter().chain(options.iter().map(OsStr::new));
        Self(Launched::by("llama-server.py", words))
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.0.url
    }
}

/// A server and the program of ours that started it.
#[derive(Debug)]
struct Launched {
    child: Child,
    url: String,
}

impl Launched {
    /// Starts this one of `scripts/real-servers`, and waits for the address that it says.
    fn by<'w>(launcher: &str, words: impl Iterator<Item = &'w OsStr>) -> Self {
        let launchers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/real-servers");
        let mut child = Command::new(python())
            .arg(launchers.join(launcher))
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}; scripts/test-servers installs the server"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(Ok(url)) = lines.next() else {
            let status = child.wait().unwrap();
            panic!("{launcher}: the server did not start ({status})");
        };
        Self { child, url }
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        // It ends when its input does, and ends what it started.
        drop(self.child.stdin.take());
        self.child.wait().ok();
    }
}

/// A Python interpreter that needs nothing but its standard library.
fn python() -> PathBuf {
    folder().join("bin/python")
}

/// The folder that `scripts/test-servers` names.
fn folder() -> PathBuf {
    let Some(folder) = env::var_os(FOLDER) else {
        panic!("{FOLDER} is not set; scripts/test-servers sets it")
    };
    folder.into()
}
