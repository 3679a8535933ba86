//! What is said of two pictures.

use pentimento_sdk::Pixels;

use super::*;

/// A gray picture with a darker rectangle from (left, top) to just before (right, bottom).
fn picture(size: (u32, u32), [left, top, right, bottom]: [u32; 4]) -> Picture {
    let mut rgba = Vec::new();
    for y in 0..size.1 {
        for x in 0..size.0 {
            let inside = (left..right).contains(&x) && (top..bottom).contains(&y);
            let gray = if inside { 50 } else { 200 };
            rgba.extend([gray, gray, gray, 255]);
        }
    }
    Picture::on_white(Pixels::new(size.0, size.1, rgba).unwrap())
}

#[test]
fn the_same_picture_is_identical() {
    let one = picture((20, 16), [3, 3, 8, 8]);
    let text = Comparison::of(&one, &one, 0).unwrap().written(false);
    assert_eq!(
        text,
        "{\"size\":[20,16],\"resized\":false,\"identical\":true,\"mae\":0,\"mse\":0,\
         \"psnr\":null,\"ssim\":1,\"threshold\":0,\"changed\":0,\"regions\":[],\"left-out\":0}"
    );
}

#[test]
fn a_changed_rectangle_is_told_in_fractions() {
    let plain = picture((20, 10), [0; 4]);
    let spot = picture((20, 10), [5, 2, 10, 4]);
    let text = Comparison::of(&plain, &spot, 16).unwrap().written(true);
    // 10 of 200 pixels are 150 apart: 7.5 on average, squared 1125, 10 log10(65025 / 1125).
    assert_eq!(
        text,
        "{\"size\":[20,10],\"resized\":true,\"identical\":false,\"mae\":7.5,\"mse\":1125,\
         \"psnr\":17.61928,\"ssim\":null,\"threshold\":16,\"changed\":0.05,\"regions\":[{\"x\":0.25,\
         \"y\":0.2,\"width\":0.25,\"height\":0.2,\"changed\":0.05}],\"left-out\":0}"
    );
}

#[test]
fn pictures_of_two_sizes_are_not_compared() {
    assert_eq!(Comparison::of(&picture((4, 6), [0; 4]), &picture((6, 4), [0; 4]), 0), None);
    let nothing = picture((0, 0), [0; 4]);
    let comparison = Comparison::of(&nothing, &nothing, 0).unwrap();
    assert_eq!((comparison.ssim, comparison.changed), (None, 0));
    assert!(comparison.written(false).contains("\"changed\":0,"));
}

#[test]
fn regions_beyond_the_last_that_is_told_are_counted() {
    let plain = picture((80, 80), [0; 4]);
    let mut rgba: Vec<u8> = plain.pixels().concat();
    for spot in 0..49 {
        let at = (spot / 7 * 10 * 80 + spot % 7 * 10) * 4;
        rgba[at..at + 3].fill(0);
    }
    let spots = Picture::on_white(Pixels::new(80, 80, rgba).unwrap());
    let text = Comparison::of(&plain, &spots, 16).unwrap().written(false);
    assert_eq!(text.matches("\"x\":").count(), MOST_REGIONS);
    assert!(text.ends_with("\"left-out\":17}"), "{text}");
}

#[test]
fn numbers_have_seven_digits_at_most() {
    let rows = [
        (0.0, "0"),
        (1.0, "1"),
        (2.0 / 3.0, "0.6666667"),
        (1e-9 / 3.0, "0.0000000003333333"),
        (12_345.678_9, "12345.68"),
    ];
    for (value, wanted) in rows {
        assert_eq!(number(value), wanted);
    }
}
