//! The way to a collector: OTLP over HTTP, in protobuf.
//!
//! Spans are handed over at once and sent from a thread of their own, in batches. A collector that
//! cannot be reached costs spans, never a run: it is told at the end, and left alone after its first
//! failure.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use async_trait::async_trait;
use opentelemetry::{
    Array, InstrumentationScope, KeyValue, StringValue, Value as OtlpValue,
    trace::{
        Event, SpanContext, SpanId as OtlpSpanId, SpanKind, Status, TraceFlags,
        TraceId as OtlpTraceId, TraceState,
    },
};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{
    ExporterBuildError, Protocol, SpanExporter as OtlpExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::{
    Resource,
    trace::{SpanData, SpanEvents, SpanExporter, SpanLinks},
};
use thiserror::Error;

use crate::span::{Kind, Moment, Sink, Span, Value};

/// Spans that wait to be sent; more are dropped, and counted.
const WAITING: usize = 4096;
/// Spans that are sent at once.
const BATCH: usize = 512;
/// How long a span waits for others at most.
const WAIT: Duration = Duration::from_secs(1);
/// How long a collector may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How long spans are still sent once the program has nothing else to do.
const PARTING: Duration = Duration::from_secs(5);
/// Bytes of its answer that are read.
const ANSWER_BYTES: usize = 64 << 10;

/// Where spans go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collector {
    /// The whole URL, such as `http://localhost:4318/v1/traces`.
    pub url: String,
    /// Headers that it wants, by name; they may hold a key.
    pub headers: Vec<(String, String)>,
    /// What this program is called there.
    pub service: String,
}

/// Spans cannot be sent at all.
#[derive(Debug, Error)]
pub enum ExporterError {
    /// No client for servers can be made.
    #[error("no client for the collector can be made")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Its URL or headers are none.
    #[error("the collector's address cannot be used")]
    Address(#[from] ExporterBuildError),
    /// The operating system has no room.
    #[error("spans cannot be sent from a thread of their own")]
    Thread(#[from] std::io::Error),
}

/// Sends spans until it is told to stop.
#[derive(Debug)]
pub struct Exporter {
    sender: Mutex<Option<SyncSender<Span>>>,
    thread: Mutex<Option<JoinHandle<Result<(), String>>>>,
    rest: Arc<Rest>,
    url: String,
}

/// What becomes of spans that are not sent.
#[derive(Debug, Default)]
struct Rest {
    /// How many there were.
    dropped: AtomicU64,
    /// Once the program has nothing else to do: when the last of them is begun.
    ends: OnceLock<Instant>,
}

impl Rest {
    fn lose(&self, spans: usize) {
        self.dropped.fetch_add(spans as u64, Ordering::Relaxed);
    }
}

impl Exporter {
    /// Gets ready to send. Nothing is sent yet.
    pub fn start(collector: Collector) -> Result<Self, ExporterError> {
        let client = pentimento_tls::client(None)
            .map_err(|error| ExporterError::Client(Box::new(error)))?
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| ExporterError::Client(Box::new(error)))?;
        let headers: HashMap<String, String> = collector.headers.into_iter().collect();
        let mut exporter = OtlpExporter::builder()
            .with_http()
            .with_http_client(Client(client))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(collector.url.clone())
            .with_headers(headers)
            .with_timeout(TIMEOUT)
            .build()?;
        let service = KeyValue::new("service.name", collector.service);
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        exporter
            .set_resource(&Resource::builder_empty().with_attributes([service, version]).build());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (sender, spans) = sync_channel(WAITING);
        let rest = Arc::<Rest>::default();
        let theirs = rest.clone();
        let thread = thread::Builder::new()
            .name("spans".to_owned())
            .spawn(move || send_all(&spans, &exporter, &runtime, &theirs))?;
        Ok(Self {
            sender: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
            rest,
            url: collector.url,
        })
    }

    /// Sends what is left, as far as the collector takes it in a short time, and stops. Says what went wrong,
    /// in words for the user.
    pub fn finish(&self) -> Option<String> {
        let _ = self.rest.ends.set(Instant::now() + PARTING);
        drop(self.sender.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let failed = match thread.join() {
            Ok(sent) => sent.err(),
            Err(_) => Some("its thread ended".to_owned()),
        };
        let url = &self.url;
        if let Some(why) = failed {
            return Some(format!("spans could not be sent to `{url}`: {why}; no run needs them"));
        }
        let dropped = self.rest.dropped.load(Ordering::Relaxed);
        (dropped > 0).then(|| format!("{dropped} spans were more than `{url}` could take in time"))
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Sink for Exporter {
    fn take(&self, span: Span) {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if sender.as_ref().is_none_or(|sender| sender.try_send(span).is_err()) {
            self.rest.lose(1);
        }
    }
}

/// Sends until nobody has a span any more. After a failure the rest is let go.
fn send_all(
    spans: &Receiver<Span>,
    exporter: &OtlpExporter,
    runtime: &tokio::runtime::Runtime,
    rest: &Rest,
) -> Result<(), String> {
    let mut result = Ok(());
    while let Ok(first) = spans.recv() {
        let batch = batch(first, spans);
        if rest.ends.get().is_some_and(|ends| *ends <= Instant::now()) {
            rest.lose(batch.len());
            continue;
        }
        if result.is_ok() {
            let sent = runtime.block_on(exporter.export(batch));
            result = sent.map_err(|error| error.to_string());
        }
    }
    result
}

/// What comes soon after a first span.
fn batch(first: Span, spans: &Receiver<Span>) -> Vec<SpanData> {
    let (mut batch, until) = (vec![data(first)], Instant::now() + WAIT);
    while batch.len() < BATCH {
        match spans.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(span) => batch.push(data(span)),
            Err(_) => break,
        }
    }
    batch
}

/// Our client behind the library's port: no redirect, no proxy, and answers of any size are cut.
#[derive(Debug)]
struct Client(reqwest::Client);

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            let room = ANSWER_BYTES.saturating_sub(body.len());
            body.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
            if body.len() == ANSWER_BYTES {
                break;
            }
        }
        Ok(Response::builder().status(answer.status()).body(body.into())?)
    }
}

/// A span in the library's form.
fn data(span: Span) -> SpanData {
    let trace = OtlpTraceId::from_bytes(span.trace.0);
    let context = |id: [u8; 8]| {
        let id = OtlpSpanId::from_bytes(id);
        SpanContext::new(trace, id, TraceFlags::SAMPLED, false, TraceState::default())
    };
    let mut events = SpanEvents::default();
    events.events = span.moments.into_iter().map(event).collect();
    let parent = span.parent.map_or(OtlpSpanId::INVALID, |id| OtlpSpanId::from_bytes(id.0));
    SpanData {
        span_context: context(span.id.0),
        parent_span_id: parent,
        parent_span_is_remote: false,
        span_kind: match span.kind {
            Kind::Internal => SpanKind::Internal,
            Kind::Client => SpanKind::Client,
        },
        name: span.name.into(),
        start_time: time(span.start),
        end_time: time(span.end),
        attributes: attributes(span.attributes),
        dropped_attributes_count: 0,
        events,
        links: SpanLinks::default(),
        status: span.failed.map_or(Status::Unset, Status::error),
        instrumentation_scope: InstrumentationScope::builder("pentimento")
            .with_version(env!("CARGO_PKG_VERSION"))
            .build(),
    }
}

fn event(moment: Moment) -> Event {
    Event::new(moment.name, time(moment.at), attributes(moment.attributes), 0)
}

fn time(at: Duration) -> SystemTime {
    UNIX_EPOCH.checked_add(at).unwrap_or(UNIX_EPOCH)
}

fn attributes(said: Vec<(&'static str, Value)>) -> Vec<KeyValue> {
    let value = |value: Value| match value {
        Value::Text(text) => OtlpValue::from(text),
        Value::Texts(texts) => {
            let texts = texts.into_iter().map(StringValue::from).collect();
            OtlpValue::Array(Array::String(texts))
        }
        Value::Whole(number) => OtlpValue::I64(number),
        Value::Number(number) => OtlpValue::F64(number),
        Value::Switch(on) => OtlpValue::Bool(on),
    };
    said.into_iter().map(|(name, said)| KeyValue::new(name, value(said))).collect()
}
