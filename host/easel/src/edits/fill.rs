//! Fills the place a sticker leaves with the background around it.
//!
//! What is seen on both sides of the gap is carried over (see `profile` and `warp`), and the
//! picture's own grain is laid over it. Shadows of stickers nearby are kept out of the sources and
//! cast again on what was filled. Which sticker has to go is the caller's business.

mod profile;
mod shadows;
mod warp;

use image::{Rgb, RgbImage};

use super::sheet::{Sheet, Window};
use crate::{
    dice::Dice,
    numbers::{byte, float, float32},
    ramps::mix,
    silhouette::Mask,
    sticker::{SHADOW, sticker_margin},
};
use profile::Profiles;
use shadows::Shadows;
use warp::Warp;

/// A color with fractions.
type Tint = [f32; 3];

/// Replaces the sticker `label` of `sheet`, with its border and shadow, by background.
pub(super) fn clear(picture: &mut RgbImage, sheet: &Sheet, label: u16, dice: &mut Dice) {
    let Some(found) = sheet.found.iter().find(|found| found.label == label).copied() else {
        return;
    };
    let margin = sticker_margin(picture.width());
    let reach = margin as usize;
    let whole = Window::whole(picture);
    let hole = whole.around(&found, reach);
    let own = sheet.mask(&hole, label, true).signed_distances();
    let gone = Mask {
        width: hole.width,
        height: hole.height,
        cells: own.iter().map(|away| *away <= float32(margin)).collect(),
    };
    // Neighbors cast their shadows from beyond the hole.
    let shadows = Shadows::of_others(picture, sheet, label, whole.around(&found, 2 * reach));
    let profiles = Profiles::measure(picture, sheet, &gone, (hole.left, hole.top), reach);
    let warp = Warp::between(&profiles.left, &profiles.right);
    for y in 0..hole.height {
        let Some(span) = profiles.span(hole.top + y) else { continue };
        for x in (0..hole.width).filter(|x| gone.is_solid(*x, y)) {
            let (column, row) = (hole.left + x, hole.top + y);
            if shadows.is_bordered(column, row) {
                continue;
            }
            let share = (float(column) - float(span.0)) / (float(span.1) - float(span.0)).max(1.0);
            let base = warp.color(profiles.index(row), share.clamp(0.0, 1.0));
            let noise = profiles.grain * dice.swing();
            let color = base.map(|channel| byte(channel + noise));
            let lit = mix(color, SHADOW, shadows.darkness(column, row));
            put(picture, column, row, lit);
        }
    }
}

/// Sets a pixel, if it lies in the picture.
fn put(picture: &mut RgbImage, x: usize, y: usize, color: [u8; 3]) {
    if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
        && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
    {
        *pixel = Rgb(color);
    }
}
