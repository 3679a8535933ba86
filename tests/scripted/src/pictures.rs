//! Pictures to answer with: a real one, and one whose header lies about its size.

use std::{collections::BTreeMap, io::Cursor, sync::Mutex};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::body::Bytes;
use image::{ImageFormat, Rgb, RgbImage};

/// A small PNG with one color.
pub fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(8, 8, Rgb(color));
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG whose bytes are as many as those of a photograph, in base64.
#[derive(Clone)]
pub(crate) struct Photograph {
    /// All but the end: the same memory for all that are as large.
    pub(crate) beginning: Bytes,
    /// What tells it from others.
    pub(crate) end: Bytes,
}

/// Soft shapes under grain. They are drawn once; other salts are other bytes of the same picture.
pub(crate) fn photograph(side: u32, salt: u64) -> Photograph {
    static DRAWN: Mutex<BTreeMap<u32, (Bytes, Vec<u8>)>> = Mutex::new(BTreeMap::new());
    let (beginning, rest) =
        DRAWN.lock().unwrap().entry(side).or_insert_with(|| beginning_of(&grainy(side))).clone();
    let comment = chunk(format!("tEXtComment\0{salt:016x}").as_bytes());
    let end = STANDARD.encode([rest, comment, chunk(b"IEND")].concat());
    Photograph { beginning, end: end.into() }
}

/// A picture up to its last chunk: in base64 as far as that comes in whole groups, and the bytes that
/// are left over.
fn beginning_of(picture: &[u8]) -> (Bytes, Vec<u8>) {
    let (bytes, _) = picture.split_at(picture.len() - END_BYTES);
    let (groups, rest) = bytes.split_at(bytes.len() - bytes.len() % 3);
    (STANDARD.encode(groups).into(), rest.to_vec())
}

/// Bytes of the chunk `IEND`, the last of every PNG.
const END_BYTES: usize = 12;

fn grainy(side: u32) -> Vec<u8> {
    let mut random = 0x9e37_79b9_u32;
    let picture = RgbImage::from_fn(side, side, |x, y| {
        // Xorshift (Marsaglia 2003, section 3): grain need not be good chance.
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        let grain = random.to_le_bytes().map(|byte| byte & 7);
        let soft = |value: u32| u8::try_from(value * 200 / (2 * side)).unwrap_or(u8::MAX);
        let (across, down, both) = (soft(2 * x), soft(2 * y), soft(x + y));
        Rgb([across + grain[0], down + grain[1], both + grain[2]])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Name and data of a chunk as it stands in a file.
fn chunk(named: &[u8]) -> Vec<u8> {
    let length = u32::try_from(named.len() - 4).unwrap();
    let sum = crc32fast::hash(named).to_be_bytes();
    [&length.to_be_bytes(), named, &sum].concat()
}

/// A PNG that says it is so large, with hardly any bytes in it.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::from(*b"IHDR");
    header.extend_from_slice(&width.to_be_bytes());
    header.extend_from_slice(&height.to_be_bytes());
    // 8 bits a channel, RGB, and the only methods there are.
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut bytes = Vec::from(*b"\x89PNG\r\n\x1a\n");
    for named in [header.as_slice(), b"IDAT", b"IEND"] {
        bytes.extend_from_slice(&chunk(named));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_photograph_is_a_picture_of_its_own() {
        let bytes = |side, salt| {
            let Photograph { beginning, end } = photograph(side, salt);
            STANDARD.decode([beginning, end].concat()).unwrap()
        };
        let [one, other] = [1, 2].map(|salt| bytes(64, salt));
        assert_ne!(one, other);
        // All lengths that groups of three can leave over are among them.
        for side in [64, 32, 33, 34, 35, 36] {
            let read = image::load_from_memory(&bytes(side, 1)).unwrap();
            assert_eq!(read.width(), side);
        }
        assert!(one.len() > 64 * 64);
    }
}
