//! A server that plays model providers for tests and load tests, with faults on demand.
//!
//! It answers in the protocols of OpenAI-compatible servers, Anthropic, Ollama, AUTOMATIC1111
//! and `ComfyUI`.
//! What happens to each call is scripted by [`Act`]s; what was called is told by [`Stats`], also
//! under `/stats`. It runs on a thread of its own, so that it takes no time from who is measured.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a server for tests that cannot go on says so by panicking"
)]

mod act;
mod alarm;
mod answers;
mod pictures;
mod protocols;
mod schema;
mod serve;
mod socket;
mod stats;

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
};

use tokio::sync::oneshot;

pub use act::Act;
pub use pictures::{bomb, png};
pub use socket::{Frame, Whisper};
pub use stats::{Asked, Stats};

use crate::serve::{Otherwise, Stage};

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Scripted {
    address: SocketAddr,
    stage: Arc<Mutex<Stage>>,
    certificate: Option<String>,
    _stop: oneshot::Sender<()>,
}

impl Scripted {
    /// Starts on a free port of this machine. Every call is answered well until told otherwise.
    pub fn start() -> Self {
        Self::listen(0, None)
    }

    /// The same on a port of one's choice.
    pub fn start_at(port: u16) -> Self {
        Self::listen(port, None)
    }

    /// Starts with TLS under a certificate for `localhost` that nobody has signed.
    pub fn start_with_tls() -> Self {
        let signed = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        Self::listen(0, Some(&(signed.cert, signed.signing_key)))
    }

    fn listen(port: u16, tls: Option<&(rcgen::Certificate, rcgen::KeyPair)>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let stage = Arc::new(Mutex::new(Stage::default()));
        let certificate = tls.map(|(certificate, _)| certificate.pem());
        let acceptor = tls.map(|(certificate, key)| serve::acceptor(certificate, key));
        let (stop, stopped) = oneshot::channel();
        let shared = stage.clone();
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                tokio::select! {
                    () = serve::serve(listener, shared, acceptor) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, stage, certificate, _stop: stop }
    }

    /// Where it is: `http://127.0.0.1:PORT`, or `https://localhost:PORT`.
    pub fn url(&self) -> String {
        let port = self.address.port();
        match self.certificate {
            Some(_) => format!("https://localhost:{port}"),
            None => format!("http://127.0.0.1:{port}"),
        }
    }

    /// Its certificate as PEM, if it speaks TLS.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// What happens to the next calls, one act each; after that, calls are answered well again.
    pub fn script(&self, acts: impl IntoIterator<Item = Act>) {
        self.stage.lock().unwrap().acts.extend(acts);
    }

    /// What happens to every call for which no act is left.
    pub fn always(&self, act: Act) {
        self.stage.lock().unwrap().otherwise = Otherwise::Always(act);
    }

    /// The same, chosen by what is asked: the same question, the same act.
    pub fn answer_by(&self, choose: impl Fn(&Asked) -> Act + Send + 'static) {
        self.stage.lock().unwrap().otherwise = Otherwise::By(Box::new(choose));
    }

    /// What the WebSocket of a server of workflows tells from now on.
    pub fn whisper(&self, whisper: Whisper) {
        self.stage.lock().unwrap().whisper = whisper;
    }

    /// What was called so far.
    pub fn stats(&self) -> Stats {
        self.stage.lock().unwrap().stats.clone()
    }
}
