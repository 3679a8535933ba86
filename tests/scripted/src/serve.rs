//! The wire: connections in, acts carried out.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    net::TcpListener,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http_body_util::BodyExt as _;
use hyper::{
    Request, Response,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    header::{HeaderMap, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::{io::AsyncRead, io::AsyncWrite, sync::mpsc, task::JoinSet};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

use crate::{
    act::Act,
    alarm,
    answers::{self, Well},
    pictures::png,
    protocols,
    socket::{self, Whisper},
    stats::{Asked, Stats},
};

/// Bytes of a chunk of an answer without end.
const CHUNK: usize = 64 * 1024;

/// What is scripted, and what was called.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    pub(crate) acts: VecDeque<Act>,
    pub(crate) otherwise: Otherwise,
    pub(crate) stats: Stats,
    /// Workflows, by name.
    pub(crate) queued: Vec<String>,
    pub(crate) whisper: Whisper,
}

impl Stage {
    /// Somebody may look at the headers of the next call.
    fn looks_at_headers(&self) -> bool {
        self.stats.remembers() || matches!(self.otherwise, Otherwise::By(_))
    }
}

/// What happens to a call for which no act is left.
pub(crate) enum Otherwise {
    Always(Act),
    By(Box<dyn Fn(&Asked) -> Act + Send>),
}

impl Otherwise {
    fn act(&self, asked: &Asked) -> Act {
        match self {
            Self::Always(act) => act.clone(),
            Self::By(choose) => choose(asked),
        }
    }
}

impl Default for Otherwise {
    fn default() -> Self {
        Self::Always(Act::default())
    }
}

impl std::fmt::Debug for Otherwise {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Always(act) => act.fmt(formatter),
            Self::By(_) => formatter.write_str("a choice"),
        }
    }
}

type Shared = Arc<Mutex<Stage>>;

/// Counts a call as being on its way until it is dropped, however it ends.
struct InFlight {
    stage: Shared,
    digest: u64,
    whole: bool,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.stage.lock().unwrap().stats.went(self.digest, self.whole);
    }
}

pub(crate) fn acceptor(certificate: &rcgen::Certificate, key: &rcgen::KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

pub(crate) async fn serve(listener: TcpListener, stage: Shared, tls: Option<TlsAcceptor>) {
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        stage.lock().unwrap().stats.connections += 1;
        let (stage, tls) = (stage.clone(), tls.clone());
        connections.spawn(async move {
            match tls {
                None => connection(stream, stage).await,
                Some(tls) => {
                    // A caller that does not trust the certificate hangs up here.
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(stream, stage).await;
                    }
                }
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, stage: Shared) {
    let (say, mut heard) = mpsc::unbounded_channel();
    let speaker = stage.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        let socket = request.uri().path() == "/ws";
        if socket {
            say.send(hyper::upgrade::on(&mut request)).ok();
        }
        call(request, stage.clone())
    });
    let served = async move {
        let http = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // Connections end in an error on purpose here.
        http.with_upgrades().await.ok();
    };
    let spoken = async {
        if let Some(upgrade) = heard.recv().await
            && let Ok(upgraded) = upgrade.await
        {
            socket::speak(upgraded, speaker).await;
        }
    };
    tokio::join!(served, spoken);
}

async fn call(request: Request<Incoming>, stage: Shared) -> io::Result<Response<Scene>> {
    if request.uri().path() == "/ws" {
        return Ok(socket::answer(&request, &stage.lock().unwrap().whisper));
    }
    let (parts, body) = request.into_parts();
    let bytes = collected(body).await?;
    let came = Instant::now();
    let (method, path) = (parts.method.as_str().to_owned(), parts.uri.path().to_owned());
    match (method.as_str(), path.as_str()) {
        ("GET", "/stats") => {
            let stats = serde_json::to_string(&stage.lock().unwrap().stats).unwrap();
            return Ok(answered(200, "application/json", stats.into()));
        }
        ("POST", "/script") => {
            return Ok(match serde_json::from_slice::<Vec<Act>>(&bytes) {
                Ok(acts) => {
                    stage.lock().unwrap().acts.extend(acts);
                    answered(204, "text/plain", Bytes::new())
                }
                Err(error) => answered(400, "text/plain", error.to_string().into()),
            });
        }
        _ => {}
    }
    let is_looked_at = stage.lock().unwrap().looks_at_headers();
    let key = parts.headers.get("idempotency-key").map(in_text);
    let asked = Asked {
        call: format!("{method} {path}"),
        key,
        headers: if is_looked_at { by_name(&parts.headers) } else { BTreeMap::new() },
        body: String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    };
    let digest = asked.digest();
    let act = {
        let mut stage = stage.lock().unwrap();
        if asked.call == "POST /prompt" {
            stage.queued.push(protocols::workflow(asked.body.as_bytes()));
        }
        stage.acts.pop_front().unwrap_or_else(|| stage.otherwise.act(&asked))
    };
    // Thought of while its time passes, so that many answers that are due at once go out at once.
    let call = (method.as_str(), path.as_str());
    let good = act.is_of_the_protocol().then(|| answers::well(&act, call, (&asked, digest)));
    let echo = matches!(act, Act::Echo(_)).then(|| format!("{:?}", by_name(&parts.headers)));
    stage.lock().unwrap().stats.came(asked, digest);
    let in_flight = InFlight { stage, digest, whole: false };
    alarm::at(came + act.delay()).await;
    if act == Act::Answer && path == "/view" {
        return Ok(viewed(parts.uri.query().unwrap_or_default(), in_flight));
    }
    play(act, good.flatten(), &echo.unwrap_or_default(), in_flight).await
}

/// Headers by name.
fn by_name(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), in_text(value))).collect()
}

fn in_text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// All of a question, in one piece.
async fn collected(mut body: Incoming) -> io::Result<Vec<u8>> {
    // Questions come from this machine's own tests: what they announce is so.
    let announced = body.size_hint().exact().unwrap_or(0);
    let mut bytes = Vec::with_capacity(usize::try_from(announced).unwrap_or(0));
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.map_err(io::Error::other)?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// A picture that depends on what is looked for.
fn viewed(query: &str, in_flight: InFlight) -> Response<Scene> {
    let sum = query.bytes().fold(0_u8, u8::wrapping_add);
    let mut response = answered(200, "image/png", png([sum, 1, 1]).into());
    response.body_mut().in_flight = Some(in_flight);
    response
}

async fn play(
    act: Act,
    good: Option<Well>,
    echo: &str,
    in_flight: InFlight,
) -> io::Result<Response<Scene>> {
    const JSON: &str = "application/json";
    let status = if good.is_some() { 200 } else { 404 };
    let good = good.unwrap_or_else(|| Well::of(r#"{"detail":"Not Found"}"#.to_owned()));
    let half = |good: Well| {
        let text = good.whole();
        text.get(..text.len() / 2).unwrap_or_default().to_owned()
    };
    let mut response = match act {
        Act::Answer | Act::Slow(_) | Act::Fit(_) | Act::Draw(..) => {
            let mut response = scene(JSON, Scene { parts: good.0.into(), ..Scene::default() });
            *response.status_mut() = status.try_into().unwrap();
            response
        }
        Act::Status(status, wish, body) => {
            let mut response = answered(status, JSON, body.into());
            if let Some(wish) = wish {
                response.headers_mut().insert("retry-after", wish.parse().unwrap());
            }
            response
        }
        Act::Challenge(challenge) => {
            let mut response = answered(401, "text/plain", Bytes::new());
            response.headers_mut().insert("www-authenticate", challenge.parse().unwrap());
            response
        }
        Act::Redirect(place) => {
            let mut response = answered(307, "text/plain", Bytes::new());
            response.headers_mut().insert("location", place.parse().unwrap());
            response
        }
        Act::Body(body) => answered(200, JSON, body.into()),
        Act::Typed(media_type, body) => answered(200, &media_type, body.into()),
        Act::File(media_type, bytes) => answered(200, &media_type, bytes.into()),
        Act::Bytes(bytes) => answered(200, "application/octet-stream", bytes.into()),
        Act::HalfJson => answered(200, JSON, half(good).into()),
        Act::CutOff => scene(JSON, Scene::then(half(good), End::Break)),
        Act::HangMidBody => scene(JSON, Scene::then(half(good), End::Hang)),
        Act::Hang => {
            tokio::time::sleep(Duration::from_hours(1)).await;
            return Err(io::ErrorKind::TimedOut.into());
        }
        Act::Reset => return Err(io::ErrorKind::ConnectionReset.into()),
        Act::Huge(bytes) => scene(JSON, Scene::then("[".to_owned(), End::Zeros(bytes))),
        Act::Announced(bytes) => {
            let mut response = scene(JSON, Scene::then("[".to_owned(), End::Hang));
            response.headers_mut().insert("content-length", bytes.into());
            response
        }
        Act::Echo(status) => {
            let body = json!({ "error": { "message": echo } }).to_string();
            answered(status, JSON, body.into())
        }
    };
    response.body_mut().in_flight = Some(in_flight);
    Ok(response)
}

fn answered(status: u16, media_type: &str, body: Bytes) -> Response<Scene> {
    let mut response = scene(media_type, Scene { parts: [body].into(), ..Scene::default() });
    *response.status_mut() = status.try_into().unwrap();
    response
}

fn scene(media_type: &str, scene: Scene) -> Response<Scene> {
    let mut response = Response::new(scene);
    response.headers_mut().insert("content-type", media_type.parse().unwrap());
    response
}

/// How an answer ends after its first part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum End {
    #[default]
    Well,
    Break,
    Broken,
    Hang,
    Zeros(usize),
}

/// The body of an answer.
#[derive(Default)]
pub(crate) struct Scene {
    parts: VecDeque<Bytes>,
    end: End,
    in_flight: Option<InFlight>,
}

impl Scene {
    fn then(first: String, end: End) -> Self {
        Self { parts: [first.into()].into(), end, in_flight: None }
    }
}

impl Body for Scene {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(part) = self.parts.pop_front() {
            let is_last = self.parts.is_empty() && self.end == End::Well;
            if let (true, Some(in_flight)) = (is_last, &mut self.in_flight) {
                in_flight.whole = true;
            }
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        match self.end {
            End::Well => Poll::Ready(None),
            // What came before is on its way only when there was nothing to do for a moment.
            End::Break => {
                self.end = End::Broken;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Broken => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            End::Hang => Poll::Pending,
            End::Zeros(0) => {
                self.end = End::Well;
                Poll::Ready(None)
            }
            End::Zeros(left) => {
                let now = left.min(CHUNK);
                self.end = End::Zeros(left - now);
                Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'0'; now])))))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Well => {
                SizeHint::with_exact(self.parts.iter().map(|part| part.len() as u64).sum())
            }
            _ => SizeHint::default(),
        }
    }
}
