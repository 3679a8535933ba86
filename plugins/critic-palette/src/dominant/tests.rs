//! Palettes of drawings and gradients.

use super::*;
use pentimento_sdk::Pixels;

fn painted(color: impl Fn(u32, u32) -> [u8; 3]) -> Canvas {
    let cells = (0..64).flat_map(|y| (0..64).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, y)| {
        let [red, green, blue] = color(x, y);
        [red, green, blue, 255]
    });
    Canvas::new(&Pixels::new(64, 64, rgba.collect()).unwrap())
}

#[test]
fn a_flat_drawing_gives_its_exact_colors() {
    let found = palette(&painted(|x, y| match (x, y) {
        (0..32, _) => [0xff, 0x88, 0x00],
        (_, 0..48) => [0x10, 0x20, 0x80],
        _ => [0xfa, 0xfa, 0xfa],
    }));
    let listed: Vec<(String, f32)> =
        found.swatches.iter().map(|swatch| (swatch.hex(), swatch.share)).collect();
    let wanted = [("#ff8800", 0.5), ("#102080", 0.375), ("#fafafa", 0.125)];
    assert_eq!(listed, wanted.map(|(hex, share)| (hex.to_owned(), share)));
    assert!(found.flat);
}

#[test]
fn a_gradient_gives_several_colors_and_is_not_flat() {
    let found = palette(&painted(|x, y| {
        let value = |place: u32| u8::try_from(place * 4).unwrap();
        [value(x), value(y), 128]
    }));
    assert!(!found.flat);
    assert_eq!(found.swatches.len(), MOST, "{found:?}");
    let sum: f32 = found.swatches.iter().map(|swatch| swatch.share).sum();
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
}

#[test]
fn one_color_is_a_palette_of_one() {
    let found = palette(&painted(|_, _| [1, 2, 3]));
    assert_eq!(found.swatches, [Swatch { rgb: [1, 2, 3], share: 1.0 }]);
}

#[test]
fn shades_that_look_the_same_are_one_color() {
    let found = palette(&painted(|x, _| if x % 2 == 0 { [200, 40, 40] } else { [204, 44, 40] }));
    assert_eq!(found.swatches.len(), 1, "{found:?}");
}

#[test]
fn no_color_is_told_twice() {
    let rows: [fn(u32, u32) -> [u8; 3]; 3] = [
        |x, _| if x < 40 { [150, 158, 167] } else { [136, 146, 132] },
        |x, y| [u8::try_from(140 + x / 4).unwrap(), u8::try_from(140 + y / 4).unwrap(), 140],
        |x, y| [u8::try_from((x * 37 + y * 91) % 256).unwrap(); 3],
    ];
    for (row, color) in rows.into_iter().enumerate() {
        let found = palette(&painted(color)).swatches;
        let mut names: Vec<String> = found.iter().map(|swatch| swatch.hex()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), found.len(), "{row}: {found:?}");
    }
}
