//! Finds another part of the background that could stand in a gap: for woods and houses, which no
//! blend of two sides can continue.
//!
//! Only sideways shifts are tried, because backgrounds change with height.

use super::{
    Tint,
    profile::Ground,
    residue::{Lines, Residue},
};
use crate::{numbers::whole, silhouette::Mask};

/// Shifts are tried in steps of this many pixels: trunks and windows are several times as wide.
const STEP: isize = 4;

/// Columns, in steps of a few pixels, in which a shifted gap is checked to lie on background.
const SPARSE: usize = 3;

/// Width, in pixels of a 512-pixel picture, of the strips a gap is cut into where no patch for all
/// of it is found: about a trunk with the space beside it.
const STRIP: f32 = 40.0;

/// For every column of the gap a sideways shift, in pixels; `None` where no shifted strip is all
/// background.
pub(super) fn strips(
    ground: &Ground,
    (gone, corner): (&Mask, (usize, usize)),
    unit: f32,
) -> Vec<Option<isize>> {
    let width = whole(STRIP * unit).max(1);
    let starts = (0..gone.width).step_by(width);
    let shifts = starts.flat_map(|start| {
        let strip = Mask::from_fn(gone.width, gone.height, |x, y| {
            (start..start + width).contains(&x) && gone.is_solid(x, y)
        });
        let best = best_shift(ground, (&strip, corner), unit).map(|(shift, _)| shift);
        std::iter::repeat_n(best, width.min(gone.width - start))
    });
    shifts.collect()
}

/// The sideways shift, in pixels, whose pixels fit best to what is seen around the gap, with how
/// far off they are (mean difference of a channel). `None` if no shifted gap is all background.
pub(super) fn best_shift(
    ground: &Ground,
    gap: (&Mask, (usize, usize)),
    unit: f32,
) -> Option<(isize, f32)> {
    let width = isize::try_from(ground.width()).ok()?;
    let steps = width / STEP;
    let shifts = (-steps..=steps).map(|step| step * STEP);
    let free = shifts.filter(|shift| is_free(ground, gap, *shift));
    let rated = free.map(|shift| {
        let estimate = |x: usize, y: usize| shifted(ground, x, y, shift);
        (shift, misfit(ground, gap, unit, &estimate))
    });
    rated.min_by(|one, other| one.1.total_cmp(&other.1))
}

/// The pixel this far to the side; the pixel itself at the picture's rim.
pub(super) fn shifted(ground: &Ground, x: usize, y: usize, shift: isize) -> Tint {
    let source = x.checked_add_signed(shift).and_then(|x| ground.pixel(x, y));
    source.or_else(|| ground.pixel(x, y)).unwrap_or_default()
}

/// How far, on average, an estimate is off around the gap.
pub(super) fn misfit(
    ground: &Ground,
    gap: (&Mask, (usize, usize)),
    unit: f32,
    estimate: &impl Fn(usize, usize) -> Tint,
) -> f32 {
    let columns = Residue::measure(Lines::Columns, ground, gap, unit, estimate);
    let rows = Residue::measure(Lines::Rows, ground, gap, unit, estimate);
    f32::midpoint(columns.size(), rows.size())
}

/// True if the shifted gap lies on background only.
fn is_free(ground: &Ground, (gone, corner): (&Mask, (usize, usize)), shift: isize) -> bool {
    let rows = (0..gone.height).step_by(SPARSE);
    let cells = rows.flat_map(|y| (0..gone.width).step_by(SPARSE).map(move |x| (x, y)));
    cells.filter(|(x, y)| gone.is_solid(*x, *y)).all(|(x, y)| {
        let column = (corner.0 + x).checked_add_signed(shift);
        column.is_some_and(|column| ground.is_clean(column, corner.1 + y))
    })
}
