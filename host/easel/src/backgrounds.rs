//! The ten places a picture can show, each varied a little by a seed.
//!
//! Colors depend mostly on the height in the picture and change softly, lightness stays in the
//! middle, so that white-bordered stickers stand out and holes can be filled from their sides.
//! What stands in front is left to `draw`.

mod scenery;

use image::RgbImage;
use pentimento_model::Seed;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::numbers::{byte, float, float32, whole};

/// How far, of 255, the grain of the paper moves a channel up or down.
const GRAIN: f32 = 1.6;

/// Places are painted this many times smaller and enlarged: a little out of focus, so that stickers
/// stand in front (and quicker).
const SOFTNESS: u32 = 2;

/// Paints the place `name`, on `size` by `size` pixels. An unknown name gives the first place, a
/// meadow. The same name, seed and size always give the same pixels.
pub fn background(name: &str, seed: Seed, size: u32) -> RgbImage {
    let drawing = scenery::drawing(name, seed);
    let tree = usvg::Tree::from_str(&drawing, &usvg::Options::default());
    let coarse_size = size.div_ceil(SOFTNESS).max(1);
    let (Ok(tree), Some(mut coarse)) = (tree, Pixmap::new(coarse_size, coarse_size)) else {
        return RgbImage::new(size, size);
    };
    let scale = float32(size) / (scenery::SIDE * float32(SOFTNESS));
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut coarse.as_mut());
    let colors = coarse.pixels().iter().map(|color| [color.red(), color.green(), color.blue()]);
    let rows: Vec<Vec<[f32; 3]>> = colors
        .map(|color| color.map(f32::from))
        .collect::<Vec<_>>()
        .chunks(coarse_size as usize)
        .map(|row| stretched(row, size))
        .collect();
    let mut picture = RgbImage::new(size, size);
    for (y, row) in picture.rows_mut().enumerate() {
        let (upper, lower, share) = neighbors(y, rows.len());
        let (Some(above), Some(below)) = (rows.get(upper), rows.get(lower)) else { continue };
        for (x, ((pixel, above), below)) in row.zip(above).zip(below).enumerate() {
            let shift = GRAIN * grain(x, y, seed);
            let channel =
                |(above, below): (&f32, &f32)| byte(above + (below - above) * share + shift);
            let mut channels = above.iter().zip(below).map(channel);
            pixel.0 = std::array::from_fn(|_| channels.next().unwrap_or(0));
        }
    }
    picture
}

/// A row of coarse pixels interpolated to `size` pixels.
fn stretched(row: &[[f32; 3]], size: u32) -> Vec<[f32; 3]> {
    let pixel = |x: u32| {
        let (left, right, share) = neighbors(x as usize, row.len());
        let (left, right) = (row.get(left).copied(), row.get(right).copied());
        let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
        let mut channels =
            left.iter().zip(right).map(|(left, right)| left + (right - left) * share);
        std::array::from_fn(|_| channels.next().unwrap_or(0.0))
    };
    (0..size).map(pixel).collect()
}

/// The two of `count` coarse pixels that the fine pixel `place` lies between, and how far from the
/// first to the second.
fn neighbors(place: usize, count: usize) -> (usize, usize, f32) {
    let exact = ((float(place) + 0.5) / float32(SOFTNESS) - 0.5).max(0.0);
    let first = whole(exact).min(count.saturating_sub(1));
    (first, (first + 1).min(count.saturating_sub(1)), exact - float(first))
}

/// Noise between -1 and 1 that depends only on its arguments (a few rounds of multiply and fold).
fn grain(x: usize, y: usize, seed: Seed) -> f32 {
    let mut state = (x as u64) | ((y as u64) << 32);
    state = (state ^ seed.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let [.., high] = (state ^ (state >> 32)).to_le_bytes();
    f32::from(high) / 127.5 - 1.0
}

#[cfg(test)]
mod tests;
