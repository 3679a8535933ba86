//! Rectangles in and out of a picture of 3×2 pixels.

use super::*;

fn check(corner: (u32, u32), size: (u32, u32), expected: Option<&[u8]>) {
    let pixels = RgbaImage::from_fn(3, 2, |x, y| image::Rgba([(y * 3 + x).to_le_bytes()[0]; 4]));
    let reds = tile(&pixels, corner, size)
        .ok()
        .map(|bytes| bytes.iter().step_by(4).copied().collect::<Vec<_>>());
    assert_eq!(reds.as_deref(), expected);
}

#[test]
fn rectangles_inside_are_cut_row_by_row() {
    check((0, 0), (3, 2), Some(&[0, 1, 2, 3, 4, 5]));
    check((1, 0), (2, 2), Some(&[1, 2, 4, 5]));
    check((2, 1), (1, 1), Some(&[5]));
}

#[test]
fn rectangles_that_are_empty_or_reach_outside_are_refused() {
    for (corner, size) in [
        ((0, 0), (0, 1)),
        ((0, 0), (4, 1)),
        ((3, 0), (1, 1)),
        ((0, 2), (1, 1)),
        ((u32::MAX, 0), (2, 1)),
        ((0, 1), (1, u32::MAX)),
    ] {
        check(corner, size, None);
    }
}

#[test]
fn more_than_one_view_at_once_is_refused() {
    let pixels = RgbaImage::new(4_000, 1_100);
    let refusal = tile(&pixels, (0, 0), (4_000, 1_100)).unwrap_err();
    assert_eq!(refusal.message, "at most 16 MiB can be read at once");
    assert!(tile(&pixels, (0, 0), (4_000, 1_000)).is_ok());
}

#[test]
fn sizes_are_bounded_without_overflow() {
    assert_eq!(bytes(4_000, 4_000), Some(64_000_000));
    for (width, height) in [(0, 1), (4_001, 4_000), (u32::MAX, u32::MAX)] {
        assert_eq!(bytes(width, height), None);
    }
}
