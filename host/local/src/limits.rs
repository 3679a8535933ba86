//! Bounds on what settings name.

/// Bytes of a model's file. Detectors and embedders that a processor can run have at most a few hundred
/// MiB.
pub const MODEL_BYTES: usize = 512 << 20;
/// Kinds of objects that a detector may know.
pub(crate) const LABELS: usize = 10_000;
/// Bytes of one kind's name.
pub(crate) const LABEL_BYTES: usize = 100;
