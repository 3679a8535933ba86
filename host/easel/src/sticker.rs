//! Turns a sprite into a sticker: tinted drawing, ink contour, white die-cut border, soft shadow.
//!
//! Lengths are those of a 512-pixel picture and grow with the picture. Where a sticker goes is
//! left to `draw` and to the edits.

use image::{GrayImage, Luma, Rgb, RgbImage, Rgba, RgbaImage, imageops};
use pentimento_model::Attribute;

use crate::numbers::{byte, float32, nearest};
use crate::ramps::{luminance, mix, tint};
use crate::sprites::{Sprite, sprite};

/// Color of the contour around every silhouette.
pub const INK: [u8; 3] = [0x2b, 0x21, 0x40];

/// Color of the border, and of the paper that shows where a sprite is transparent.
pub const PAPER: [u8; 3] = [255, 255, 255];

/// The picture size, in pixels, that the lengths below are meant for.
pub const NOMINAL_SIZE: f32 = 512.0;

/// Width of the ink contour.
pub const INK_WIDTH: f32 = 2.5;

/// Width of the white border outside the ink.
pub const BORDER_WIDTH: f32 = 6.0;

/// How far the shadow lies below the sticker.
pub const SHADOW_DROP: f32 = 2.5;

/// Distance over which the shadow fades, beyond the border.
pub const SHADOW_SOFTNESS: f32 = 7.0;

/// Share of darkening where the shadow is deepest: low, so that no edge appears.
const SHADOW_STRENGTH: f32 = 0.26;

/// Color of the shadow.
pub(crate) const SHADOW: [u8; 3] = [0x1a, 0x18, 0x2c];

/// The contour's ink reaches this far under the sprite, so that no paper shines through the edge.
const INK_UNDERLAP: f32 = 1.2;

/// Which sticker to make.
#[derive(Clone, Debug, PartialEq)]
pub struct StickerSpec<'a> {
    /// The noun whose sprite it shows.
    pub noun: &'a str,
    /// How it is tinted; `None` leaves natural colors.
    pub attribute: Option<Attribute>,
    /// Mirrored left to right.
    pub flipped: bool,
    /// Size of its region (silhouette with ink contour) in pixels.
    pub size: (u32, u32),
    /// Width of the picture it is meant for, in pixels.
    pub picture: u32,
}

/// A finished sticker, ready to paste.
#[derive(Clone, Debug)]
pub struct Sticker {
    /// Pixels with straight alpha: the region with `margin` pixels more on every side.
    pub image: RgbaImage,
    /// What belongs to the silhouette with its ink contour, on the same pixels: 255 inside.
    pub silhouette: GrayImage,
    /// How far border and shadow reach beyond the region.
    pub margin: u32,
}

/// Pixels by which a sticker's border and shadow reach beyond its region in a picture `picture`
/// pixels wide.
pub fn sticker_margin(picture: u32) -> u32 {
    let reach = BORDER_WIDTH + SHADOW_DROP + SHADOW_SOFTNESS;
    nearest((reach * float32(picture) / NOMINAL_SIZE).ceil()) + 1
}

/// Makes a sticker. `None` if the noun has no sprite or the size leaves no room inside the ink.
pub fn sticker(spec: &StickerSpec) -> Option<Sticker> {
    let sprite = sprite(spec.noun)?;
    let frame = Frame::new(sprite, spec);
    let colors = tinted(sprite, spec, &frame)?;
    let margin = sticker_margin(spec.picture);
    let (width, height) = (spec.size.0 + 2 * margin, spec.size.1 + 2 * margin);
    let mut image = RgbaImage::new(width, height);
    let mut silhouette = GrayImage::new(width, height);
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let place = (float32(x) + 0.5 - float32(margin), float32(y) + 0.5 - float32(margin));
        let body = colors.get_pixel_checked(
            x.wrapping_sub(margin + frame.inset.0),
            y.wrapping_sub(margin + frame.inset.1),
        );
        let inside = if let Some(solid @ Rgba([.., 255])) = body {
            *pixel = *solid;
            true
        } else {
            let apart = frame.distance(place);
            let dropped = || frame.distance((place.0, place.1 - frame.unit * SHADOW_DROP));
            *pixel = layers(frame.unit, apart, dropped, body);
            apart <= frame.unit * INK_WIDTH
        };
        silhouette.put_pixel(x, y, Luma([if inside { 255 } else { 0 }]));
    }
    Some(Sticker { image, silhouette, margin })
}

/// The silhouette of a noun with its ink contour, filling `width` by `height` pixels of a picture
/// `picture` pixels wide: 255 inside, 0 outside.
pub fn silhouette_mask(noun: &str, size: (u32, u32), picture: u32) -> Option<GrayImage> {
    let spec = StickerSpec { noun, attribute: None, flipped: false, size, picture };
    let frame = Frame::new(sprite(noun)?, &spec);
    Some(GrayImage::from_fn(size.0, size.1, |x, y| {
        let inside = frame.distance((float32(x) + 0.5, float32(y) + 0.5)) <= frame.unit * INK_WIDTH;
        Luma([if inside { 255 } else { 0 }])
    }))
}

/// Lays a sticker over a picture so that its region starts at `corner` (column, row).
pub fn paste(picture: &mut RgbImage, sticker: &Sticker, corner: (i64, i64)) {
    let (left, top) = (corner.0 - i64::from(sticker.margin), corner.1 - i64::from(sticker.margin));
    for (x, y, pixel) in sticker.image.enumerate_pixels() {
        let [red, green, blue, alpha] = pixel.0;
        let column = u32::try_from(left + i64::from(x));
        let row = u32::try_from(top + i64::from(y));
        let (Ok(column), Ok(row), 1..) = (column, row, alpha) else { continue };
        if let Some(under) = picture.get_pixel_mut_checked(column, row) {
            *under = Rgb(match alpha {
                255 => [red, green, blue],
                _ => mix(under.0, [red, green, blue], f32::from(alpha) / 255.0),
            });
        }
    }
}

/// Maps pixels of a sticker's region to its sprite.
struct Frame<'a> {
    sprite: &'a Sprite,
    flipped: bool,
    /// Pixels of this picture for one pixel of the nominal picture.
    unit: f32,
    /// The sprite's box inside the region: room for the ink, in pixels.
    inset: (u32, u32),
    /// Size of the sprite's box in pixels.
    body: (u32, u32),
    /// How much of the sprite's box one pixel is, across and down.
    per_pixel: (f32, f32),
    /// Pixels for the sprite's unit of distance: in a stretched sprite, the mean of both axes.
    stretch: f32,
}

impl<'a> Frame<'a> {
    fn new(sprite: &'a Sprite, spec: &StickerSpec) -> Self {
        let unit = float32(spec.picture) / NOMINAL_SIZE;
        let ink = nearest(unit * INK_WIDTH);
        let inset = (ink.min(spec.size.0 / 4), ink.min(spec.size.1 / 4));
        let body = (spec.size.0 - 2 * inset.0, spec.size.1 - 2 * inset.1);
        let (across, down) = sprite.distance_unit();
        let stretch = ((float32(body.0) / across) * (float32(body.1) / down)).sqrt();
        let per_pixel = (float32(body.0).recip(), float32(body.1).recip());
        Self { sprite, flipped: spec.flipped, unit, inset, body, per_pixel, stretch }
    }

    /// Distance in pixels from the silhouette's edge at a place in the region.
    fn distance(&self, place: (f32, f32)) -> f32 {
        let u = (place.0 - float32(self.inset.0)) * self.per_pixel.0;
        let v = (place.1 - float32(self.inset.1)) * self.per_pixel.1;
        let u = if self.flipped { 1.0 - u } else { u };
        self.sprite.distance(u, v) * self.stretch
    }
}

/// The pixel at `apart` pixels from a sprite's edge, from the shadow up to the sprite; `unit` is
/// the pixels of this picture for one pixel of the nominal picture.
pub(crate) fn layers(
    unit: f32,
    apart: f32,
    shadow_apart: impl Fn() -> f32,
    body: Option<&Rgba<u8>>,
) -> Rgba<u8> {
    let (ink, border) = (unit * INK_WIDTH, unit * (INK_WIDTH + BORDER_WIDTH));
    if apart > border + unit * (SHADOW_DROP + SHADOW_SOFTNESS) {
        return Rgba([0; 4]);
    }
    let bordered = covered(border - apart);
    if bordered <= 0.0 {
        let [red, green, blue] = SHADOW;
        return Rgba([red, green, blue, byte(255.0 * shadow(unit, shadow_apart() - border))]);
    }
    let mut color = mix(PAPER, INK, covered(ink - apart));
    color = mix(color, PAPER, covered(-INK_UNDERLAP * unit - apart));
    if let Some(Rgba([red, green, blue, alpha])) = body {
        color = mix(color, [*red, *green, *blue], f32::from(*alpha) / 255.0);
    }
    if bordered >= 1.0 {
        let [red, green, blue] = color;
        return Rgba([red, green, blue, 255]);
    }
    let shadow = shadow(unit, shadow_apart() - border);
    let opacity = bordered + (1.0 - bordered) * shadow;
    let [red, green, blue] = mix(SHADOW, color, bordered / opacity);
    Rgba([red, green, blue, byte(255.0 * opacity)])
}

/// How dark a shadow is, 0 to 1, this far from the dropped border's edge.
pub(crate) fn shadow(unit: f32, apart: f32) -> f32 {
    let fade = (1.0 - apart / (unit * SHADOW_SOFTNESS)).clamp(0.0, 1.0);
    SHADOW_STRENGTH * fade * fade
}

/// The sprite's pixels in the look the spec asks for.
fn tinted(sprite: &Sprite, spec: &StickerSpec, frame: &Frame) -> Option<RgbaImage> {
    let mut pixels = sprite.raster(frame.body.0, frame.body.1)?;
    if spec.flipped {
        imageops::flip_horizontal_in_place(&mut pixels);
    }
    let Some(attribute) = spec.attribute else { return Some(pixels) };
    let size = (float32(frame.body.0), float32(frame.body.1));
    let painted = pixels.enumerate_pixels_mut().filter(|(.., pixel)| pixel.0[3] > 0);
    for (x, y, Rgba([red, green, blue, _])) in painted {
        let tone = sprite.tones().tone(luminance([*red, *green, *blue]));
        let place = ((float32(x) + 0.5) / size.0, (float32(y) + 0.5) / size.1);
        [*red, *green, *blue] = tint(attribute, tone, place);
    }
    Some(pixels)
}

/// How much of a pixel lies inside an edge that runs `depth` pixels from its center.
fn covered(depth: f32) -> f32 {
    (depth + 0.5).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests;
