//! The ten places a picture can show, each varied a little by a seed.
//!
//! Colors depend mostly on the height in the picture and change softly, lightness stays in the
//! middle, so that white-bordered stickers stand out and holes can be filled from their sides.
//! What stands in front is left to `draw`.

mod scenery;

use image::{Rgb, RgbImage};
use pentimento_model::Seed;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::numbers::{byte, float32};

/// How far, of 255, the grain of the paper moves a channel up or down.
const GRAIN: f32 = 1.6;

/// Paints the place `name`, on `size` by `size` pixels. An unknown name gives the first place, a
/// meadow. The same name, seed and size always give the same pixels.
pub fn background(name: &str, seed: Seed, size: u32) -> RgbImage {
    let drawing = scenery::drawing(name, seed);
    let tree = usvg::Tree::from_str(&drawing, &usvg::Options::default());
    let (Ok(tree), Some(mut pixels)) = (tree, Pixmap::new(size, size)) else {
        return RgbImage::new(size, size);
    };
    let scale = float32(size) / scenery::SIDE;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let mut picture = RgbImage::new(size, size);
    for ((x, y, pixel), color) in picture.enumerate_pixels_mut().zip(pixels.pixels()) {
        let shift = GRAIN * grain(x, y, seed);
        let channels = [color.red(), color.green(), color.blue()];
        *pixel = Rgb(channels.map(|channel| byte(f32::from(channel) + shift)));
    }
    picture
}

/// Noise between -1 and 1 that depends only on its arguments (a few rounds of multiply and fold).
fn grain(x: u32, y: u32, seed: Seed) -> f32 {
    let mut state = u64::from(x) | (u64::from(y) << 32);
    state = (state ^ seed.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let [.., high] = (state ^ (state >> 32)).to_le_bytes();
    f32::from(high) / 127.5 - 1.0
}

#[cfg(test)]
mod tests;
