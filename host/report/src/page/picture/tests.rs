//! Sizes read from the first bytes of pictures, whole or damaged.

use pentimento_model::{Artifact, MediaType};

use super::Picture;

fn check(media_type: MediaType, bytes: &[u8], aspect: Option<f64>) {
    let picture = Picture::of(&Artifact::new(media_type, bytes));
    assert_eq!(picture.map(|picture| picture.aspect), aspect, "{bytes:?}");
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &size].concat()
}

#[test]
fn the_shape_comes_from_the_header() {
    check(MediaType::Png, &png(200, 100), Some(0.5));
    let comment = [0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2];
    let frame = [0xff, 0xc2, 0, 11, 8, 0, 100, 0, 50];
    check(MediaType::Jpeg, &[comment.as_slice(), &frame].concat(), Some(2.0));
}

#[test]
fn damaged_pictures_count_as_square() {
    for length in 0..24 {
        check(MediaType::Png, &png(200, 100)[..length], Some(1.0));
    }
    check(MediaType::Png, &png(0, 100), Some(1.0));
    for bytes in [&[0xff, 0xd8][..], &[0xff, 0xd8, 0, 0, 0, 0], &[0xff, 0xd8, 0xff, 0xc4, 0, 0]] {
        check(MediaType::Jpeg, bytes, Some(1.0));
    }
}

#[test]
fn an_extreme_shape_is_bounded() {
    check(MediaType::Png, &png(1, u32::MAX), Some(5.0));
    check(MediaType::Png, &png(u32::MAX, 1), Some(0.2));
}

#[test]
fn a_text_is_no_picture() {
    check(MediaType::Text, b"hello", None);
}
