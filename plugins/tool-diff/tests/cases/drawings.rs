//! The pictures of the golden cases: a ball over a meadow, and what became of it.

use image::{Rgba, RgbaImage};

const SKY: [u8; 4] = [150, 200, 240, 255];
const MEADOW: [u8; 4] = [90, 160, 70, 255];
const RED: [u8; 4] = [200, 40, 40, 255];
const BLUE: [u8; 4] = [40, 60, 200, 255];

/// Every picture by its file's name.
pub fn drawings() -> Vec<(&'static str, RgbaImage)> {
    let small = (96, 64);
    vec![
        ("ball-left.png", scene(small, &[((24.0, 28.0), RED)])),
        ("ball-right.png", scene(small, &[((72.0, 36.0), RED)])),
        ("ball-blue.png", scene(small, &[((24.0, 28.0), BLUE)])),
        ("ball-lighter.png", lighter(scene(small, &[((24.0, 28.0), RED)]))),
        ("ball-large.png", scene((192, 128), &[((48.0, 56.0), RED)])),
        ("ball-cut-out.png", cut_out()),
        ("ball-on-white.png", on_white()),
        ("dot.png", RgbaImage::from_pixel(8, 8, Rgba(RED))),
    ]
}

/// Sky, meadow, and balls at these places; everything is drawn for a width of 96.
fn scene((width, height): (u32, u32), balls: &[((f32, f32), [u8; 4])]) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let radius = width as f32 / 12.0;
        let inside = |center: (f32, f32)| distance((x, y), center) < radius;
        let ball = balls.iter().find(|(center, _)| inside(*center));
        let ground = if y > height * 5 / 8 { MEADOW } else { SKY };
        Rgba(ball.map_or(ground, |(_, color)| *color))
    })
}

fn distance((x, y): (u32, u32), center: (f32, f32)) -> f32 {
    (x as f32 + 0.5 - center.0).hypot(y as f32 + 0.5 - center.1)
}

/// Five steps brighter in every channel: a change below the usual threshold.
fn lighter(mut picture: RgbaImage) -> RgbaImage {
    for Rgba([red, green, blue, _]) in picture.pixels_mut() {
        for channel in [red, green, blue] {
            *channel += 5;
        }
    }
    picture
}

/// A ball on nothing; what is transparent is green underneath.
fn cut_out() -> RgbaImage {
    RgbaImage::from_fn(64, 64, |x, y| {
        Rgba(if distance((x, y), (32.0, 32.0)) < 20.0 { RED } else { [0, 255, 0, 0] })
    })
}

/// The same ball on white.
fn on_white() -> RgbaImage {
    RgbaImage::from_fn(64, 64, |x, y| {
        Rgba(if distance((x, y), (32.0, 32.0)) < 20.0 { RED } else { [255; 4] })
    })
}
