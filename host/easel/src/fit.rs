//! Fits a sprite into a region: as large as it goes without being stretched, on whole pixels.
//!
//! Which regions there are is the layout's business.

use pentimento_model::Region;

use crate::{
    draw::pixel_box,
    numbers::{float32, nearest},
    sprites::sprite_aspect,
    sticker::{BORDER_WIDTH, INK_WIDTH, NOMINAL_SIZE},
};

/// A sprite's shorter side is at least this long, in pixels of a 512-pixel picture; below, no eye
/// could tell what it is.
const SHORTEST_SIDE: f32 = 8.0;

/// The region a noun's sticker takes inside `region` in a picture of `size` (width, height) in
/// pixels: centered, and pushed inwards where its border would leave the picture. `None` if the
/// noun has no sprite or there is too little room.
pub(crate) fn fit(noun: &str, region: &Region, size: (u32, u32)) -> Option<Region> {
    let aspect = sprite_aspect(noun)?;
    let (_, _, width, height) = pixel_box(region, size);
    let ink = 2.0 * ink_width(size.0);
    let (across, down) = (float32(width) - ink, float32(height) - ink);
    let across = across.min(down * aspect);
    let down = across / aspect;
    let shortest = SHORTEST_SIDE * float32(size.0) / NOMINAL_SIZE;
    (across.min(down) >= shortest).then_some(())?;
    place((nearest(across + ink), nearest(down + ink)), region.center(), size)
}

/// The region of a box of whole pixels around a center, pushed inwards where a border around it
/// would leave the picture.
pub(crate) fn place(
    (width, height): (u32, u32),
    center: (f32, f32),
    size: (u32, u32),
) -> Option<Region> {
    let rim = nearest(BORDER_WIDTH * float32(size.0) / NOMINAL_SIZE);
    let left = start(center.0 * float32(size.0), width, rim, size.0);
    let top = start(center.1 * float32(size.1), height, rim, size.1);
    Region::new(
        float32(left) / float32(size.0),
        float32(top) / float32(size.1),
        float32(width) / float32(size.0),
        float32(height) / float32(size.1),
    )
}

/// Width of the ink contour in a picture this many pixels wide, in whole pixels as it is drawn.
pub(crate) fn ink_width(picture: u32) -> f32 {
    float32(nearest(INK_WIDTH * float32(picture) / NOMINAL_SIZE))
}

/// Where a stretch of `length` pixels around `center` starts, inside 0 to `end` less a rim.
fn start(center: f32, length: u32, rim: u32, end: u32) -> u32 {
    let wanted = nearest(center - float32(length) / 2.0);
    let last = end.saturating_sub(length);
    wanted.clamp(rim.min(last / 2), last.saturating_sub(rim.min(last / 2)))
}
