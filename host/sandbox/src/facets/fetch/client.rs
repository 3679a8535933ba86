//! The network as fetching plugins meet it: a resolver, the networks that are open, and the
//! certificates that are believed; and one request over one connection.
//!
//! A connection goes to an address that was judged, serves one request and ends with it. HTTP/1.1
//! is spoken here in the plainest way, so there is nothing to switch off.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    client::conn::http1,
    header::HeaderMap,
};
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    select,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, ClientConfig, RootCertStore,
        client::Resumption,
        crypto::ring,
        pki_types::{CertificateDer, ServerName},
    },
};

use super::{
    address::{self, AskSystem, Resolve},
    failure, headers,
    quota::Meter,
    target::Target,
};
use crate::{
    FetchSettings,
    bindings::{fetch, types::Failure},
    limits,
};

/// What all calls of a sandbox share.
#[derive(Clone)]
pub(crate) struct Network {
    resolver: Arc<dyn Resolve>,
    opened: Arc<[IpNet]>,
    tls: TlsConnector,
}

impl Network {
    pub(crate) fn new(settings: FetchSettings) -> Result<Self, rustls::Error> {
        let FetchSettings { private_networks, resolver, extra_roots } = settings;
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for root in extra_roots {
            roots.add(CertificateDer::from(root))?;
        }
        let provider = Arc::new(ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // A ticket would let a server know one plugin's request by another's.
        config.resumption = Resumption::disabled();
        let resolver = resolver.unwrap_or_else(|| Arc::new(AskSystem));
        let tls = TlsConnector::from(Arc::new(config));
        Ok(Self { resolver, opened: private_networks.into(), tls })
    }

    /// The addresses of a host, all of which may be reached; a literal address is its own.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Failure> {
        let found = match host.parse() {
            Ok(address) => vec![address],
            Err(_) => self.resolver.resolve(host).await.unwrap_or_default(),
        };
        if found.is_empty() {
            return Err(failure("unreachable", format!("no address was found for `{host}`")));
        }
        // One bad address among good ones is an attempt, not an accident.
        match found.iter().find_map(|address| address::forbidden(*address, &self.opened)) {
            None => Ok(found),
            Some(what) => {
                let message = format!("`{host}` leads to {what}; only public ones may be reached");
                Err(failure("blocked", message))
            }
        }
    }

    /// Sends one request over a connection and takes in the whole answer.
    pub(super) async fn exchange(
        &self,
        stream: TcpStream,
        target: &Target,
        head: HeaderMap,
        body: Vec<u8>,
        meter: &mut Meter<'_>,
    ) -> Result<fetch::Response, Failure> {
        if !target.is_encrypted() {
            return speak(stream, target, head, body, meter).await;
        }
        let host = &target.host;
        let untrusted = || {
            let message = format!("`{host}` did not prove who it is with a valid certificate");
            failure("unreachable", message)
        };
        let name = ServerName::try_from(host.clone()).map_err(|_| untrusted())?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| untrusted())?;
        speak(stream, target, head, body, meter).await
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Network({:?}, opened {:?})", self.resolver, self.opened)
    }
}

/// Connects to the first of the addresses that answers.
pub(super) async fn connect(target: &Target, addresses: &[IpAddr]) -> Result<TcpStream, Failure> {
    for address in addresses.iter().take(limits::FETCH_ADDRESSES) {
        let connecting = TcpStream::connect(SocketAddr::new(*address, target.port));
        if let Ok(Ok(stream)) = timeout(limits::FETCH_CONNECT_TIME, connecting).await {
            return Ok(stream);
        }
    }
    let Target { host, port, .. } = target;
    Err(failure("unreachable", format!("`{host}` takes no connection on port {port}")))
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    target: &Target,
    head: HeaderMap,
    body: Vec<u8>,
    meter: &mut Meter<'_>,
) -> Result<fetch::Response, Failure> {
    let host = &target.host;
    let broken = |error: hyper::Error| {
        if error.is_parse() {
            return failure("bad-response", format!("`{host}` answered with what is no HTTP/1"));
        }
        failure("unreachable", format!("`{host}` hung up before its answer ended"))
    };
    let mut request = Request::new(Full::new(Bytes::from(body)));
    *request.method_mut() = target.method().parse().map_err(|_| unsent())?;
    *request.uri_mut() = target.path.parse().map_err(|_| unsent())?;
    *request.headers_mut() = head;
    let (mut sender, connection) = http1::Builder::new()
        .max_headers(limits::FETCH_RESPONSE_HEADERS)
        .max_buf_size(limits::FETCH_BUFFER)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(broken)?;
        take_in(response, meter, broken).await
    };
    // Nothing is spawned: when the call ends, so does its connection.
    let (mut exchange, connection) = (pin!(exchange), pin!(connection));
    select! {
        answer = &mut exchange => return answer,
        _ = connection => {}
    }
    exchange.await
}

async fn take_in(
    response: Response<Incoming>,
    meter: &mut Meter<'_>,
    broken: impl Fn(hyper::Error) -> Failure,
) -> Result<fetch::Response, Failure> {
    let (head, mut incoming) = response.into_parts();
    meter.receive(headers::bytes(&head.headers))?;
    let mut body = Vec::new();
    while let Some(frame) = incoming.frame().await {
        let frame = frame.map_err(&broken)?;
        // What is no data are trailers, which nobody asked for.
        if let Some(data) = frame.data_ref() {
            meter.receive(data.len())?;
            body.extend_from_slice(data);
        }
    }
    let status = head.status.as_u16();
    Ok(fetch::Response { status, headers: headers::told(&head.headers), body })
}

fn unsent() -> Failure {
    failure("bad-request", "the URL cannot be read")
}
