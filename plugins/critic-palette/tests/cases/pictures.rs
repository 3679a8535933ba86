//! The pictures of the golden cases, by rule: small, and the same on every machine.

use image::{Rgba, RgbaImage};

/// Side of a picture in pixels.
const SIDE: u32 = 144;

fn painted(color: impl Fn(f32, f32) -> [f32; 3]) -> RgbaImage {
    RgbaImage::from_fn(SIDE, SIDE, |x, y| {
        let middle = |pixel: u32| (pixel as f32 + 0.5) / SIDE as f32;
        let [red, green, blue] = color(middle(x), middle(y)).map(|value| value.round() as u8);
        Rgba([red, green, blue, 255])
    })
}

fn apart(x: f32, y: f32, at: (f32, f32)) -> f32 {
    ((x - at.0).powi(2) + (y - at.1).powi(2)).sqrt()
}

/// From 0 to 1 within `width` around `edge`, smoothly.
fn rise(value: f32, edge: f32, width: f32) -> f32 {
    let along = ((value - edge) / width + 0.5).clamp(0.0, 1.0);
    along * along * (3.0 - 2.0 * along)
}

fn mixed(one: [f32; 3], other: [f32; 3], share: f32) -> [f32; 3] {
    [0, 1, 2].map(|at| one[at] + (other[at] - one[at]) * share)
}

/// A lawn under a sky with a ball: what the spoiled pictures show.
fn lawn(x: f32, y: f32, softness: f32) -> [f32; 3] {
    let ground = mixed([150.0, 190.0, 235.0], [80.0, 130.0, 60.0], rise(y, 0.6, softness));
    let ball = mixed([215.0, 50.0, 45.0], ground, rise(apart(x, y, (0.5, 0.62)), 0.18, softness));
    let stripe =
        rise((y - 0.62).abs(), 0.03, softness) + rise(apart(x, y, (0.5, 0.62)), 0.18, softness);
    mixed([240.0, 240.0, 235.0], ball, stripe.min(1.0))
}

const SHARP: f32 = 0.008;

fn glare(x: f32, y: f32) -> [f32; 3] {
    let lamp = (1.0 - apart(x, y, (0.3, 0.3)) / 0.6).max(0.0);
    lawn(x, y, SHARP).map(|value| (value + 420.0 * lamp).min(255.0))
}

fn moonlit(x: f32, y: f32) -> [f32; 3] {
    let dark = lawn(x, y, SHARP).map(|value| value * 0.3);
    mixed([110.0, 110.0, 100.0], dark, rise(apart(x, y, (0.8, 0.15)), 0.06, SHARP))
}

fn disc(x: f32, y: f32) -> [f32; 3] {
    if apart(x, y, (0.5, 0.5)) < 0.3 { [30.0, 90.0, 200.0] } else { [255.0; 3] }
}

fn interior(x: f32, y: f32) -> [f32; 3] {
    let wall = mixed([225.0, 222.0, 218.0], [120.0, 118.0, 116.0], rise(y, 0.7, SHARP));
    let picture = (x - 0.5).abs() < 0.2 && (y - 0.35).abs() < 0.15;
    let gray = if picture { [70.0, 74.0, 80.0] } else { wall };
    let lamp = [1.0, 0.82, 0.55].map(|channel| channel * (1.0 - 0.3 * y));
    [0, 1, 2].map(|at| gray[at] * lamp[at])
}

/// Every picture with its file's name.
pub fn pictures() -> Vec<(&'static str, RgbaImage)> {
    let mut icon = painted(disc);
    for (x, y, pixel) in icon.enumerate_pixels_mut() {
        pixel.0[3] = if x < 12 && y < 12 { 255 } else { 0 };
    }
    vec![
        ("disc.png", painted(disc)),
        ("lawn.png", painted(|x, y| lawn(x, y, SHARP))),
        ("blurred.png", painted(|x, y| lawn(x, y, 0.15))),
        ("faded.png", painted(|x, y| lawn(x, y, SHARP).map(|value| 150.0 + (value - 150.0) * 0.2))),
        ("glare.png", painted(glare)),
        ("dark.png", painted(moonlit)),
        ("tinted.png", painted(interior)),
        ("black.png", painted(|_, _| [0.0; 3])),
        ("corner.png", icon),
    ]
}
