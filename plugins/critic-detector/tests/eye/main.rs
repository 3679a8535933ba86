//! What the eye sees in pictures of the embedded painter, compared with what was painted.
//!
//! The painter and its oracle are only known to these native tests: the eye gets pixels.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "tests stop where something is missing, and count far below 2^24"
)]

mod agreement;
mod edits;
mod looks;
mod overlaps;
mod painted;
mod prompts;
mod scenes;
mod strange;
mod tally;
