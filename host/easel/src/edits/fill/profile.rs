//! What the background looks like on both sides of a gap, row by row.
//!
//! Only pixels that no sticker, border or shadow touches are looked at.

use image::RgbImage;

use super::Tint;
use crate::{
    edits::sheet::Sheet,
    numbers::{float, whole},
    silhouette::Mask,
};

/// How many rows above and below the gap are looked at, as a share of the picture: contours such
/// as hills may enter a gap higher or lower than they leave it.
const ROOM: f32 = 0.1;

/// How many clean pixels beyond each end of a gap its color is the mean of.
const LENGTH: usize = 6;

/// How many rows above and below share in it, to calm the grain.
const CALM: usize = 1;

/// The mean of |a − b| over independent a and b is this much of the half-width of the even
/// distribution they come from.
const MEAN_DIFFERENCE: f32 = 2.0 / 3.0;

/// The background on both sides of a gap; index 0 is the row `top`.
pub(super) struct Profiles<'a> {
    pub(super) ground: Ground<'a>,
    top: usize,
    /// First and one past the last column of the gap, row by row.
    spans: Vec<(usize, usize)>,
    pub(super) left: Vec<Tint>,
    pub(super) right: Vec<Tint>,
    /// Half-width of the noise on the background's channels, 0 to 255.
    pub(super) grain: f32,
}

impl<'a> Profiles<'a> {
    /// Looks around a gap: the solid cells of `gone`, whose first cell lies at `corner` (column,
    /// row). `reach` is how far stickers' borders and shadows extend, in pixels.
    pub(super) fn measure(
        picture: &'a RgbImage,
        sheet: &Sheet,
        gone: &Mask,
        corner: (usize, usize),
        reach: usize,
    ) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let room = whole(ROOM * float(height));
        let top = corner.1.saturating_sub(room);
        let bottom = (corner.1 + gone.height + room).min(height);
        let ground = Ground::around(picture, sheet, (top, bottom), reach);
        // All rows start from the same columns: else the gap's own shape would look like a contour
        // of the background.
        let columns = (corner.0, corner.0 + gone.width);
        let spans: Vec<_> = (top..bottom).map(|row| ground.widened(columns, row)).collect();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (row, (start, end)) in (top..bottom).zip(&spans) {
            let before = start.saturating_sub(LENGTH)..*start;
            let behind = *end..(end + LENGTH).min(width);
            left.push(ground.mean(before, row));
            right.push(ground.mean(behind, row));
        }
        let grain = ground.grain();
        let (left, right) = completed(&left, &right);
        Self { ground, top, spans, left, right, grain }
    }

    /// Where the row's gap starts and ends.
    pub(super) fn span(&self, row: usize) -> Option<(usize, usize)> {
        self.spans.get(self.index(row)).copied()
    }

    /// A picture row's place in the profiles.
    pub(super) const fn index(&self, row: usize) -> usize {
        row.saturating_sub(self.top)
    }
}

/// Some rows of a picture, and which of their pixels are background.
pub(super) struct Ground<'a> {
    picture: &'a RgbImage,
    top: usize,
    width: usize,
    clean: Vec<bool>,
}

impl<'a> Ground<'a> {
    /// Everything within `reach` of a sticker, in both directions, is not clean.
    fn around(
        picture: &'a RgbImage,
        sheet: &Sheet,
        (top, bottom): (usize, usize),
        reach: usize,
    ) -> Self {
        let width = picture.width() as usize;
        let above = top.saturating_sub(reach);
        let below = (bottom + reach).min(picture.height() as usize);
        let mut taken: Vec<bool> =
            (above..below).flat_map(|y| (0..width).map(move |x| sheet.label(x, y) != 0)).collect();
        for x in 0..width {
            let mut column: Vec<_> = taken.iter().skip(x).step_by(width).copied().collect();
            spread(&mut column, reach);
            for (cell, value) in taken.iter_mut().skip(x).step_by(width).zip(column) {
                *cell = value;
            }
        }
        taken.chunks_mut(width.max(1)).for_each(|row| spread(row, reach));
        let rows = taken.into_iter().skip((top - above) * width).take((bottom - top) * width);
        Self { picture, top, width, clean: rows.map(|taken| !taken).collect() }
    }

    /// Columns of the picture.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// True if nothing but background shows here; false outside the rows looked at.
    pub(super) fn is_clean(&self, x: usize, y: usize) -> bool {
        let row = y.checked_sub(self.top).filter(|_| x < self.width);
        row.and_then(|row| self.clean.get(row * self.width + x)).copied().unwrap_or(false)
    }

    /// The columns, pushed outwards until they meet clean pixels or the picture's rim.
    fn widened(&self, (start, end): (usize, usize), row: usize) -> (usize, usize) {
        let start = (0..=start).rev().find(|x| *x == 0 || self.is_clean(x - 1, row));
        let end = (end..=self.width).find(|x| *x == self.width || self.is_clean(*x, row));
        (start.unwrap_or(0), end.unwrap_or(self.width))
    }

    /// The mean color of the clean pixels in these columns, in and next to this row.
    pub(super) fn mean(&self, columns: std::ops::Range<usize>, row: usize) -> Option<Tint> {
        let (mut sum, mut count) = ([0.0; 3], 0.0);
        for y in row.saturating_sub(CALM)..=row + CALM {
            for x in columns.clone().filter(|x| self.is_clean(*x, y)) {
                let Some(pixel) = self.pixel(x, y) else { continue };
                for (total, channel) in sum.iter_mut().zip(pixel) {
                    *total += channel;
                }
                count += 1.0;
            }
        }
        (count > 0.0).then(|| sum.map(|total| total / count))
    }

    /// How strong the noise is: from the mean difference of clean pixels two columns apart, with
    /// the larger differences, which are drawing rather than noise, left out.
    fn grain(&self) -> f32 {
        let mut differences = Vec::new();
        for (index, _) in self.clean.iter().enumerate().step_by(7).filter(|(_, clean)| **clean) {
            let (x, y) = (index % self.width, self.top + index / self.width);
            let pair = (self.pixel(x, y), self.pixel(x + 2, y));
            if let (Some([_, one, _]), Some([_, other, _])) = pair
                && self.is_clean(x + 2, y)
            {
                differences.push((one - other).abs());
            }
        }
        differences.sort_by(f32::total_cmp);
        differences.truncate(differences.len() * 9 / 10);
        let mean = differences.iter().sum::<f32>() / float(differences.len().max(1));
        mean / MEAN_DIFFERENCE
    }

    /// A pixel of the picture, background or not.
    pub(super) fn pixel(&self, x: usize, y: usize) -> Option<Tint> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        self.picture.get_pixel_checked(x, y).map(|pixel| pixel.0.map(f32::from))
    }
}

/// Makes every cell within `reach` of a true cell true.
fn spread(line: &mut [bool], reach: usize) {
    for backwards in [false, true] {
        let mut left = 0;
        let mut step = |cell: &mut bool, original: bool| {
            left = if original { reach + 1 } else { left };
            *cell |= left > 0;
            left = left.saturating_sub(1);
        };
        // The second pass must not start from what the first pass added.
        let original = line.to_vec();
        if backwards {
            line.iter_mut().zip(original).rev().for_each(|(cell, own)| step(cell, own));
        } else {
            line.iter_mut().zip(original).for_each(|(cell, own)| step(cell, own));
        }
    }
}

/// Where one side of a row shows no background, the other side's color is taken, and where
/// neither does, that of the nearest row that has one.
fn completed(left: &[Option<Tint>], right: &[Option<Tint>]) -> (Vec<Tint>, Vec<Tint>) {
    let either: Vec<_> = left.iter().zip(right).map(|(left, right)| left.or(*right)).collect();
    let nearest = |index: usize| {
        let after = either
            .iter()
            .enumerate()
            .skip(index)
            .find_map(|(at, tint)| Some((at - index, (*tint)?)));
        let before = either.iter().take(index).rev().enumerate();
        let before =
            before.map(|(at, tint)| (at + 1, *tint)).find_map(|(at, tint)| Some((at, tint?)));
        let nearest = match (before, after) {
            (Some(before), Some(after)) => Some(if before.0 < after.0 { before } else { after }),
            (before, after) => before.or(after),
        };
        nearest.map_or([128.0; 3], |(_, tint)| tint)
    };
    let fill = |own: &[Option<Tint>], other: &[Option<Tint>]| {
        let pairs = own.iter().zip(other).enumerate();
        pairs
            .map(|(index, (own, other))| own.or(*other).unwrap_or_else(|| nearest(index)))
            .collect()
    };
    (fill(left, right), fill(right, left))
}
