//! Known colors in both spaces.

use super::*;

#[test]
fn known_colors_have_the_published_coordinates() {
    // From the author's page and the CSS Color 4 sample values.
    let rows = [
        ([0, 0, 0], [0.0, 0.0, 0.0]),
        ([255, 255, 255], [1.0, 0.0, 0.0]),
        ([255, 0, 0], [0.628, 0.225, 0.126]),
        ([0, 255, 0], [0.866, -0.234, 0.179]),
        ([0, 0, 255], [0.452, -0.032, -0.312]),
    ];
    let transfer = Transfer::new();
    for (rgb, [light, a, b]) in rows {
        let found = transfer.oklab(rgb);
        assert!(found.distance(Oklab { light, a, b }) < 0.002, "{rgb:?}: {found:?}");
    }
}

#[test]
fn every_gray_is_without_color() {
    let transfer = Transfer::new();
    for value in 0..=255 {
        assert!(transfer.oklab([value; 3]).chroma() < 0.001);
    }
}
