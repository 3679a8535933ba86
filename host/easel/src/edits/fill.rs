//! Fills the place a sticker leaves with the background around it.
//!
//! What is seen on both sides of the gap is carried over (see `profile` and `warp`), and the
//! picture's own grain is laid over it. Shadows of stickers nearby are kept out of the sources and
//! cast again on what was filled. Which sticker has to go is the caller's business.

mod patch;
mod profile;
mod residue;
mod shadows;
mod warp;

use image::{Rgb, RgbImage};

use super::sheet::{Sheet, Window, scale};
use crate::{
    dice::Dice,
    numbers::{byte, float, float32},
    ramps::mix,
    silhouette::Mask,
    sticker::{SHADOW, sticker_margin},
};
use patch::{best_shift, misfit, shifted, strips};
use profile::{Ground, Profiles};
use residue::{Lines, Residue};
use shadows::Shadows;
use warp::Warp;

/// A blend of both sides that is off by less than this around the gap, of 255, cannot be improved
/// upon: grain and shading account for it.
const GOOD_ENOUGH: f32 = 4.0;

/// A patch from elsewhere is taken only if it is off by less than this share of the blend: it
/// brings things where there were none.
const MUCH_BETTER: f32 = 0.8;

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
    let painted = estimated(picture, &profiles, &gone, (hole.left, hole.top));
    let grain = profiles.grain;
    for (x, y, color) in painted {
        if shadows.is_bordered(x, y) {
            continue;
        }
        let noise = grain * dice.swing();
        let color = color.map(|channel| byte(channel + noise));
        put(picture, x, y, mix(color, SHADOW, shadows.darkness(x, y)));
    }
}

/// The background's likely color at every solid cell of `gone`, as (column, row, color).
fn estimated(
    picture: &RgbImage,
    profiles: &Profiles,
    gone: &Mask,
    corner: (usize, usize),
) -> Vec<(usize, usize, Tint)> {
    let warp = Warp::between(&profiles.left, &profiles.right);
    let along_row = |x: usize, y: usize| {
        let (start, end) = profiles.span(y).unwrap_or((x, x + 1));
        let share = (float(x) - float(start) + 0.5) / (float(end) - float(start)).max(1.0);
        warp.color(profiles.index(y), share.clamp(0.0, 1.0))
    };
    let (ground, gap, unit) = (&profiles.ground, (gone, corner), scale(picture));
    let off = misfit(ground, gap, unit, &along_row);
    if off <= GOOD_ENOUGH {
        return corrected(ground, gap, unit, along_row);
    }
    let shifts = match best_shift(ground, gap, unit) {
        Some((shift, _)) => vec![Some(shift); gone.width],
        None => strips(ground, gap, unit),
    };
    let patched = |x: usize, y: usize| {
        let shift = x.checked_sub(corner.0).and_then(|column| shifts.get(column)).copied();
        let shift = shift.flatten();
        shift.map_or_else(|| along_row(x, y), |shift| shifted(ground, x, y, shift))
    };
    if misfit(ground, gap, unit, &patched) < off * MUCH_BETTER {
        return corrected(ground, gap, unit, patched);
    }
    corrected(ground, gap, unit, along_row)
}

/// An estimate corrected by what is seen at the gap's rim.
fn corrected(
    ground: &Ground,
    gap: (&Mask, (usize, usize)),
    unit: f32,
    estimate: impl Fn(usize, usize) -> Tint,
) -> Vec<(usize, usize, Tint)> {
    let (gone, corner) = gap;
    let columns = Residue::measure(Lines::Columns, ground, gap, unit, &estimate);
    let upright = |x: usize, y: usize| sum(estimate(x, y), columns.correction(x, y));
    let rows = Residue::measure(Lines::Rows, ground, gap, unit, upright);
    let cells = (0..gone.height).flat_map(|y| (0..gone.width).map(move |x| (x, y)));
    let cells = cells.filter(|(x, y)| gone.is_solid(*x, *y));
    let painted = cells.map(|(x, y)| {
        let (x, y) = (corner.0 + x, corner.1 + y);
        (x, y, sum(upright(x, y), rows.correction(x, y)))
    });
    painted.collect()
}

fn sum(mut one: Tint, other: Tint) -> Tint {
    one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
    one
}

/// Sets a pixel, if it lies in the picture.
fn put(picture: &mut RgbImage, x: usize, y: usize, color: [u8; 3]) {
    if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
        && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
    {
        *pixel = Rgb(color);
    }
}
