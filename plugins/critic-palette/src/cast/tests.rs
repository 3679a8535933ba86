//! Tints, and things that are merely colored.

use super::*;
use pentimento_sdk::Pixels;

/// Stripes of many colors, each channel multiplied.
fn striped(factors: [f32; 3]) -> Canvas {
    const STRIPES: [[f32; 3]; 5] = [
        [200.0, 190.0, 185.0],
        [120.0, 120.0, 120.0],
        [150.0, 130.0, 120.0],
        [90.0, 100.0, 110.0],
        [230.0, 230.0, 230.0],
    ];
    let rgba = (0..4096).flat_map(|at: usize| {
        let color = STRIPES[at % STRIPES.len()];
        let [red, green, blue] =
            [0, 1, 2].map(|channel| crate::number::byte(color[channel] * factors[channel]));
        [red, green, blue, 255]
    });
    Canvas::new(&Pixels::new(64, 64, rgba.collect()).unwrap())
}

#[test]
fn a_tint_is_far_from_gray_close_together_and_without_neutral_colors() {
    let rows = [
        ([1.0, 1.0, 1.0], false, ""),
        ([1.0, 0.8, 0.5], true, "orange"),
        ([0.6, 0.8, 1.0], true, "blue"),
        ([0.7, 1.0, 0.7], true, "green"),
    ];
    for (factors, tinted, word) in rows {
        let found = cast(&striped(factors), &[]).unwrap();
        let is_tinted = found.distance > 0.05 && found.ratio > 0.6 && found.neutral < 0.005;
        assert_eq!(is_tinted, tinted, "{factors:?}: {found:?}");
        assert!(!tinted || found.word() == word, "{factors:?}: {} {found:?}", found.word());
    }
}

#[test]
fn a_dark_picture_is_not_asked() {
    assert_eq!(cast(&striped([0.1, 0.05, 0.05]), &[]), None);
}
