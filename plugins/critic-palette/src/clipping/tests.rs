//! Paper, ink and lost light.

use super::*;
use pentimento_sdk::Pixels;

/// A picture 64 pixels wide and high, gray by a rule.
fn painted(gray: impl Fn(usize, usize) -> u8) -> Canvas {
    let cells = (0..64).flat_map(|y| (0..64).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, y)| {
        let value = gray(x, y);
        [value, value, value, 255]
    });
    Canvas::new(&Pixels::new(64, 64, rgba.collect()).unwrap())
}

/// Twice as bright to the left; the left quarter runs into white.
fn burnt(x: usize, _y: usize) -> u8 {
    u8::try_from(320 - 4 * x.min(70)).unwrap_or(255)
}

fn paper(x: usize, y: usize) -> u8 {
    if (16..48).contains(&x) && (16..48).contains(&y) { 90 } else { 255 }
}

#[test]
fn light_is_lost_where_it_fades_and_not_where_it_ends() {
    let rows: [(&str, Canvas, End, f32); 6] = [
        ("a gradient into white", painted(burnt), End::Highlights, 0.28),
        ("paper", painted(paper), End::Highlights, 0.0),
        ("a gradient into black", painted(|x, y| 255 - burnt(x, y)), End::Shadows, 0.28),
        ("ink", painted(|x, y| 255 - paper(x, y)), End::Shadows, 0.0),
        ("nothing but white", painted(|_, _| 255), End::Highlights, 0.0),
        ("gray", painted(|_, _| 128), End::Highlights, 0.0),
    ];
    for (name, canvas, end, wanted) in rows {
        let found = clipping(&canvas, end);
        assert!((found.share - wanted).abs() < 0.02, "{name}: {found:?}", found = found.share);
        assert_eq!(found.largest.is_some(), wanted > 0.0, "{name}");
    }
}

#[test]
fn the_box_is_where_the_light_is_lost() {
    let region = clipping(&painted(burnt), End::Highlights).largest.unwrap();
    assert!(region.x < 0.01 && region.width > 0.2 && region.width < 0.35, "{region:?}");
    assert!(region.y < 0.01 && region.height > 0.99, "{region:?}");
}
