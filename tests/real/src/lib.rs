//! Model servers that others wrote, for tests that talk to them: found where `scripts/test-servers`
//! installs them, started on this machine alone, and ended with whoever started them.
//!
//! Tests that need one are ignored unless that script asks for them: what it installs is large.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// Where real servers are installed.
pub const FOLDER: &str = "PENTIMENTO_REAL_SERVERS";

/// A server of llama.cpp with the model `smollm2` (`SmolLM2-135M-Instruct`); it stops when this is
/// dropped. It has room for 8192 tokens.
#[derive(Debug)]
pub struct Llama {
    child: Child,
    url: String,
}

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
        let folder = folder();
        let launcher = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/real-servers");
        let mut child = Command::new(python())
            .arg(launcher.join("llama-server.py"))
            .arg(folder.join("smollm2.gguf"))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}; scripts/test-servers installs the server"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let Some(Ok(url)) = lines.next() else {
            let status = child.wait().unwrap();
            panic!("the server did not start ({status})");
        };
        Self { child, url }
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Llama {
    fn drop(&mut self) {
        // It ends when its input does; one that hangs is ended all the same.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A Python interpreter that needs nothing but its standard library.
pub fn python() -> PathBuf {
    folder().join("bin/python")
}

/// The folder that `scripts/test-servers` names.
fn folder() -> PathBuf {
    let Some(folder) = env::var_os(FOLDER) else {
        panic!("{FOLDER} is not set; scripts/test-servers sets it")
    };
    folder.into()
}
