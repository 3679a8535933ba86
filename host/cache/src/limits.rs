//! Every bound of this crate.

use std::time::Duration;

/// A result may take this part of the whole cache at most: one that is larger would drive out too many
/// others. As a divisor.
pub(crate) const LARGEST_PART: u64 = 4;

/// When the cache is full, so much of it is kept: making room now and then is cheaper than always.
/// In percent.
pub(crate) const KEPT_PERCENT: u64 = 90;

/// How long another process is waited for that is writing.
pub(crate) const BUSY: Duration = Duration::from_secs(2);
