//! Draws a scene: its background, then its stickers in painting order.
//!
//! Drawing is exact: what may go wrong on purpose is left to `faults`; PNG bytes to
//! `codec`.

use image::RgbImage;
use pentimento_model::Region;

use crate::backgrounds::background;
use crate::numbers::{float32, nearest};
use crate::scene::{Scene, SceneItem};
use crate::sticker::{StickerSpec, paste, sticker};

/// Draws a scene on `size` by `size` pixels. Items without a sprite are left out.
pub fn draw(scene: &Scene, size: u32) -> RgbImage {
    let mut picture = background(&scene.background, scene.background_seed, size);
    for item in &scene.items {
        draw_item(&mut picture, item);
    }
    picture
}

/// Draws one item over a picture. False if its noun has no sprite or its region is too small.
pub fn draw_item(picture: &mut RgbImage, item: &SceneItem) -> bool {
    let (left, top, width, height) = pixel_box(&item.region, picture.dimensions());
    let spec = StickerSpec {
        noun: &item.noun,
        attribute: item.attribute,
        flipped: item.flipped,
        size: (width, height),
        picture: picture.width(),
    };
    let Some(sticker) = sticker(&spec) else { return false };
    paste(picture, &sticker, (i64::from(left), i64::from(top)));
    true
}

/// A region in whole pixels of a picture of `size` (width, height): left, top, width, height. At
/// least one pixel a side.
pub fn pixel_box(region: &Region, size: (u32, u32)) -> (u32, u32, u32, u32) {
    let column = |fraction: f32| nearest(fraction * float32(size.0));
    let row = |fraction: f32| nearest(fraction * float32(size.1));
    let (left, top) = (column(region.x()), row(region.y()));
    let width = column(region.right()).saturating_sub(left).max(1);
    (left, top, width, row(region.bottom()).saturating_sub(top).max(1))
}

#[cfg(test)]
mod tests;
