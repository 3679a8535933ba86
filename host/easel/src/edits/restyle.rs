//! Gives a lifted sticker another color or material, from its pixels alone.
//!
//! The tints' ramps rise in luminance, so a tinted sprite's tones are still in its pixels: they
//! are stretched again and sent through another ramp. Paper between the parts of a sprite stays
//! paper; where it lies is known from the sprite, if the sticker really shows it.

use image::{RgbaImage, imageops};
use pentimento_model::Attribute;

use super::lift::Lifted;
use crate::{
    numbers::{byte, float, nearest},
    ramps::{Tones, luminance, mix, tint},
    sprites::sprite,
    sticker::{PAPER, silhouette_mask},
};

/// The silhouettes of sprite and sticker share at least this much of their union if the sticker
/// shows the sprite.
const ALIKE: f32 = 0.8;

/// Without a sprite to ask, pixels are taken for paper when all channels are above this.
const PAPER_WHITE: u8 = 250;

/// Paper never makes up more than this share of a sticker; else it is a white object.
const MOST_PAPER: f32 = 0.7;

/// Pixels covered less than this by the sprite are left as they are: too little of its color is in
/// them.
const LEAST_COVER: f32 = 0.25;

/// Tints the inside of a sticker that shows `noun`.
pub(super) fn restyle(
    lifted: &mut Lifted,
    noun: &str,
    ink: u32,
    picture: u32,
    attribute: Attribute,
) {
    let cover = Cover::of(lifted, noun, ink, picture);
    let cells: Vec<_> = lifted.inside().collect();
    let own = |index: usize, (x, y): (usize, usize)| {
        let pixel = lifted.colors.get(index).copied().unwrap_or_default();
        let covered = cover.at(x, y, pixel);
        (covered >= LEAST_COVER).then(|| (uncovered(pixel, covered), covered))
    };
    let solid: Vec<_> = cells
        .iter()
        .filter_map(|(index, place)| Some((*index, *place, own(*index, *place)?)))
        .collect();
    let tones = Tones::measure(solid.iter().map(|(_, _, (color, _))| luminance(*color)).collect());
    let size = (float(lifted.size.0), float(lifted.size.1));
    for (index, (x, y), (color, covered)) in solid {
        let place = ((float(x) + 0.5) / size.0, (float(y) + 0.5) / size.1);
        let tinted = tint(attribute, tones.tone(luminance(color)), place);
        if let Some(pixel) = lifted.colors.get_mut(index) {
            *pixel = mix(PAPER, tinted, covered);
        }
    }
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
    fn of(lifted: &Lifted, noun: &str, ink: u32, picture: u32) -> Self {
        let known = Self::sprite(lifted, noun, ink, picture);
        known.unwrap_or_else(|| {
            let whites = lifted.inside().filter(|(index, _)| {
                lifted.colors.get(*index).is_some_and(|color| is_white(*color))
            });
            let share = float(whites.count()) / float(lifted.inside().count().max(1));
            if share < MOST_PAPER { Self::White } else { Self::All }
        })
    }

    /// The noun's sprite at the sticker's size, mirrored if that fits better.
    fn sprite(lifted: &Lifted, noun: &str, ink: u32, picture: u32) -> Option<Self> {
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
        let inner = |side: u32| side.saturating_sub(2 * ink).max(1);
        let mut raster = sprite(noun)?.raster(inner(width), inner(height))?;
        if mirrored > upright {
            imageops::flip_horizontal_in_place(&mut raster);
        }
        Some(Self::Sprite(raster, ink))
    }

    /// How much of a pixel the sprite covers, 0 to 1.
    fn at(&self, x: usize, y: usize, pixel: [u8; 3]) -> f32 {
        match self {
            Self::All => 1.0,
            Self::White => f32::from(u8::from(!is_white(pixel))),
            Self::Sprite(raster, ink) => {
                let last = (raster.width().saturating_sub(1), raster.height().saturating_sub(1));
                let column = nearest(float(x)).saturating_sub(*ink).min(last.0);
                let row = nearest(float(y)).saturating_sub(*ink).min(last.1);
                raster
                    .get_pixel_checked(column, row)
                    .map_or(1.0, |pixel| f32::from(pixel.0[3]) / 255.0)
            }
        }
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
