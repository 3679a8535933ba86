//! `plugin.toml`: who a plugin is and which powers it asks for, each with a reason.
//!
//! The text is the author's. It is embedded in the component, so that whoever has the bytes has
//! the request. What is granted is the operator's business (`shelf`), what is linked the sandbox's.

pub mod bounds;
mod embed;
mod error;
mod fetch_rule;
mod manifest;
mod power;
mod raw;
mod role;
mod want;

pub use bounds::NAME_BYTES;
pub use embed::{SECTION, embed, extract};
pub use error::ManifestError;
pub use fetch_rule::{FetchRule, Method, Scheme, Secret};
pub use manifest::{AskedLimits, Manifest, PACKAGE, VERSION, is_plain};
pub use power::{Change, Power, compare, request_hash};
pub use role::Role;
pub use want::{Scope, Want};
