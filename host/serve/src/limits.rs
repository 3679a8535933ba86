//! Every bound on what callers may send, keep open and have done, in one place.

use std::time::Duration;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Connections at a time; further callers wait to be let in.
pub const CONNECTIONS: usize = 64;
/// A connection is closed after this time, between two calls; a client makes another one.
pub const CONNECTION_TIME: Duration = Duration::from_mins(10);
/// For the call under way when that time is up.
pub const LAST_CALL_TIME: Duration = Duration::from_secs(30);
/// For the header of a call, from the end of the call before.
pub const HEADER_TIME: Duration = Duration::from_secs(30);
/// Bytes of a header.
pub const HEADER_BYTES: usize = 64 * KIB;
/// Fields of a header.
pub const HEADERS: usize = 64;
/// For the body of a call, once its header is there.
pub const BODY_TIME: Duration = Duration::from_secs(30);
/// Bytes of a call without pictures in it.
pub const WORDS_BYTES: usize = 256 * KIB;
/// Bytes of a call with pictures in it. All connections together can make the server hold this
/// many times [`CONNECTIONS`].
pub const PICTURES_BYTES: usize = 8 * MIB;
/// Fields of a form.
pub const FIELDS: usize = 32;
/// Pictures made by one call, as in `OpenAI`'s API.
pub const PICTURES_MADE: u32 = 10;
/// Changes of one picture by one call: a full scene of twelve objects, each taken away and another
/// one put there, is 24. A prompt with more of them is no instruction.
pub const CHANGES: usize = 64;
/// Messages and parts of one chat.
pub const PIECES: usize = 64;
/// Pictures shown in one chat, or to the painter before it paints another.
pub const PICTURES_SHOWN: usize = 16;
