//! Cutting and scaling decoded pictures, within bounds that are checked before anything is made.

use std::sync::Arc;

use image::{RgbaImage, imageops::FilterType};

use crate::{bindings::types::Failure, limits};

/// Bytes of an RGBA picture of this size; `None` if it is empty or beyond any bound.
pub(super) fn bytes(width: u32, height: u32) -> Option<usize> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > limits::IMAGE_PIXELS {
        return None;
    }
    usize::try_from(pixels * 4).ok()
}

/// The refusal of a picture that is empty or too large.
pub(super) fn too_large(width: u32, height: u32) -> Failure {
    let message = format!(
        "a picture of {width}×{height} cannot be had: it must have 1 to {} pixels, and all \
         pictures made in one call at most {} MiB",
        limits::IMAGE_PIXELS,
        limits::DERIVED_BYTES >> 20
    );
    Failure { code: "too-large".to_owned(), message }
}

/// Refuses a rectangle (corner, size) that is not wholly inside.
pub(super) fn check_inside(
    pixels: &RgbaImage,
    (x, y): (u32, u32),
    (width, height): (u32, u32),
) -> Result<(), Failure> {
    let fits = |start: u32, length: u32, whole: u32| {
        length > 0 && start.checked_add(length).is_some_and(|end| end <= whole)
    };
    if fits(x, width, pixels.width()) && fits(y, height, pixels.height()) {
        return Ok(());
    }
    let message = format!(
        "the rectangle {width}×{height} at ({x}, {y}) is empty or not inside the picture of {}×{}",
        pixels.width(),
        pixels.height()
    );
    Err(Failure { code: "out-of-range".to_owned(), message })
}

/// The bytes of a rectangle (corner, size), row by row.
pub(super) fn tile(
    pixels: &RgbaImage,
    corner: (u32, u32),
    size: (u32, u32),
) -> Result<Vec<u8>, Failure> {
    check_inside(pixels, corner, size)?;
    let length = bytes(size.0, size.1).filter(|length| *length <= limits::VIEW_BYTES);
    let Some(length) = length else {
        let message = format!("at most {} MiB can be read at once", limits::VIEW_BYTES >> 20);
        return Err(Failure { code: "too-large".to_owned(), message });
    };
    let stride = pixels.width() as usize * 4;
    let (left, width) = (corner.0 as usize * 4, size.0 as usize * 4);
    let mut tile = Vec::with_capacity(length);
    for row in pixels.as_raw().chunks_exact(stride).skip(corner.1 as usize).take(size.1 as usize) {
        tile.extend_from_slice(row.get(left..left + width).unwrap_or_default());
    }
    Ok(tile)
}

/// The picture at another size, made off the async thread.
pub(super) async fn scaled(
    pixels: Arc<RgbaImage>,
    width: u32,
    height: u32,
) -> wasmtime::Result<RgbaImage> {
    let scale = move || image::imageops::resize(&*pixels, width, height, FilterType::Triangle);
    Ok(tokio::task::spawn_blocking(scale).await?)
}

#[cfg(test)]
mod tests;
