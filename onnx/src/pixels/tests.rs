use image::Rgb;

use super::*;

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn a_picture_is_squeezed_into_a_square_in_either_order() {
    let half = |x| if x < 40 { Rgb([10, 20, 30]) } else { Rgb([100, 110, 120]) };
    let picture = RgbImage::from_fn(80, 20, |x, _| half(x));
    let pixels = squeezed(&decoded(&png(&picture)).unwrap(), 4);
    assert_eq!(pixels.len(), 4 * 4 * 3);
    let (left, right) = ([10.0, 20.0, 30.0], [100.0, 110.0, 120.0]);
    assert_eq!((&pixels[..3], &pixels[9..12]), (&left[..], &right[..]));
    let turned = channels_first(&pixels);
    let at = |places: [usize; 3]| places.map(|place| turned[place]).to_vec();
    assert_eq!((at([0, 16, 32]), at([3, 19, 35])), (left.to_vec(), right.to_vec()));
}

#[test]
fn what_is_no_picture_or_would_be_too_large_is_refused_before_it_is_decoded() {
    let whole = png(&RgbImage::new(3, 3));
    let mut bomb = whole.clone();
    // Width and height stand behind the name of the first chunk; its checksum follows its 13 bytes.
    for at in [16, 20] {
        bomb[at..at + 4].copy_from_slice(&50_000_u32.to_be_bytes());
    }
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    for (bytes, words) in [
        (&b"GIF89a"[..], "is neither PNG nor JPEG"),
        (b"", "is neither PNG nor JPEG"),
        (&whole[..whole.len() / 2], "cannot be read"),
        (&whole[..20], "cannot be read"),
        (&bomb, "is said to be 50000×50000 pixels"),
    ] {
        let error = decoded(bytes).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// The checksum of a PNG's chunk (PNG, third edition, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |rest: u32, _| if rest & 1 == 1 { 0xEDB8_8320 ^ (rest >> 1) } else { rest >> 1 };
    let all = bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step));
    !all
}
