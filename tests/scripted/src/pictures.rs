//! Pictures to answer with: a real one, and one whose header lies about its size.

use std::{io::Cursor, sync::OnceLock};

use image::{ImageFormat, Rgb, RgbImage};

/// A small PNG with one color.
pub fn png(color: [u8; 3]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(8, 8, Rgb(color));
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG whose bytes are as many as those of a photograph: soft shapes under grain. It is drawn once;
/// other salts are other bytes of the same picture.
pub(crate) fn photograph(side: u32, salt: u64) -> Vec<u8> {
    static DRAWN: OnceLock<(u32, Vec<u8>)> = OnceLock::new();
    let (known, plain) = DRAWN.get_or_init(|| (side, grainy(side)));
    let drawn;
    let plain = if *known == side {
        plain
    } else {
        drawn = grainy(side);
        &drawn
    };
    let (picture, end) = plain.split_at(plain.len() - END_BYTES);
    let mut bytes = picture.to_vec();
    bytes.extend_from_slice(&chunk(format!("tEXtComment\0{salt:016x}").as_bytes()));
    bytes.extend_from_slice(end);
    bytes
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
        let [one, other] = [1, 2].map(|salt| photograph(64, salt));
        assert_ne!(one, other);
        for bytes in [&one, &photograph(32, 1)] {
            let read = image::load_from_memory(bytes).unwrap();
            assert!(read.width() == 64 || read.width() == 32);
        }
        assert!(one.len() > 64 * 64);
    }
}
