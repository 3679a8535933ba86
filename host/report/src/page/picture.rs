//! An artifact as something a page can hold: a data URI with its size in pixels.
//!
//! Only the size is read from the bytes; decoding is the browser's business. Bytes may be damaged
//! or hostile, so every access is checked.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_model::{Artifact, MediaType};
use serde::Serialize;

/// A picture, stored once in the page and drawn wherever it is needed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Picture {
    /// The name it is drawn by.
    pub(super) id: String,
    /// `data:image/png;base64,…`: nothing but our own words and base64, so the page takes it as it
    /// is, however long.
    pub(super) source: String,
    /// Height divided by width.
    pub(super) aspect: f64,
}

impl Picture {
    /// `None` if the artifact is no picture.
    pub(super) fn of(artifact: &Artifact) -> Option<Self> {
        if !artifact.media_type.is_image() {
            return None;
        }
        let bytes = &artifact.bytes;
        let size = match artifact.media_type {
            MediaType::Png => png_size(bytes),
            MediaType::Jpeg => jpeg_size(bytes),
            MediaType::Text => None,
        };
        let (name, text) = (artifact.media_type.as_str(), STANDARD.encode(bytes));
        let source = format!("data:{name};base64,{text}");
        Some(Self { id: artifact.id.short(), source, aspect: aspect(size) })
    }
}

/// Height over width, kept between a banner and a ribbon; a square if the size is unknown.
fn aspect(size: Option<(u32, u32)>) -> f64 {
    match size {
        Some((width, height)) if width > 0 && height > 0 => {
            (f64::from(height) / f64::from(width)).clamp(0.2, 5.0)
        }
        _ => 1.0,
    }
}

/// Width and height from a PNG's first chunk (PNG specification, section 11.2.1).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| -> Option<u32> {
        let bytes = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    (bytes.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

/// Width and height from a JPEG's frame header (ITU-T T.81, table B.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let short = |at: usize| -> Option<u32> {
        let bytes = bytes.get(at..at + 2)?;
        Some(u32::from(u16::from_be_bytes(bytes.try_into().ok()?)))
    };
    // Segments follow the two bytes that start the picture: marker, length, content.
    let mut at = 2;
    loop {
        let marker = short(at)?;
        // Frame headers are C0 to CF, without the tables DHT (C4), JPG (C8) and DAC (CC).
        let is_frame = matches!(marker, 0xffc0..=0xffcf) && !matches!(marker & 0xf, 4 | 8 | 12);
        if is_frame {
            return Some((short(at + 7)?, short(at + 5)?));
        }
        if marker < 0xff00 {
            return None;
        }
        at += 2 + usize::try_from(short(at + 2)?).ok()?;
    }
}

#[cfg(test)]
mod tests;
