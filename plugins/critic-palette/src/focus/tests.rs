//! Edges of known spread.

use super::*;
use pentimento_sdk::Pixels;

/// A vertical edge every 40 pixels, blurred by a Gaussian, with a little grain.
fn edges(spread: f32, contrast: f32, grain: f32) -> Canvas {
    let step = |x: f32| {
        let mut value = 0.0;
        let mut sign = 1.0;
        for edge in 0..8 {
            value += sign * rise((x - 20.0 - 40.0 * float(edge)) / spread.max(0.01));
            sign = -sign;
        }
        value
    };
    let mut state = 1_u32;
    let cells = (0..256_usize).flat_map(|y| (0..256_usize).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, _)| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (float((state >> 16) as usize % 1000) / 500.0 - 1.0) * grain;
        let value = crate::number::byte(60.0 + contrast * step(float(x)) + noise);
        [value, value, value, 255]
    });
    Canvas::new(&Pixels::new(256, 256, rgba.collect()).unwrap())
}

/// The Gaussian's integral, by a logistic curve that differs by less than 0.02.
fn rise(x: f32) -> f32 {
    1.0 / (1.0 + (-1.702 * x).exp())
}

#[test]
fn the_spread_of_edges_is_measured() {
    // Spread, contrast, grain, and what may be measured.
    let rows = [
        (0.0, 120.0, 0.0, 0.0, 0.8),
        (0.0, 120.0, 5.0, 0.0, 0.8),
        (1.0, 120.0, 0.0, 0.7, 1.3),
        (2.0, 120.0, 0.0, 1.6, 2.4),
        (3.0, 120.0, 2.0, 2.0, 4.0),
        (4.0, 120.0, 0.0, 3.2, 5.0),
        (6.0, 120.0, 0.0, 4.5, 9.0),
    ];
    for (spread, contrast, grain, least, most) in rows {
        let found = focus(&edges(spread, contrast, grain)).unwrap().spread;
        assert!(found >= least && found <= most, "{spread} {contrast} {grain}: {found}");
    }
}

#[test]
fn without_edges_there_is_no_opinion() {
    assert_eq!(focus(&edges(1.0, 10.0, 2.0)), None);
}
