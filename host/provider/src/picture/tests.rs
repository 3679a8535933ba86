use base64::{Engine as _, engine::general_purpose::STANDARD};
use pentimento_scripted::{bomb, png};

use super::*;

fn failure(bytes: &[u8]) -> (Failure, String) {
    let error = read("p", &STANDARD.encode(bytes)).unwrap_err();
    assert!(error.hint.is_some());
    (error.failure, error.to_string())
}

#[test]
fn a_picture_comes_through_as_it_is() {
    let bytes = png([200, 0, 0]);
    let encoded = STANDARD.encode(&bytes);
    for text in [
        encoded.clone(),
        format!("data:image/png;base64,{encoded}"),
        encoded.trim_end_matches('=').to_owned(),
    ] {
        let made = read("p", &text).unwrap();
        assert_eq!((made.media_type, &*made.bytes), (MediaType::Png, bytes.as_slice()));
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    for (bytes, words) in [
        (b"".as_slice(), "is empty"),
        (b"<html>", "neither PNG nor JPEG"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "neither PNG nor JPEG"),
        (b"\x89PNG\r\n\x1a\n", "no readable header"),
        (b"\xFF\xD8\xFF\xE0", "no readable header"),
    ] {
        let (failure, message) = failure(bytes);
        assert_eq!(failure, Failure::BadAnswer, "{message}");
        assert!(message.contains(words), "{message}");
    }
    let error = read("p", "*** not base64 ***").unwrap_err();
    assert!(error.to_string().contains("base64"), "{error}");
}

#[test]
fn a_picture_that_breaks_off_is_refused() {
    let whole = png([1, 2, 3]);
    let (failure, message) = failure(&whole[..whole.len() - 20]);
    assert_eq!((failure, message.contains("breaks off")), (Failure::BadAnswer, true), "{message}");
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    for (width, height) in [(50_000, 50_000), (4001, 4000), (16_000_001, 1)] {
        let (failure, message) = failure(&bomb(width, height));
        assert_eq!(failure, Failure::TooLarge, "{message}");
        assert!(message.contains(&format!("{width}×{height}")), "{message}");
    }
}

#[test]
fn a_mask_is_transparent_where_its_regions_are_and_turns_white_there() {
    let left_half = Region::new(0.0, 0.0, 0.5, 1.0).unwrap();
    let mask = mask(4, 2, &[left_half]).unwrap();
    let pixels =
        |artifact: &Artifact| image::load_from_memory(&artifact.bytes).unwrap().into_rgba8();
    let alphas: Vec<_> = pixels(&mask).pixels().map(|pixel| pixel.0[3]).collect();
    assert_eq!(alphas, [0, 0, 255, 255, 0, 0, 255, 255]);
    let white = turned_white(&mask).unwrap();
    let levels: Vec<_> = pixels(&white).pixels().map(|pixel| pixel.0[0]).collect();
    assert_eq!(levels, [255, 255, 0, 0, 255, 255, 0, 0]);
}

#[test]
fn a_mask_larger_than_any_picture_is_refused() {
    assert_eq!(mask(50_000, 50_000, &[]).unwrap_err().failure, Failure::TooLarge);
}
