//! A run's events as spans, named as the semantic conventions of OpenTelemetry for generative AI say,
//! and, with the feature `otlp`, the way to a collector.
//!
//! Spans are made of events that are durable already; nothing in a run knows of them. No word of an
//! idea, a prompt, an answer or a finding is in them unless that was asked for, and never a key. Whether
//! spans are wanted, and where, is the app's business.

mod convention;
#[cfg(feature = "otlp")]
mod exporter;
mod span;
mod story;

#[cfg(feature = "otlp")]
pub use exporter::{Collector, Exporter, ExporterError};
pub use span::{Kind, Moment, Sink, Span, SpanId, TraceId, Value};
pub use story::{Cast, Player, Told};

#[cfg(test)]
mod tests;
