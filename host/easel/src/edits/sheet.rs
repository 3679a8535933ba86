//! Finds the stickers in a picture from its pixels alone, by their closed ink contours.
//!
//! Everything that can be reached from the picture's rim without crossing ink is outside; what is
//! left are silhouettes. What they show is the eye's business, not the painter's.

use image::RgbImage;
use pentimento_model::Region;

use crate::{
    numbers::{float32, whole},
    silhouette::Mask,
    sticker::{INK, NOMINAL_SIZE, PAPER},
};

/// A pixel this near to the ink's color (distance in RGB, of 442 at most) is part of a contour.
/// A seventh of the way from ink to paper: a contour stays closed where it is smoothed a little, and
/// no background comes so near.
const NEAR_INK: i32 = 56;

/// This far outside the ink, in pixels of a 512-pixel picture, lies the middle of the border.
const MID_BORDER: f32 = 4.0;

/// Backgrounds are darker than this in at least one channel; borders are lighter in all.
const PALEST_GROUND: u8 = 215;

/// Silhouettes with a side shorter than this, in pixels of a 512-pixel picture, are specks.
const SHORTEST_SIDE: f32 = 10.0;

/// Least share of box and region in common for a silhouette to be the one that is meant.
const LEAST_IOU: f32 = 0.3;

/// One silhouette: its label and its tight box, ink included, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) label: u16,
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// A picture's silhouettes, pixel by pixel.
#[derive(Debug)]
pub(crate) struct Sheet {
    width: usize,
    height: usize,
    /// The silhouette each pixel belongs to; 0 for none.
    labels: Vec<u16>,
    pub(crate) found: Vec<Found>,
}

impl Sheet {
    /// Looks at a picture.
    pub(crate) fn read(picture: &RgbImage) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let outside = reachable(picture, width, height);
        let mut sheet = Self { width, height, labels: vec![0; width * height], found: Vec::new() };
        let shortest = SHORTEST_SIDE * scale(picture);
        for start in 0..outside.len() {
            let fresh = sheet.labels.get(start) == Some(&0) && outside.get(start) == Some(&false);
            if !fresh || sheet.found.len() >= usize::from(u16::MAX) - 1 {
                continue;
            }
            let label = u16::try_from(sheet.found.len() + 1).unwrap_or(u16::MAX);
            let found = sheet.spread(start, label, &outside);
            if float32(found.width.min(found.height)) >= shortest {
                sheet.found.push(found);
            } else {
                sheet.erase(&found);
            }
        }
        sheet.take_in_fringe(picture);
        let (stickers, patches): (Vec<Found>, Vec<Found>) =
            sheet.found.iter().partition(|found| sheet.is_bordered(found, picture));
        for patch in &patches {
            sheet.erase(patch);
        }
        sheet.found = stickers;
        sheet
    }

    /// The silhouette a region means: the one whose box shares most with it.
    pub(crate) fn at(&self, region: &Region) -> Option<Found> {
        let shared = |found: &Found| self.region(found).map_or(0.0, |own| own.iou(region));
        let best = self.found.iter().max_by(|one, other| shared(one).total_cmp(&shared(other)));
        best.filter(|found| shared(found) >= LEAST_IOU).copied()
    }

    /// A silhouette's box in fractions of the picture.
    pub(crate) fn region(&self, found: &Found) -> Option<Region> {
        let across = |pixels: u32| float32(pixels) / crate::numbers::float(self.width);
        let down = |pixels: u32| float32(pixels) / crate::numbers::float(self.height);
        Region::new(across(found.left), down(found.top), across(found.width), down(found.height))
    }

    /// The label at a pixel; 0 outside the picture.
    pub(crate) fn label(&self, x: usize, y: usize) -> u16 {
        if x >= self.width || y >= self.height {
            return 0;
        }
        self.labels.get(y * self.width + x).copied().unwrap_or(0)
    }

    /// The pixels of one silhouette (`own`), or of all others, in a window of the picture.
    pub(crate) fn mask(&self, window: &Window, label: u16, own: bool) -> Mask {
        Mask::from_fn(window.width, window.height, |x, y| {
            let here = self.label(window.left + x, window.top + y);
            if own { here == label } else { here != 0 && here != label }
        })
    }

    /// True if paper lies around it: dark patches of background have none.
    fn is_bordered(&self, found: &Found, picture: &RgbImage) -> bool {
        let step = whole(MID_BORDER * scale(picture));
        let (mut white, mut all) = (0, 0);
        for y in found.top as usize..(found.top + found.height) as usize {
            let mut row = (found.left as usize..(found.left + found.width) as usize)
                .filter(|x| self.label(*x, y) == found.label);
            let Some(first) = row.next() else { continue };
            let last = row.next_back().unwrap_or(first);
            for x in [first.checked_sub(step), Some(last + step)].into_iter().flatten() {
                let Ok((x, y)) = u32::try_from(x).and_then(|x| Ok((x, u32::try_from(y)?))) else {
                    continue;
                };
                let Some(pixel) = picture.get_pixel_checked(x, y) else { continue };
                white += usize::from(pixel.0.iter().all(|channel| *channel >= PALEST_GROUND));
                all += 1;
            }
        }
        2 * white >= all
    }

    /// Labels everything connected with `start`, corners included.
    fn spread(&mut self, start: usize, label: u16, outside: &[bool]) -> Found {
        let (mut left, mut top, mut right, mut bottom) = (usize::MAX, usize::MAX, 0, 0);
        let mut open = vec![(start % self.width, start / self.width)];
        while let Some((x, y)) = open.pop() {
            let index = y * self.width + x;
            let free = x < self.width && outside.get(index) == Some(&false);
            match self.labels.get_mut(index).filter(|own| free && **own == 0) {
                Some(own) => *own = label,
                None => continue,
            }
            (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x), bottom.max(y));
            for (dx, dy) in (0..9).map(|step| (step % 3, step / 3)) {
                if let (Some(x), Some(y)) = ((x + dx).checked_sub(1), (y + dy).checked_sub(1)) {
                    open.push((x, y));
                }
            }
        }
        let pixels = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (left, top) = (left.min(right), top.min(bottom));
        let (width, height) = (right - left + 1, bottom - top + 1);
        let (left, top) = (pixels(left), pixels(top));
        Found { label, left, top, width: pixels(width), height: pixels(height) }
    }

    /// Gives a speck's pixels back.
    fn erase(&mut self, speck: &Found) {
        for y in speck.top..speck.top + speck.height {
            let start = y as usize * self.width + speck.left as usize;
            for own in self.labels.iter_mut().skip(start).take(speck.width as usize) {
                *own = if *own == speck.label { 0 } else { *own };
            }
        }
    }

    /// Adds the pixels at the contour's outer edge that are more ink than paper.
    fn take_in_fringe(&mut self, picture: &RgbImage) {
        let pixels: Vec<_> = picture.pixels().map(|pixel| pixel.0).collect();
        let mut fringe = Vec::new();
        for found in &self.found {
            let rows = found.top.saturating_sub(1)..=found.top + found.height;
            for y in rows.map(|y| y as usize).filter(|y| *y < self.height) {
                let columns = found.left.saturating_sub(1)..=found.left + found.width;
                for x in columns.map(|x| x as usize).filter(|x| *x < self.width) {
                    let beside =
                        [(x + 1, y), (x.wrapping_sub(1), y), (x, y + 1), (x, y.wrapping_sub(1))];
                    let touches = beside.iter().any(|(x, y)| self.label(*x, *y) == found.label);
                    let index = y * self.width + x;
                    let dark = pixels.get(index).is_some_and(|pixel| is_mostly_ink(*pixel));
                    if touches && dark && self.label(x, y) == 0 {
                        fringe.push((index, found.label));
                    }
                }
            }
        }
        for (index, label) in fringe {
            if let Some(own) = self.labels.get_mut(index) {
                *own = label;
            }
        }
        self.measure();
    }

    /// Measures all boxes anew.
    fn measure(&mut self) {
        let (width, height) = (self.width, self.height);
        let window = Window { left: 0, top: 0, width, height };
        for index in 0..self.found.len() {
            let Some(found) = self.found.get(index).copied() else { continue };
            let window = window.around(&found, 1);
            let Some((left, top, width, height)) = self.mask(&window, found.label, true).bounds()
            else {
                continue;
            };
            let pixels = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            if let Some(found) = self.found.get_mut(index) {
                (found.left, found.top) = (pixels(window.left + left), pixels(window.top + top));
                (found.width, found.height) = (pixels(width), pixels(height));
            }
        }
    }
}

/// A rectangle of pixels inside a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

impl Window {
    /// A whole picture.
    pub(crate) fn whole(picture: &RgbImage) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        Self { left: 0, top: 0, width, height }
    }

    /// A silhouette's box grown by `margin` pixels, as far as it lies in this window.
    pub(crate) fn around(&self, found: &Found, margin: usize) -> Self {
        let (left, top) = (found.left as usize, found.top as usize);
        let right = (left + found.width as usize + margin).min(self.left + self.width);
        let bottom = (top + found.height as usize + margin).min(self.top + self.height);
        let (left, top) = (left.saturating_sub(margin), top.saturating_sub(margin));
        let (left, top) = (left.max(self.left), top.max(self.top));
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        Self { left, top, width, height }
    }
}

/// How many pixels of this picture are one pixel of a 512-pixel picture.
pub(crate) fn scale(picture: &RgbImage) -> f32 {
    float32(picture.width()) / NOMINAL_SIZE
}

/// The pixels that can be reached from the rim without crossing ink, from side to side.
fn reachable(picture: &RgbImage, width: usize, height: usize) -> Vec<bool> {
    let ink: Vec<_> = picture.pixels().map(|pixel| is_ink(pixel.0)).collect();
    let mut outside = vec![false; ink.len()];
    let mut open: Vec<(usize, usize)> =
        (0..width).flat_map(|x| [(x, 0), (x, height - 1)]).collect();
    open.extend((0..height).flat_map(|y| [(0, y), (width - 1, y)]));
    while let Some((x, y)) = open.pop() {
        let index = y.wrapping_mul(width).wrapping_add(x);
        let free = x < width && ink.get(index) == Some(&false);
        match outside.get_mut(index).filter(|seen| free && !**seen) {
            Some(seen) => *seen = true,
            None => continue,
        }
        open.extend([(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))]);
    }
    outside
}

fn is_ink(pixel: [u8; 3]) -> bool {
    distance_squared(pixel, INK) < NEAR_INK * NEAR_INK
}

/// True if the pixel lies nearer to ink than to paper.
fn is_mostly_ink(pixel: [u8; 3]) -> bool {
    distance_squared(pixel, INK) < distance_squared(pixel, PAPER)
}

fn distance_squared(one: [u8; 3], other: [u8; 3]) -> i32 {
    one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).pow(2)).sum()
}
