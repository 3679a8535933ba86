//! What a silhouette looks like on the grid: where it is solid, and its colors without the contour.
//!
//! Which class that is, is for `classify` to say.

use pentimento_sdk::Pixels;

use crate::color::{Tint, tint_of};
use crate::grid::{Axis, CELLS, Sums, byte, float};
use crate::overlap::Window;
use crate::segment::Silhouette;

/// The part of a picture's longer side that the ink takes around a silhouette (easel: 2.5 of 512).
pub const INK_WIDTH: f32 = 2.5 / 512.0;

/// The part of a picture's longer side between an object's region and its sprite (easel: 2.5 of
/// 512, rounded up to whole pixels).
const INSET: f32 = 3.0 / 512.0;

/// Pixels this much deeper than the ink no longer mix with it.
const CLEAR_OF_INK: f32 = 0.7;

/// Distances are counted in thirds of a pixel: 3 to a side neighbor, 4 to a diagonal one.
const STEP: u16 = 3;

/// See [`STEP`].
const DIAGONAL: u16 = 4;

/// A silhouette on the grid.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Width over height, without the contour.
    pub aspect: f32,
    /// How much of each cell is solid, 0..=255.
    pub cover: Vec<u8>,
    /// How much of each cell can be seen, and is not under another sticker, 0..=255.
    pub known: Vec<u8>,
    /// Mean color of each cell, and how much of the cell it was measured on (0 to 1).
    pub colors: Vec<(Tint, f32)>,
}

/// Resamples what a window shows of a silhouette. The window is the region of the whole sticker,
/// which may lie partly under others.
pub fn describe(picture: &Pixels, silhouette: &Silhouette, window: &Window) -> Shape {
    let unit = float(picture.width().max(picture.height()) as usize);
    let (ink, inset) = (unit * INK_WIDTH, unit * INSET);
    let (width, height) = (float(window.width), float(window.height));
    let (across, down) =
        (width - 2.0 * inset.min(width / 4.0), height - 2.0 * inset.min(height / 4.0));
    let columns = Axis::new((width - across) / 2.0, across);
    let rows = Axis::new((height - down) / 2.0, down);
    let columns: Vec<Vec<_>> = (0..window.width).map(|x| columns.shares(x).collect()).collect();
    let depths = depths(silhouette);
    let pixels = picture.as_bytes().as_chunks::<4>().0;
    let mut sums = Sums::<6>::new();
    for y in 0..window.height {
        let row: Vec<_> = rows.shares(y).collect();
        for (x, column) in columns.iter().enumerate() {
            let place = (window.left + x, window.top + y);
            if window.hides(place) {
                sums.add(&row, column, [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
                continue;
            }
            let depth = silhouette.cell(place).map_or(0, |cell| depths[cell]);
            let deep = f32::from(depth) / f32::from(STEP) - ink;
            if deep > 0.0 {
                let color = pixels[place.1 * picture.width() as usize + place.0];
                sums.add(&row, column, channels(deep, color));
            }
        }
    }
    summed(across / down, &sums)
}

/// What a pixel this far inside the ink adds to its cells.
fn channels(deep: f32, color: [u8; 4]) -> [f32; 6] {
    let clear = (deep - CLEAR_OF_INK).clamp(0.0, 1.0);
    let [red, green, blue, _] = color.map(f32::from);
    let [light, warm, cold] = tint_of([red, green, blue]).map(|channel| channel * clear);
    [deep.min(1.0), clear, light, warm, cold, 0.0]
}

fn summed(aspect: f32, sums: &Sums<6>) -> Shape {
    let mut cover = Vec::with_capacity(CELLS);
    let mut known = Vec::with_capacity(CELLS);
    let mut colors = Vec::with_capacity(CELLS);
    for [solid, clear, light, warm, cold, hidden] in &sums.cells {
        cover.push(byte(solid * 255.0));
        known.push(byte((1.0 - hidden) * 255.0));
        let whole = clear.max(f32::MIN_POSITIVE);
        colors.push(([light / whole, warm / whole, cold / whole], *clear));
    }
    Shape { aspect, cover, known, colors }
}

/// How deep inside the silhouette each pixel lies, in thirds of a pixel; 0 outside.
///
/// Borgefors' 3-4 chamfer distance: two passes, within 8 % of the true one.
fn depths(silhouette: &Silhouette) -> Vec<u16> {
    let Silhouette { width, height, inside, .. } = silhouette;
    let mut depths: Vec<u16> =
        inside.iter().map(|inside| if *inside { u16::MAX / 2 } else { 0 }).collect();
    let cells = || (0..*height).flat_map(|y| (0..*width).map(move |x| (x, y)));
    for (x, y) in cells() {
        relax(&mut depths, (*width, *height), (x, y), Pass::Down);
    }
    for (x, y) in cells().rev() {
        relax(&mut depths, (*width, *height), (x, y), Pass::Up);
    }
    depths
}

/// The two directions of the distance transform.
#[derive(Clone, Copy)]
enum Pass {
    Down,
    Up,
}

fn relax(depths: &mut [u16], size: (usize, usize), (x, y): (usize, usize), pass: Pass) {
    let at = y * size.0 + x;
    if depths[at] == 0 {
        return;
    }
    // Beyond the box everything is outside: a step off its edge ends the way.
    let depth = |x: usize, y: usize| {
        if x < size.0 && y < size.1 { depths[y * size.0 + x] } else { 0 }
    };
    let (left, right) = (x.wrapping_sub(1), x + 1);
    let (beside, row) = match pass {
        Pass::Down => (left, y.wrapping_sub(1)),
        Pass::Up => (right, y + 1),
    };
    let straight = depth(beside, y).min(depth(x, row)) + STEP;
    let diagonal = depth(left, row).min(depth(right, row)) + DIAGONAL;
    depths[at] = depths[at].min(straight).min(diagonal);
}
