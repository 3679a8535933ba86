//! The depot against scripted servers: what comes through, and the exact words about what does not.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod https;
mod oci;
mod place;
