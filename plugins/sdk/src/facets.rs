//! The small facets as plain functions: log lines, seeded random numbers, the fixed clock, the
//! operator's settings, the plugin's own memory.

/// Log lines, kept by the host with a fault or shown on demand.
pub mod log {
    use crate::bindings::critic::pentimento::plugin::log::{Level, write};

    /// For the author only.
    pub fn debug(line: impl AsRef<str>) {
        write(Level::Debug, line.as_ref());
    }

    /// Worth knowing.
    pub fn info(line: impl AsRef<str>) {
        write(Level::Info, line.as_ref());
    }

    /// Something is odd.
    pub fn warn(line: impl AsRef<str>) {
        write(Level::Warn, line.as_ref());
    }

    /// Something is wrong.
    pub fn error(line: impl AsRef<str>) {
        write(Level::Error, line.as_ref());
    }
}

/// Random numbers from the run's seed: the same call of the same run draws the same numbers.
pub mod random {
    use crate::{Failure, bindings::critic::pentimento::plugin::random as facet};

    /// 64 random bits.
    pub fn next() -> Result<u64, Failure> {
        facet::next()
    }

    /// A number from 0 up to but not including `end`; 0 if `end` is 0.
    pub fn below(end: u64) -> Result<u64, Failure> {
        // The high half of a wide product: the bias is below 2^-64 * `end`.
        let wide = u128::from(next()?) * u128::from(end);
        Ok((wide >> 64) as u64)
    }
}

/// The time, standing still at the moment the run started, so that a verdict can be replayed.
pub mod clock {
    use std::time::Duration;

    use crate::{Failure, bindings::critic::pentimento::plugin::clock as facet};

    /// Since the Unix epoch.
    pub fn now() -> Result<Duration, Failure> {
        facet::now().map(Duration::from_millis)
    }
}

/// Small values of the plugin's own, kept from call to call until the run ends. A run that is
/// resumed begins with none, so keep only what can be made again.
pub mod memory {
    use crate::{Failure, bindings::critic::pentimento::plugin::memory as facet};

    /// The value of a key.
    pub fn get(key: &str) -> Result<Option<Vec<u8>>, Failure> {
        facet::get(key)
    }

    /// Keeps a value, in place of the key's older one.
    pub fn set(key: &str, value: &[u8]) -> Result<(), Failure> {
        facet::set(key, value)
    }

    /// Forgets a key, if there is one.
    pub fn remove(key: &str) -> Result<(), Failure> {
        facet::remove(key)
    }

    /// All keys, sorted.
    pub fn keys() -> Result<Vec<String>, Failure> {
        facet::keys()
    }
}

/// What the operator configured for this plugin.
pub mod settings {
    use crate::{Failure, bindings::critic::pentimento::plugin::settings as facet};

    /// The value of a key, as text; `None` if the operator did not set it.
    pub fn get(key: &str) -> Result<Option<String>, Failure> {
        facet::get(key)
    }
}
