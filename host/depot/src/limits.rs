//! Every bound on what is fetched, in one place.

use std::time::Duration;

/// Bytes of a detached signature; one with long comments has some 500.
pub const SIGNATURE_BYTES: usize = 8 << 10;
/// Bytes of an OCI manifest; one with one layer has some 1,000.
pub const MANIFEST_BYTES: usize = 256 << 10;
/// Bytes of a token server's answer; the longest tokens have some 8,000.
pub const TOKEN_BYTES: usize = 64 << 10;
/// Redirects that are followed: a release page sends on to a file server, seldom to two.
pub const REDIRECTS: usize = 5;
/// From the first connection to the last byte: 32 MiB at one megabit per second.
pub const DEADLINE: Duration = Duration::from_mins(5);
/// To reach a server.
pub const CONNECT: Duration = Duration::from_secs(10);
/// Between two reads.
pub const READ: Duration = Duration::from_secs(30);

/// The bounds that whoever asks may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a component.
    pub component: usize,
    /// From the first connection to the last byte.
    pub deadline: Duration,
    /// To reach a server.
    pub connect: Duration,
    /// Between two reads.
    pub silence: Duration,
}

impl Limits {
    /// The default times, for components of at most so many bytes.
    pub fn for_components_of(bytes: usize) -> Self {
        Self { component: bytes, deadline: DEADLINE, connect: CONNECT, silence: READ }
    }
}
