//! Pictures that are not of this world: little or nothing is found, and quickly.

use pentimento_easel::background;
use pentimento_model::Seed;
use pentimento_sdk::Pixels;

use critic_detector::detect;

use crate::scenes::{BACKGROUNDS, SIZE, through_png};

fn filled(width: u32, height: u32, color: impl Fn(u32, u32) -> [u8; 3]) -> Pixels {
    let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let rgba = cells.flat_map(|(x, y)| {
        let [red, green, blue] = color(x, y);
        [red, green, blue, 255]
    });
    Pixels::new(width, height, rgba.collect()).unwrap()
}

fn noise(x: u32, y: u32) -> [u8; 3] {
    let seed = Seed(0).derive("noise", u64::from(x) << 32 | u64::from(y)).0;
    [seed as u8, (seed >> 8) as u8, (seed >> 16) as u8]
}

fn byte(value: u32) -> u8 {
    u8::try_from(value % 256).unwrap()
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let rows: [(&str, Pixels); 14] = [
        ("no pixel", filled(0, 0, noise)),
        ("one pixel", filled(1, 1, noise)),
        ("a line", filled(4000, 1, noise)),
        ("a column", filled(1, 4000, noise)),
        ("noise", filled(512, 512, noise)),
        ("soft colors", filled(512, 512, |x, y| [byte(x / 2), byte(y / 2), byte((x + y) / 4)])),
        ("white", filled(512, 512, |_, _| [255; 3])),
        ("black", filled(512, 512, |_, _| [0; 3])),
        ("ink", filled(512, 512, |_, _| [0x2b, 0x21, 0x40])),
        ("checks", filled(512, 512, |x, y| [byte((x / 8 + y / 8) % 2 * 255); 3])),
        ("stripes", filled(512, 512, |x, _| [byte((x / 3) % 2 * 255); 3])),
        ("white noise", filled(512, 512, |x, y| noise(x, y).map(|channel| channel | 0xe0))),
        ("coarse noise", filled(512, 512, |x, y| noise(x / 16, y / 16))),
        (
            "a white frame",
            filled(512, 512, |x, y| {
                let edge = x.min(y).min(511 - x).min(511 - y);
                if edge < 20 { [255; 3] } else { [120, 90, 60] }
            }),
        ),
    ];
    for (name, picture) in rows {
        let found = detect(&picture);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn nothing_is_found_on_a_bare_background() {
    for (name, seed) in BACKGROUNDS.iter().flat_map(|name| (0..6).map(move |seed| (name, seed))) {
        let found = detect(&through_png(&background(name, Seed(seed), SIZE)));
        assert!(found.is_empty(), "{name} {seed}: {found:?}");
    }
}

#[test]
fn ink_rings_without_anything_known_inside_are_passed_over() {
    let ring = |x: u32, y: u32| {
        let apart = ((x as f32 - 256.0).powi(2) + (y as f32 - 256.0).powi(2)).sqrt();
        match apart {
            ..100.0 => noise(x / 4, y / 4),
            ..103.0 => [0x2b, 0x21, 0x40],
            ..110.0 => [255; 3],
            _ => [90, 140, 90],
        }
    };
    let found = detect(&filled(512, 512, ring));
    assert!(found.iter().all(|seen| seen.confidence < 0.6), "{found:?}");
}
