//! Every bound on what is sent, read and waited for, in one place.
//!
//! Times and counts that an operator may choose are the defaults of [`crate::Limits`].

use std::time::Duration;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes of an answer in words: a million tokens are about 4 MiB.
pub const WORDS_BYTES: usize = 4 * MIB;
/// Bytes of an answer in words with probabilities, which take several times as much.
pub const LIKELY_WORDS_BYTES: usize = 16 * MIB;
/// Bytes of an answer with pictures: a 16-megapixel PNG in base64, with room to spare.
pub const PICTURE_BYTES: usize = 96 * MIB;
/// Bytes of a refusal that are read to find out why.
pub const COMPLAINT_BYTES: usize = 64 * KIB;
/// Bytes of a program's standard error that are kept to be shown: its end, where the reason is.
pub const STDERR_BYTES: usize = 4 * KIB;
/// How long the output of a program that has ended may be held open by what it started and what left
/// its group.
pub const HELD_OPEN: Duration = Duration::from_secs(1);
/// Calls on their way to a program at a time, unless settings say otherwise: each is a process.
pub const PROGRAMS: usize = 1;
/// Characters of a server's own words that an error shows.
pub const SHOWN_CHARS: usize = 300;
/// Pixels of a picture, from its header, before anything is decoded. The sandbox's bound for
/// pictures that critics look at.
pub const PIXELS: u64 = 16_000_000;
/// Bytes of a workflow with places; large ones have some hundred KiB.
pub const WORKFLOW_BYTES: usize = MIB;
/// Bytes of one message of a server that tells of its work; the largest are previews.
pub const MESSAGE_BYTES: usize = 16 * MIB;
/// Messages that are listened to while one picture is made; a long one has some thousand.
pub const MESSAGES: usize = 1 << 16;
/// Vectors of one answer.
pub const VECTORS: usize = 2048;
/// Numbers of one vector; the longest known embeddings have 4096.
pub const DIMENSIONS: usize = 65_536;
/// Models of a server that are listed; those that follow are left out.
pub const LISTED_MODELS: usize = 10_000;
/// Pieces of an answer in words that are read: messages, and parts of one.
pub const PIECES: usize = 1024;
/// Tokens with probabilities that are read. The longest answers have a few hundred thousand.
pub const TOKENS: usize = 1 << 18;
/// Alternatives of a token that are read; servers give at most 20.
pub const ALTERNATIVES: usize = 20;

/// From the first attempt to the last byte of the last one, waits included. Pictures of large
/// models take minutes.
pub const DEADLINE: Duration = Duration::from_mins(5);
/// The same for a model in a file on this machine: detectors take a second, if the machine is slow.
pub const LOCAL_DEADLINE: Duration = Duration::from_mins(1);
/// To reach a server.
pub const CONNECT: Duration = Duration::from_secs(10);
/// Between two reads. Servers that do not stream say nothing until the answer is whole.
pub const READ: Duration = Duration::from_mins(3);
/// The longest `Retry-After` that is waited for.
pub const RETRY_AFTER: Duration = Duration::from_mins(2);
/// Attempts of one call, the first included.
pub const ATTEMPTS: u32 = 5;
/// Calls on their way to one provider at a time.
pub const IN_FLIGHT: usize = 16;
/// The first wait is drawn from up to this; each later one from up to twice as much.
pub const FIRST_WAIT: Duration = Duration::from_millis(500);
/// No wait of our own choosing is longer.
pub const LONGEST_WAIT: Duration = Duration::from_secs(30);
