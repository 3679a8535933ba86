//! The embedded sprites: one vector drawing a noun, parsed once, turned into pixels at any size.
//!
//! A sprite knows its tight box, its tones and its outline. What is painted around and over it is
//! left to `sticker` and `ramps`.

mod embedded;

use std::sync::OnceLock;

use image::RgbaImage;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::numbers::{float, float32, nearest, whole};
use crate::ramps::{Tones, luminance};
use crate::silhouette::Mask;
use embedded::EMBEDDED;

/// Longer side, in cells, of the grid on which a sprite is measured and outlined.
const GRID: u32 = 256;

/// Empty cells kept around the grid, so that the outline's distances reach past white borders.
const GRID_MARGIN: usize = 64;

/// A pixel belongs to the sprite above this opacity (of 255).
const SOLID: u8 = 127;

/// Gaps narrower than twice this share of the sprite's longer side are closed in its silhouette.
pub const CLOSING: f32 = 0.02;

/// One noun's drawing and what has been measured on it.
#[derive(Debug)]
pub struct Sprite {
    tree: usvg::Tree,
    /// Tight box of the solid pixels in the drawing's own units: left, top, width, height.
    bounds: [f32; 4],
    outline: Outline,
    tones: Tones,
}

/// The signed distances to a sprite's silhouette, on a grid of `GRID` cells a side plus margins.
#[derive(Debug)]
struct Outline {
    mask: Mask,
    distances: Vec<f32>,
    /// Width and height of the sprite in cells, without margins.
    size: (f32, f32),
}

/// The sprite of a noun; `None` if nothing is drawn for it. Parsed and measured at the first call.
pub fn sprite(noun: &str) -> Option<&'static Sprite> {
    static SPRITES: [OnceLock<Option<Sprite>>; EMBEDDED.len()] =
        [const { OnceLock::new() }; EMBEDDED.len()];
    let stem = noun.replace(' ', "-");
    let index = EMBEDDED.binary_search_by_key(&stem.as_str(), |(name, _)| name).ok()?;
    let ((_, text), cell) = (EMBEDDED.get(index)?, SPRITES.get(index)?);
    cell.get_or_init(|| Sprite::read(text)).as_ref()
}

/// The nouns that have a sprite, in alphabetical order.
pub fn drawn_nouns() -> impl Iterator<Item = String> {
    EMBEDDED.iter().map(|(name, _)| name.replace('-', " "))
}

/// The noun's sprite in natural colors, its tight box scaled so that the longer side is `size`
/// pixels. Straight alpha.
pub fn sprite_raster(noun: &str, size: u32) -> Option<RgbaImage> {
    let sprite = sprite(noun)?;
    let (width, height) = sprite.fitted(size);
    sprite.raster(width, height)
}

/// Width of the noun's silhouette over its height.
pub fn sprite_aspect(noun: &str) -> Option<f32> {
    sprite(noun).map(Sprite::aspect)
}

impl Sprite {
    fn read(text: &str) -> Option<Self> {
        let tree = usvg::Tree::from_str(text, &usvg::Options::default()).ok()?;
        let size = tree.size();
        let whole = [0.0, 0.0, size.width(), size.height()];
        let scale = float32(GRID) / size.width().max(size.height());
        let rough =
            render(&tree, whole, nearest(size.width() * scale), nearest(size.height() * scale))?;
        let (left, top, width, height) = solid(&rough, 0).bounds()?;
        let bounds = [left, top, width, height].map(|cells| float(cells) / scale);
        let longer = bounds[2].max(bounds[3]);
        let grid = [bounds[2], bounds[3]].map(|side| nearest(side / longer * float32(GRID)));
        let raster = render(&tree, bounds, grid[0], grid[1])?;
        let pixels = raster.pixels().filter(|pixel| pixel.0[3] > SOLID);
        let luminances = pixels.map(|pixel| luminance([pixel.0[0], pixel.0[1], pixel.0[2]]));
        let tones = Tones::measure(luminances.collect());
        Some(Self { outline: Outline::trace(&raster), tree, bounds, tones })
    }

    /// Width over height.
    pub fn aspect(&self) -> f32 {
        self.bounds[2] / self.bounds[3]
    }

    /// How its luminance spreads.
    pub fn tones(&self) -> &Tones {
        &self.tones
    }

    /// Width and height in pixels when the longer side is `size`.
    pub fn fitted(&self, size: u32) -> (u32, u32) {
        let aspect = self.aspect();
        let shorter = |share: f32| nearest(float32(size) * share).max(1);
        if aspect > 1.0 { (size, shorter(1.0 / aspect)) } else { (shorter(aspect), size) }
    }

    /// The tight box in pixels, stretched to `width` by `height`, in natural colors. Straight
    /// alpha. `None` if a side is 0 or too long for memory.
    pub fn raster(&self, width: u32, height: u32) -> Option<RgbaImage> {
        render(&self.tree, self.bounds, width, height)
    }

    /// Distance from the silhouette's edge at a place given as fractions of the tight box, in
    /// units of the tight box's longer side: negative inside, positive outside.
    pub fn distance(&self, u: f32, v: f32) -> f32 {
        self.outline.distance(u, v)
    }

    /// Width and height of the tight box in units of its longer side.
    pub fn distance_unit(&self) -> (f32, f32) {
        let longer = self.bounds[2].max(self.bounds[3]);
        (self.bounds[2] / longer, self.bounds[3] / longer)
    }

    /// The silhouette (closed and filled) on a grid whose longer side has 256 cells, with a margin
    /// of empty cells around.
    pub fn silhouette(&self) -> &Mask {
        &self.outline.mask
    }
}

impl Outline {
    fn trace(raster: &RgbaImage) -> Self {
        let mask = solid(raster, GRID_MARGIN).closed(CLOSING * float32(GRID));
        let size = (float32(raster.width()), float32(raster.height()));
        Self { distances: mask.signed_distances(), mask, size }
    }

    /// Interpolates between the four nearest cells; beyond the grid, adds the way to its rim.
    fn distance(&self, u: f32, v: f32) -> f32 {
        let margin = float(GRID_MARGIN) - 0.5;
        let (x, y) = (u * self.size.0 + margin, v * self.size.1 + margin);
        let last = |cells: usize| float(cells) - 1.001;
        let (near_x, near_y) =
            (x.clamp(0.0, last(self.mask.width)), y.clamp(0.0, last(self.mask.height)));
        let (column, row) = (whole(near_x), whole(near_y));
        let (part_x, part_y) = (near_x - float(column), near_y - float(row));
        let cell = |dx: usize, dy: usize| {
            let index = (row + dy) * self.mask.width + column + dx;
            self.distances.get(index).copied().unwrap_or(0.0)
        };
        let upper = cell(0, 0) + (cell(1, 0) - cell(0, 0)) * part_x;
        let lower = cell(0, 1) + (cell(1, 1) - cell(0, 1)) * part_x;
        let inside_grid = upper + (lower - upper) * part_y;
        let (beyond_x, beyond_y) = (x - near_x, y - near_y);
        let beyond = (beyond_x * beyond_x + beyond_y * beyond_y).sqrt();
        (inside_grid + beyond) / self.size.0.max(self.size.1)
    }
}

/// The solid pixels of a raster, with `margin` empty cells around.
fn solid(raster: &RgbaImage, margin: usize) -> Mask {
    let (width, height) = (raster.width() as usize, raster.height() as usize);
    let alphas: Vec<u8> = raster.pixels().map(|pixel| pixel.0[3]).collect();
    Mask::from_fn(width + 2 * margin, height + 2 * margin, |x, y| {
        let (Some(x), Some(y)) = (x.checked_sub(margin), y.checked_sub(margin)) else {
            return false;
        };
        x < width && alphas.get(y * width + x).is_some_and(|alpha| *alpha > SOLID)
    })
}

/// Paints the part `bounds` (left, top, width, height in the drawing's units) of a drawing onto
/// `width` by `height` pixels.
fn render(tree: &usvg::Tree, bounds: [f32; 4], width: u32, height: u32) -> Option<RgbaImage> {
    let mut pixels = Pixmap::new(width, height)?;
    let [left, top, across, down] = bounds;
    let (sx, sy) = (float32(width) / across, float32(height) / down);
    let transform = Transform::from_row(sx, 0.0, 0.0, sy, -left * sx, -top * sy);
    resvg::render(tree, transform, &mut pixels.as_mut());
    let straight = pixels.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    RgbaImage::from_raw(width, height, straight.collect())
}

#[cfg(test)]
mod tests;
