//! Pictures from anywhere: whole ones are read, all others refused before they cost memory.

use super::*;

fn png(width: u32, height: u32) -> Vec<u8> {
    encode_png(&RgbImage::from_pixel(width, height, image::Rgb([10, 200, 30]))).expect("a PNG")
}

fn check(media_type: MediaType, bytes: Vec<u8>, expected: &str) {
    let told = match decode(&Artifact::new(media_type, bytes)) {
        Ok(picture) => format!("{}x{}", picture.width(), picture.height()),
        Err(error) => error.to_string(),
    };
    assert_eq!(told, expected);
}

#[test]
fn whole_pictures_are_read_and_others_refused() {
    const BROKEN: &str = "the picture's bytes cannot be decoded";
    check(MediaType::Png, png(5, 3), "5x3");
    check(MediaType::Text, png(5, 3), "`text/plain` is not a picture");
    check(MediaType::Jpeg, png(5, 3), BROKEN);
    check(MediaType::Png, Vec::new(), BROKEN);
    check(MediaType::Png, b"not a picture at all".to_vec(), BROKEN);
    let whole = png(64, 64);
    for length in [8, 20, 33, whole.len() / 2] {
        check(MediaType::Png, whole[..length].to_vec(), BROKEN);
    }
}

#[test]
fn too_large_pictures_are_refused_by_their_header_alone() {
    let mut claim = png(1, 1);
    // Width and height follow the signature and the header's length and name; the checksum after
    // the header is left wrong on purpose for one of the two.
    claim[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert!(decode(&Artifact::new(MediaType::Png, claim)).is_err());
    let wide = png(LONGEST_SIDE + 1, 1);
    check(MediaType::Png, wide, "the picture is 4097×1 pixels, the limit is 4096×4096");
    check(MediaType::Png, png(LONGEST_SIDE, 1), "4096x1");
}
