//! Pictures to answer with: a real one, and one whose header lies about its size.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// A small PNG with one color.
pub fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(8, 8, Rgb(color));
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG that says it is so large, with hardly any bytes in it.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::from(*b"IHDR");
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    // 8 bits a channel, RGB, and the only methods there are.
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut bytes = Vec::from(*b"\x89PNG\r\n\x1a\n");
    for chunk in [header.as_slice(), b"IDAT", b"IEND"] {
        let length = u32::try_from(chunk.len() - 4).unwrap();
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(&crc32fast::hash(chunk).to_be_bytes());
    }
    bytes
}
