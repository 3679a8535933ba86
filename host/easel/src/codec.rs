//! Pictures in and out of their files: PNG written, PNG and JPEG read, within limits.
//!
//! Bytes to be read may come from anywhere. What bytes are called and where they are kept is the
//! model's and the journal's business.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    RgbImage, RgbaImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use pentimento_model::{Artifact, MediaType};

use crate::error::EaselError;

/// Longest side, in pixels, of a picture the easel edits: 48 MiB of pixels at most.
pub const LONGEST_SIDE: u32 = 4096;

/// Upper bound, in bytes, for what a decoder may allocate: twice the largest picture's pixels
/// with an alpha channel.
const MOST_MEMORY: u64 = 2 * 4 * 4096 * 4096;

/// A picture as PNG bytes, written quickly. The same pixels always give the same bytes.
pub fn encode_png(picture: &RgbImage) -> Result<Vec<u8>, EaselError> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
    let (width, height) = picture.dimensions();
    encoder
        .write_image(picture, width, height, ExtendedColorType::Rgb8)
        .map_err(EaselError::Encode)?;
    Ok(bytes)
}

/// Reads a picture. Its size is checked before its pixels are given room.
pub fn decode(picture: &Artifact) -> Result<RgbImage, EaselError> {
    Ok(read(picture)?.into_rgb8())
}

/// The same with what is transparent in it; all of a picture without an alpha channel is opaque.
pub(crate) fn decode_with_alpha(picture: &Artifact) -> Result<RgbaImage, EaselError> {
    Ok(read(picture)?.into_rgba8())
}

/// Width and height, from the header alone.
pub(crate) fn dimensions(picture: &Artifact) -> Result<(u32, u32), EaselError> {
    let decoder = reader(picture)?.into_decoder().map_err(EaselError::Decode)?;
    Ok(decoder.dimensions())
}

fn read(picture: &Artifact) -> Result<DynamicImage, EaselError> {
    let decoder = reader(picture)?.into_decoder().map_err(EaselError::Decode)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_SIDE {
        return Err(EaselError::TooLarge { width, height, limit: LONGEST_SIDE });
    }
    DynamicImage::from_decoder(decoder).map_err(EaselError::Decode)
}

/// A reader within limits.
fn reader(picture: &Artifact) -> Result<ImageReader<Cursor<&[u8]>>, EaselError> {
    let format = match picture.media_type {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Text => {
            return Err(EaselError::NotAPicture { found: picture.media_type.as_str() });
        }
    };
    let mut reader = ImageReader::with_format(Cursor::new(&*picture.bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    Ok(reader)
}

#[cfg(test)]
mod tests;
