//! Lifts a sticker off a picture: its outline and its inner pixels, ready to be put down again
//! elsewhere, at another size or in another color.
//!
//! Ink, border and shadow are not lifted; they are drawn anew, so that they keep their width.

use image::{Rgb, RgbImage, Rgba};

use super::sheet::{Found, Sheet, scale};
use crate::{
    fit::ink_width,
    numbers::{byte, float, float32, nearest, whole},
    ramps::mix,
    silhouette::Mask,
    sticker::{SHADOW_DROP, layers, sticker_margin},
};

/// An inner pixel is free of ink this far, in pixels, inside the ink's inner edge.
const CLEAR: f32 = 0.4;

/// Colors are needed this far, in pixels, beyond the silhouette, for interpolation at its edge.
const BEYOND: f32 = 2.0;

/// How often distances measured on whole pixels are smoothed.
const SOFTENINGS: usize = 4;

/// A sticker's inside.
#[derive(Clone, Debug)]
pub(super) struct Lifted {
    /// Columns and rows of the silhouette's box.
    pub(super) size: (usize, usize),
    /// Cells around the box on every side of the grids below.
    pad: usize,
    /// Distance from the silhouette's edge (ink included), in pixels: negative inside.
    apart: Vec<f32>,
    /// Colors inside the silhouette, without ink, on the same cells.
    pub(super) colors: Vec<[u8; 3]>,
    /// Width of the ink, in pixels.
    ink: f32,
}

/// Lifts a copy of a sticker; the picture is not changed.
pub(super) fn lift(picture: &RgbImage, sheet: &Sheet, found: &Found) -> Lifted {
    let size = (found.width as usize, found.height as usize);
    let pad = sticker_margin(picture.width()) as usize;
    let place = |x: usize, y: usize| {
        let column = (found.left as usize + x).checked_sub(pad)?;
        Some((column, (found.top as usize + y).checked_sub(pad)?))
    };
    let mask = Mask::from_fn(size.0 + 2 * pad, size.1 + 2 * pad, |x, y| {
        place(x, y).is_some_and(|(x, y)| sheet.label(x, y) == found.label)
    });
    let apart = softened(mask.signed_distances(), mask.width);
    let ink = ink_width(picture.width());
    let colors = (0..mask.cells.len()).map(|index| {
        let (x, y) = place(index % mask.width, index / mask.width)?;
        let inner = apart.get(index).is_some_and(|apart| *apart <= -ink - CLEAR);
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        picture.get_pixel_checked(x, y).map(|pixel| pixel.0).filter(|_| inner)
    });
    let colors = grown(colors.collect(), &apart, mask.width);
    Lifted { size, pad, apart, colors, ink }
}

impl Lifted {
    /// The size, in pixels, at which it fits into `room` (width, height) without being stretched.
    pub(super) fn fitted(&self, room: (u32, u32)) -> (u32, u32) {
        let ink = 2.0 * self.ink;
        let inner = |side: usize| (float(side) - ink).max(1.0);
        let across = (float32(room.0) - ink) / inner(self.size.0);
        let share = across.min((float32(room.1) - ink) / inner(self.size.1));
        let scaled = |side: usize| nearest((inner(side) * share).max(1.0) + ink);
        (scaled(self.size.0), scaled(self.size.1))
    }

    /// Puts it down with border and shadow; `corner` and `size` are those of the silhouette's box.
    pub(super) fn put_down(&self, picture: &mut RgbImage, corner: (u32, u32), size: (u32, u32)) {
        let unit = scale(picture);
        let margin = i64::from(sticker_margin(picture.width()));
        let share = self.share(size);
        let (columns, rows) = (i64::from(size.0) + margin, i64::from(size.1) + margin);
        for (y, x) in (-margin..rows).flat_map(|y| (-margin..columns).map(move |x| (y, x))) {
            let at =
                |x: i64, y: i64, drop: f32| self.distance((center(x), center(y) - drop), share);
            let target =
                (u32::try_from(i64::from(corner.0) + x), u32::try_from(i64::from(corner.1) + y));
            let (Ok(column), Ok(row)) = target else { continue };
            let Some(pixel) = picture.get_pixel_mut_checked(column, row) else { continue };
            let apart = at(x, y, 0.0);
            let inside = self.body((center(x), center(y)), share, apart);
            let layer = layers(unit, apart, || at(x, y, unit * SHADOW_DROP), inside.as_ref());
            let Rgba([red, green, blue, alpha]) = layer;
            *pixel = Rgb(mix(pixel.0, [red, green, blue], f32::from(alpha) / 255.0));
        }
    }

    /// Paints its inside over the sticker it was lifted from, at `corner`; ink, border and shadow
    /// stay as they are.
    pub(super) fn repaint(&self, picture: &mut RgbImage, corner: (u32, u32)) {
        let (columns, rows) = (float_box(self.size.0), float_box(self.size.1));
        for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
            let place = (center(i64::from(x)), center(i64::from(y)));
            let apart = self.distance(place, 1.0);
            let Some(Rgba([red, green, blue, alpha])) = self.body(place, 1.0, apart) else {
                continue;
            };
            if let Some(pixel) = picture.get_pixel_mut_checked(corner.0 + x, corner.1 + y) {
                *pixel = Rgb(mix(pixel.0, [red, green, blue], f32::from(alpha) / 255.0));
            }
        }
    }

    /// The columns and rows of the silhouette's box that are inside the ink, with the index of
    /// their colors.
    pub(super) fn inside(&self) -> impl Iterator<Item = (usize, (usize, usize))> {
        let width = self.size.0 + 2 * self.pad;
        let cells = self.apart.iter().enumerate().filter(|(_, apart)| **apart <= 0.0);
        cells.filter_map(move |(index, _)| {
            let (x, y) = (index % width, index / width);
            Some((index, (x.checked_sub(self.pad)?, y.checked_sub(self.pad)?)))
        })
    }

    /// True if the cell with this index is in the silhouette, ink included.
    pub(super) fn has(&self, x: usize, y: usize) -> bool {
        let width = self.size.0 + 2 * self.pad;
        let index = (y + self.pad) * width + x + self.pad;
        self.apart.get(index).is_some_and(|apart| *apart <= 0.0)
    }

    /// Pixels of the new size for one pixel lifted.
    fn share(&self, size: (u32, u32)) -> f32 {
        let inner = |side: f32| (side - 2.0 * self.ink).max(1.0);
        inner(float32(size.0)) / inner(float(self.size.0))
    }

    /// Distance, in new pixels, from the edge between inside and ink.
    fn distance(&self, place: (f32, f32), share: f32) -> f32 {
        let (x, y) = self.cell(place, share);
        let near = (x.clamp(0.0, self.last().0), y.clamp(0.0, self.last().1));
        let beyond = (x - near.0).hypot(y - near.1);
        let [apart] = self.sampled(near, |index| [self.apart.get(index).copied().unwrap_or(0.0)]);
        (apart + beyond + self.ink) * share
    }

    /// The inside's pixel at a place, with its opacity; `None` where there is none.
    fn body(&self, place: (f32, f32), share: f32, apart: f32) -> Option<Rgba<u8>> {
        let opacity = (0.5 - apart).clamp(0.0, 1.0);
        (opacity > 0.0).then_some(())?;
        let color =
            |index: usize| self.colors.get(index).copied().unwrap_or_default().map(f32::from);
        let [red, green, blue] = self.sampled(self.cell(place, share), color).map(byte);
        Some(Rgba([red, green, blue, byte(255.0 * opacity)]))
    }

    /// A place in the new box as a place on the grid.
    fn cell(&self, place: (f32, f32), share: f32) -> (f32, f32) {
        let shift = self.ink + float(self.pad) - 0.5;
        ((place.0 - self.ink) / share + shift, (place.1 - self.ink) / share + shift)
    }

    /// The last place on the grid that has a neighbor to its right and below.
    fn last(&self) -> (f32, f32) {
        let last = |side: usize| float(side + 2 * self.pad) - 1.001;
        (last(self.size.0), last(self.size.1))
    }

    /// Interpolates between the four nearest cells.
    fn sampled<const N: usize>(
        &self,
        place: (f32, f32),
        cell: impl Fn(usize) -> [f32; N],
    ) -> [f32; N] {
        let (x, y) = (place.0.clamp(0.0, self.last().0), place.1.clamp(0.0, self.last().1));
        let width = self.size.0 + 2 * self.pad;
        let start = whole(y) * width + whole(x);
        let blend = |one: [f32; N], other: [f32; N], part: f32| {
            let mut mixed = one;
            for (value, target) in mixed.iter_mut().zip(other) {
                *value += (target - *value) * part;
            }
            mixed
        };
        let upper = blend(cell(start), cell(start + 1), x.fract());
        let lower = blend(cell(start + width), cell(start + width + 1), x.fract());
        blend(upper, lower, y.fract())
    }
}

/// The middle of a pixel. Pictures are small enough for this to be exact.
#[expect(clippy::cast_precision_loss, reason = "pixel coordinates stay far below 2^24")]
fn center(pixel: i64) -> f32 {
    pixel as f32 + 0.5
}

/// A side of a box as a pixel count.
fn float_box(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

/// Takes the staircase out of distances that were measured on whole pixels. Four passes blur over
/// about two pixels: enough for a smooth contour at twice the size, too little to round corners.
fn softened(apart: Vec<f32>, width: usize) -> Vec<f32> {
    (0..SOFTENINGS).fold(apart, |apart, _| softened_once(&apart, width))
}

fn softened_once(apart: &[f32], width: usize) -> Vec<f32> {
    let at = |index: Option<usize>, own: f32| {
        index.and_then(|index| apart.get(index)).copied().unwrap_or(own)
    };
    let soft = apart.iter().enumerate().map(|(index, own)| {
        let beside = at(index.checked_sub(1), *own) + at(index.checked_add(1), *own);
        let above = at(index.checked_sub(width), *own) + at(index.checked_add(width), *own);
        (own * 4.0 + beside + above) / 8.0
    });
    soft.collect()
}

/// Gives cells without a color the mean of their neighbors', ring by ring, until all those in and
/// just beyond the silhouette have one; no others are ever looked at.
fn grown(mut colors: Vec<Option<[u8; 3]>>, apart: &[f32], width: usize) -> Vec<[u8; 3]> {
    let near = apart.iter().enumerate().filter(|(_, apart)| **apart <= BEYOND);
    let mut open: Vec<usize> = near.map(|(index, _)| index).collect();
    open.retain(|index| colors.get(*index) == Some(&None));
    while !open.is_empty() {
        let found: Vec<_> = open
            .iter()
            .filter_map(|index| Some((*index, around(&colors, *index, width)?)))
            .collect();
        if found.is_empty() {
            break;
        }
        for (index, color) in found {
            if let Some(cell) = colors.get_mut(index) {
                *cell = Some(color);
            }
        }
        open.retain(|index| colors.get(*index) == Some(&None));
    }
    colors.into_iter().map(Option::unwrap_or_default).collect()
}

/// The mean color of a cell's eight neighbors; `None` if none has one.
fn around(colors: &[Option<[u8; 3]>], index: usize, width: usize) -> Option<[u8; 3]> {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for (dx, dy) in (0..9).map(|step| (step % 3, step / 3)) {
        let beside = (index + dy * width + dx).checked_sub(width + 1);
        let Some(Some(color)) = beside.and_then(|beside| colors.get(beside)) else { continue };
        for (total, channel) in sum.iter_mut().zip(color) {
            *total += f32::from(*channel);
        }
        count += 1.0;
    }
    (count > 0.0).then(|| sum.map(|total| byte(total / count)))
}
