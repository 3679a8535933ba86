//! Gives a lifted sticker another color or material, from its pixels alone.
//!
//! The tints' ramps rise in luminance, so a tinted sprite's tones are still in its pixels: they
//! are stretched again and sent through another ramp. Paper between the parts of a sprite stays
//! paper; where it lies is known from the sprite, if the sticker really shows it.

use image::{RgbaImage, imageops};
use pentimento_model::Attribute;

use super::lift::Lifted;
use crate::{
    fit::ink_width,
    numbers::{byte, float, nearest},
    ramps::{Tones, luminance, mix, tint},
    sprites::sprite,
    sticker::{PAPER, silhouette_mask},
};

/// The silhouettes of sprite and sticker share at least this much of their union if the sticker
/// shows the sprite.
const ALIKE: f32 = 0.8;

/// The luminances of sprite and sticker are at least so correlated if the sticker shows the sprite.
const AGREEING: f32 = 0.6;

/// Without a sprite to ask, pixels are taken for paper when all channels are above this.
const PAPER_WHITE: u8 = 250;

/// Paper never makes up more than this share of a sticker; else it is a white object.
const MOST_PAPER: f32 = 0.7;

/// Pixels covered less than this by the sprite are left as they are: too little of its color is in
/// them.
const LEAST_COVER: f32 = 0.25;

/// A cell of a sticker: where it is, how much of it the sprite covers, and with what color.
struct Cell {
    index: usize,
    place: (usize, usize),
    covered: f32,
    color: [u8; 3],
}

/// Tints the inside of a sticker that shows `noun`.
pub(super) fn restyle(lifted: &mut Lifted, noun: &str, picture: u32, attribute: Attribute) {
    let cover = Cover::of(lifted, noun, picture);
    let cells: Vec<_> = lifted
        .inside()
        .filter_map(|(index, place)| {
            let pixel = lifted.colors.get(index).copied().unwrap_or_default();
            let covered = cover.at(place, pixel);
            let color = (covered >= LEAST_COVER).then(|| uncovered(pixel, covered))?;
            Some(Cell { index, place, covered, color })
        })
        .collect();
    let tones = tones(&cells, &cover);
    let size = (float(lifted.size.0), float(lifted.size.1));
    for (cell, tone) in cells.iter().zip(tones) {
        let place = ((float(cell.place.0) + 0.5) / size.0, (float(cell.place.1) + 0.5) / size.1);
        if let Some(pixel) = lifted.colors.get_mut(cell.index) {
            *pixel = mix(PAPER, tint(attribute, tone, place), cell.covered);
        }
    }
}

/// The tone of every cell. A material's pattern is in the pixels as well: where the sprite's own
/// tones agree with the sticker's, they are taken, for they are free of it.
fn tones(cells: &[Cell], cover: &Cover) -> Vec<f32> {
    let seen: Vec<_> = cells.iter().map(|cell| luminance(cell.color)).collect();
    let drawn: Option<Vec<_>> =
        cells.iter().map(|cell| Some(luminance(cover.color(cell.place)?))).collect();
    let source = drawn.filter(|drawn| correlation(&seen, drawn) >= AGREEING).unwrap_or(seen);
    let spread = Tones::measure(source.clone());
    source.into_iter().map(|luminance| spread.tone(luminance)).collect()
}

/// Pearson's coefficient; 0 if one of the two does not vary.
fn correlation(one: &[f32], other: &[f32]) -> f32 {
    let mean = |values: &[f32]| values.iter().sum::<f32>() / float(values.len().max(1));
    let (center, middle) = (mean(one), mean(other));
    let (mut both, mut own, mut opposite) = (0.0, 0.0, 0.0);
    for (one, other) in one.iter().zip(other) {
        let (one, other) = (one - center, other - middle);
        both += one * other;
        own += one * one;
        opposite += other * other;
    }
    if own * opposite > 0.0 { both / (own * opposite).sqrt() } else { 0.0 }
}

/// Which parts of a sticker are sprite and which are paper.
enum Cover {
    /// The sprite's own opacity, and how wide the ink around it is.
    Sprite(RgbaImage, u32),
    /// White is paper.
    White,
    /// Everything is sprite.
    All,
}

impl Cover {
    fn of(lifted: &Lifted, noun: &str, picture: u32) -> Self {
        let known = Self::sprite(lifted, noun, picture);
        known.unwrap_or_else(|| {
            let whites = lifted.inside().filter(|(index, _)| {
                lifted.colors.get(*index).is_some_and(|color| is_white(*color))
            });
            let share = float(whites.count()) / float(lifted.inside().count().max(1));
            if share < MOST_PAPER { Self::White } else { Self::All }
        })
    }

    /// The noun's sprite at the sticker's size, mirrored if that fits better.
    fn sprite(lifted: &Lifted, noun: &str, picture: u32) -> Option<Self> {
        let (width, height) =
            (u32::try_from(lifted.size.0).ok()?, u32::try_from(lifted.size.1).ok()?);
        let mut mask = silhouette_mask(noun, (width, height), picture)?;
        let alike = |mask: &image::GrayImage| {
            let (mut shared, mut either) = (0_usize, 0_usize);
            for (x, y, pixel) in mask.enumerate_pixels() {
                let (one, other) = (pixel.0[0] > 0, lifted.has(x as usize, y as usize));
                shared += usize::from(one && other);
                either += usize::from(one || other);
            }
            float(shared) / float(either.max(1))
        };
        let upright = alike(&mask);
        imageops::flip_horizontal_in_place(&mut mask);
        let mirrored = alike(&mask);
        (upright.max(mirrored) >= ALIKE).then_some(())?;
        let ink = nearest(ink_width(picture));
        let inner = |side: u32| side.saturating_sub(2 * ink).max(1);
        let mut raster = sprite(noun)?.raster(inner(width), inner(height))?;
        if mirrored > upright {
            imageops::flip_horizontal_in_place(&mut raster);
        }
        Some(Self::Sprite(raster, ink))
    }

    /// How much of a pixel the sprite covers, 0 to 1.
    fn at(&self, place: (usize, usize), pixel: [u8; 3]) -> f32 {
        match self {
            Self::All => 1.0,
            Self::White => f32::from(u8::from(!is_white(pixel))),
            Self::Sprite(..) => {
                self.pixel(place).map_or(1.0, |[.., alpha]| f32::from(alpha) / 255.0)
            }
        }
    }

    /// The sprite's natural color there, if it is known.
    fn color(&self, place: (usize, usize)) -> Option<[u8; 3]> {
        self.pixel(place).map(|[red, green, blue, _]| [red, green, blue])
    }

    /// The sprite's pixel there; under the ink, the nearest one.
    fn pixel(&self, (x, y): (usize, usize)) -> Option<[u8; 4]> {
        let Self::Sprite(raster, ink) = self else { return None };
        let column = u32::try_from(x).ok()?.saturating_sub(*ink).min(raster.width() - 1);
        let row = u32::try_from(y).ok()?.saturating_sub(*ink).min(raster.height() - 1);
        raster.get_pixel_checked(column, row).map(|pixel| pixel.0)
    }
}

fn is_white(pixel: [u8; 3]) -> bool {
    pixel.iter().all(|channel| *channel >= PAPER_WHITE)
}

/// The sprite's own color, taken out of its mixture with paper.
fn uncovered(pixel: [u8; 3], covered: f32) -> [u8; 3] {
    let mut own = pixel;
    for (channel, paper) in own.iter_mut().zip(PAPER) {
        *channel = byte((f32::from(*channel) - f32::from(paper) * (1.0 - covered)) / covered);
    }
    own
}
