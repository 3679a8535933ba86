//! A picture as a graph wants it: decoded within bounds, squeezed into a square.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, RgbImage, imageops::FilterType};

use crate::{
    error::{LocalError, shown},
    limits::{DECODED_BYTES, PIXELS},
};

/// A PNG or JPEG, decoded: 8 bits of red, green and blue. What is transparent is on black.
pub(crate) fn decoded(bytes: &[u8]) -> Result<RgbImage, LocalError> {
    let bad = |what: &str| LocalError::Picture(what.to_owned());
    let Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) = image::guess_format(bytes) else {
        return Err(bad("is neither PNG nor JPEG"));
    };
    let unreadable =
        |error: image::ImageError| bad(&format!("cannot be read: {}", shown(&error.to_string())));
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > PIXELS || width == 0 || height == 0 {
        return Err(bad(&format!("is said to be {width}×{height} pixels")));
    }
    let mut reader = reader();
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(DECODED_BYTES);
    reader.limits(bounds);
    Ok(reader.decode().map_err(unreadable)?.into_rgb8())
}

/// The whole picture in a square of so many pixels a side, whatever its proportions were, bilinear.
/// Three numbers from 0 to 255 a pixel, row by row.
pub(crate) fn squeezed(picture: &RgbImage, side: usize) -> Vec<f32> {
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let small = image::imageops::resize(picture, side, side, FilterType::Triangle);
    small.into_raw().into_iter().map(f32::from).collect()
}

/// All blues of a picture, then all greens, then all reds, from -1 to 1: as `OpenCV` hands pictures to graphs
/// that were trained with it.
pub(crate) fn blue_first(picture: &RgbImage) -> Vec<f32> {
    let pixels = picture.as_raw();
    let channel = |channel: usize| pixels.iter().skip(channel).step_by(3);
    let level = |level: &u8| f32::from(*level) / 127.5 - 1.0;
    [2, 1, 0].into_iter().flat_map(channel).map(level).collect()
}

/// A number of pixels, rounded down; none for what is no number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts of floats end at the least and most that there is"
)]
pub(crate) const fn whole(number: f64) -> u32 {
    number as u32
}

/// The same numbers with all reds first, then all greens, then all blues.
pub(crate) fn channels_first(pixels: &[f32]) -> Vec<f32> {
    (0..3).flat_map(|channel| pixels.iter().skip(channel).step_by(3).copied()).collect()
}

#[cfg(test)]
mod tests;
