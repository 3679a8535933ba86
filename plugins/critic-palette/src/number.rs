//! Numbers of different types, brought together without surprises.
//!
//! What they count is for the callers to say.

/// A count as a float. Counts of a working copy's pixels stay below 2²⁴, where this is exact.
#[expect(clippy::cast_precision_loss, reason = "counts of a working copy's pixels are small")]
pub const fn float(count: usize) -> f32 {
    count as f32
}

/// The part that `some` are of `all`; 0 of nothing.
pub fn share(some: usize, all: usize) -> f32 {
    if all == 0 { 0.0 } else { float(some) / float(all) }
}

/// The nearest whole number within 0..=255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "brought into the range of a byte before"
)]
pub fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// The whole part, at most `most`; 0 for negative numbers and for what is not a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float that is cast stays inside the integer's range"
)]
pub fn whole(value: f32, most: usize) -> usize {
    (value.max(0.0) as usize).min(most)
}
