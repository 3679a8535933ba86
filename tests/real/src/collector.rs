//! A collector of spans: Rotel, which writes down what it could read.

use std::{
    fs::{self, File},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio, id},
    thread,
    time::{Duration, Instant},
};

use crate::folder;

/// However busy the machine is.
const PATIENCE: Duration = Duration::from_mins(2);
const PAUSE: Duration = Duration::from_millis(50);

/// A collector; it stops when this is dropped.
#[derive(Debug)]
pub struct Collector {
    child: Child,
    url: String,
    log: PathBuf,
}

impl Collector {
    /// One that takes spans over HTTP.
    pub fn start() -> Self {
        Self::launch()
    }

    fn launch() -> Self {
        let [http, grpc] = [free(), free()];
        let log = std::env::temp_dir().join(format!("pentimento-collector-{}-{http}", id()));
        let file = File::create(&log).unwrap();
        let child = Command::new(folder().join("collector/rotel-agent"))
            .args(["start", "--exporter", "blackhole", "--debug-log", "traces"])
            .args(["--debug-log-verbosity", "detailed"])
            .args(["--otlp-http-endpoint", &format!("127.0.0.1:{http}")])
            .args(["--otlp-grpc-endpoint", &format!("127.0.0.1:{grpc}")])
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}; scripts/test-spans installs the collector"));
        let collector = Self { child, url: format!("http://127.0.0.1:{http}"), log };
        collector.wait(|| TcpStream::connect(("127.0.0.1", http)).is_ok());
        collector
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Everything it read, in its own words, once these are among them.
    pub fn told(&self, words: &str) -> String {
        let read = || fs::read_to_string(&self.log).unwrap_or_default();
        self.wait(|| read().contains(words));
        // The rest of a batch is written with it.
        thread::sleep(PAUSE);
        read()
    }

    fn wait(&self, done: impl Fn() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < PATIENCE, "{}", fs::read_to_string(&self.log).unwrap());
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_file(&self.log).ok();
    }
}

/// A port that nobody listens on.
fn free() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
