//! A span as a plain value: what happened, when, and below what.

use std::{fmt, time::Duration};

use pentimento_model::StepKey;

/// What an attribute says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A list of words.
    Texts(Vec<String>),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Switch(bool),
}

/// Whether somebody outside was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything happened in this program.
    Internal,
    /// A server was asked.
    Client,
}

/// The name of a run's trace. The same run has the same one whenever it is taken up again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TraceId(pub [u8; 16]);

/// The name of a span in its trace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SpanId(pub [u8; 8]);

/// Something that happened in a span, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Its name.
    pub name: &'static str,
    /// Since the Unix epoch.
    pub at: Duration,
    /// What there is to say of it.
    pub attributes: Vec<(&'static str, Value)>,
}

/// One stretch of time in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The run's trace.
    pub trace: TraceId,
    /// Its name in there.
    pub id: SpanId,
    /// The span it is part of; `None` for the run's own.
    pub parent: Option<SpanId>,
    /// What it is called: an operation and its object.
    pub name: String,
    /// Whether somebody outside was asked.
    pub kind: Kind,
    /// Since the Unix epoch.
    pub start: Duration,
    /// Since the Unix epoch.
    pub end: Duration,
    /// What there is to say of it.
    pub attributes: Vec<(&'static str, Value)>,
    /// What happened in it.
    pub moments: Vec<Moment>,
    /// It failed, in a word.
    pub failed: Option<String>,
}

/// Where finished spans go.
pub trait Sink: Send + Sync {
    /// Must be quick, and never fails a run.
    fn take(&self, span: Span);
}

impl TraceId {
    /// That of a run which began at this moment.
    pub(crate) fn of(run: &str, began: Duration) -> Self {
        let key =
            StepKey::of([b"trace".as_slice(), run.as_bytes(), &began.as_nanos().to_le_bytes()]);
        let mut id = [0; 16];
        id.iter_mut().zip(key.as_bytes()).for_each(|(to, from)| *to = *from);
        Self(id)
    }
}

impl SpanId {
    /// That of the event at this place of the journal.
    pub(crate) fn of(trace: TraceId, position: u64) -> Self {
        let key = StepKey::of([b"span".as_slice(), &trace.0, &position.to_le_bytes()]);
        let mut id = [0; 8];
        id.iter_mut().zip(key.as_bytes()).for_each(|(to, from)| *to = *from);
        Self(id)
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TraceId({self})")
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SpanId(")?;
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))?;
        formatter.write_str(")")
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
