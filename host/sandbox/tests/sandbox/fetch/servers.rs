//! Servers on this machine, one thread each, that answer every connection the same way.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// A server that runs until the tests end.
pub(crate) struct Server {
    pub(crate) port: u16,
    visits: Arc<AtomicUsize>,
    /// The certificate it shows, if it speaks TLS.
    pub(crate) certificate: Vec<u8>,
}

impl Server {
    /// Hands each connection's request to `answer`.
    pub(crate) fn plain(answer: impl Fn(&str, &mut dyn Write) + Send + Sync + 'static) -> Self {
        Self::start(Vec::new(), move |mut stream| {
            let request = request(&mut stream);
            answer(&request, &mut stream);
        })
    }

    /// The same, encrypted, with a certificate for this name.
    pub(crate) fn encrypted(
        name: &str,
        answer: impl Fn(&str, &mut dyn Write) + Send + Sync + 'static,
    ) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed([name.to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        Self::start(cert.der().to_vec(), move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let request = request(&mut stream);
            // Those that do not believe the certificate have gone.
            if !request.is_empty() {
                answer(&request, &mut stream);
            }
        })
    }

    /// Answers with these bytes.
    pub(crate) fn saying(answer: &'static str) -> Self {
        Self::plain(move |_, stream| drop(stream.write_all(answer.as_bytes())))
    }

    /// Says these bytes without waiting for a request.
    pub(crate) fn hasty(answer: &'static str) -> Self {
        Self::start(Vec::new(), move |mut stream| drop(stream.write_all(answer.as_bytes())))
    }

    fn start(certificate: Vec<u8>, serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let visits = Arc::new(AtomicUsize::new(0));
        let (counted, serve) = (Arc::clone(&visits), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                counted.fetch_add(1, Ordering::SeqCst);
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(stream));
            }
        });
        Self { port, visits, certificate }
    }

    /// How many connected so far.
    pub(crate) fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }
}

/// An answer of status 200 with this body.
pub(crate) fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Answers with the request itself.
pub(crate) fn echo(request: &str, stream: &mut dyn Write) {
    drop(stream.write_all(ok(request).as_bytes()));
}

/// The head of a request, and as much of its body as its length says.
fn request(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text.into_owned();
            }
        }
        match stream.read(&mut piece) {
            Ok(read @ 1..) => bytes.extend(piece.iter().take(read)),
            _ => return String::new(),
        }
    }
}
