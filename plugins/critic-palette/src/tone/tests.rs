//! Spread, RMS contrast and brightness of known pictures.

use super::*;
use pentimento_sdk::Pixels;

fn halves(one: [u8; 3], other: [u8; 3]) -> Canvas {
    let rgba = (0..4096).flat_map(|at| {
        let [red, green, blue] = if at % 2 == 0 { one } else { other };
        [red, green, blue, 255]
    });
    Canvas::new(&Pixels::new(64, 64, rgba.collect()).unwrap())
}

#[test]
fn known_pictures_have_known_tones() {
    // Colors, spread, RMS, bright.
    let rows = [
        ([0; 3], [255; 3], 1.0, 0.5, 255.0),
        ([128; 3], [128; 3], 0.0, 0.0, 128.0),
        // Red and green of the same light: the difference is all color.
        ([255, 0, 0], [0, 148, 0], 0.38, 0.19, 255.0),
        ([0, 0, 64], [0, 0, 64], 0.0, 0.0, 64.0),
    ];
    for (one, other, spread, rms, bright) in rows {
        let found = tone(&halves(one, other));
        assert!((found.spread - spread).abs() < 0.05, "{one:?} {other:?}: {found:?}");
        assert!((found.rms - rms).abs() < 0.05, "{one:?} {other:?}: {found:?}");
        assert!((found.bright - bright).abs() < 1.0, "{one:?} {other:?}: {found:?}");
    }
}
