//! Every bound a request runs into, named, with its unit and its reason.
//!
//! They keep what a person is asked to read short; what a call may use is in the sandbox's limits.

/// Bytes of a `plugin.toml`. A long one has 2 KiB.
pub const MANIFEST_BYTES: usize = 64 << 10;

/// Bytes of a name: of a plugin, a secret, a model.
pub const NAME_BYTES: usize = 64;

/// Bytes of a reason: a long paragraph.
pub const REASON_BYTES: usize = 2 << 10;

/// Rules of the facet `fetch`. Nobody reads more before saying yes.
pub const FETCH_RULES: usize = 16;

/// Bytes of a host name (RFC 1035, section 2.3.4).
pub const HOST_BYTES: usize = 253;

/// Plugins or models one plugin may ask for.
pub const PARTNERS: usize = 16;

/// Bytes a plugin may keep in the facet `memory` if it asks for no number.
pub const MEMORY_BYTES: u64 = 64 << 10;

/// The most it may ask for: a run's worth of small notes, not a database.
pub const MOST_MEMORY_BYTES: u64 = 1 << 20;

/// Calls of tools or models in one call, if the plugin asks for no number.
pub const CALLS: u32 = 4;

/// The most it may ask for.
pub const MOST_CALLS: u32 = 64;

/// Tokens of one answer of a model, if the plugin asks for no number.
pub const TOKENS: u32 = 1_000;

/// The most it may ask for.
pub const MOST_TOKENS: u32 = 100_000;
