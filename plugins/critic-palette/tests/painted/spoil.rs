//! Ways to spoil a picture by a known amount.

use image::{Rgb, RgbImage};

fn each(picture: &RgbImage, change: impl Fn([f32; 3]) -> [f32; 3]) -> RgbImage {
    let mut spoiled = picture.clone();
    for Rgb(channels) in spoiled.pixels_mut() {
        let changed = change(channels.map(|value| f32::from(value) / 255.0));
        *channels = changed.map(|value| (value * 255.0).round().clamp(0.0, 255.0) as u8);
    }
    spoiled
}

fn light_of(coded: f32) -> f32 {
    if coded <= 0.040_45 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) }
}

fn coded(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// More or less light, in stops.
pub fn light(picture: &RgbImage, stops: f32) -> RgbImage {
    each(picture, |color| color.map(|value| coded((light_of(value) * stops.exp2()).min(1.0))))
}

/// Only a part of the distance from middle gray left.
pub fn fade(picture: &RgbImage, left: f32) -> RgbImage {
    each(picture, |color| color.map(|value| 0.5 + (value - 0.5) * left))
}

/// The light of each channel multiplied, as by a colored lamp.
pub fn tint(picture: &RgbImage, factors: [f32; 3]) -> RgbImage {
    each(picture, |color| [0, 1, 2].map(|at| coded(light_of(color[at]) * factors[at])))
}
