//! Conversions between pixel counts and fractions, each with its reason to be safe.
//!
//! Pictures are at most a few thousand pixels wide, far below what these types lose.

/// A pixel count or coordinate as a float; exact up to 2²⁴.
#[expect(clippy::cast_precision_loss, reason = "pixel counts stay far below 2^24")]
pub(crate) const fn float(count: usize) -> f32 {
    count as f32
}

/// A pixel count or coordinate as a float; exact up to 2²⁴.
#[expect(clippy::cast_precision_loss, reason = "pixel counts stay far below 2^24")]
pub(crate) const fn float32(count: u32) -> f32 {
    count as f32
}

/// The nearest whole number, 0 for negative ones.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` from float saturates, which is what is wanted here"
)]
pub(crate) const fn nearest(value: f32) -> u32 {
    (value + 0.5) as u32
}

/// The whole part, 0 for negative numbers.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` from float saturates, which is what is wanted here"
)]
pub(crate) const fn whole(value: f32) -> usize {
    value as usize
}

/// Rounds to the nearest byte, cutting off at 0 and 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` from float saturates, which is what is wanted here"
)]
pub(crate) const fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}
