//! Plugins from outside: their bytes, fetched over `https` from web servers and OCI registries, and
//! held against a digest.
//!
//! Nothing here stores a plugin, reads its request or trusts an author: that is left to the shelf.
//! Whoever asks must name the digest first; what a server says of itself is never believed.

mod depot;
mod error;
pub mod limits;
mod oci;
mod source;
mod transport;

pub use depot::{Depot, Fetched};
pub use error::FetchError;
pub use limits::Limits;
pub use oci::Pinned;
pub use source::{BadSource, Sha256, Source};
