//! Random scenes of the drawing side, and pictures as strangers would hand them on.
//!
//! What the eye makes of them is counted in `tally`.

use image::{DynamicImage, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType};
use pentimento_easel::scene::{Scene, SceneItem};
use pentimento_easel::{sprite_aspect, sprites::drawn_nouns};
use pentimento_model::{Attribute, Region, Seed};
use std::io::Cursor;

use pentimento_sdk::Pixels;

/// The places of the world.
pub const BACKGROUNDS: [&str; 10] = [
    "meadow",
    "beach",
    "desert",
    "snow",
    "street",
    "living room",
    "kitchen",
    "forest",
    "sunset",
    "night",
];

/// The usual side of a picture, in pixels.
pub const SIZE: u32 = 512;

/// Every noun in every look, both ways round.
pub fn everything() -> Vec<(String, Option<Attribute>, bool)> {
    let looks: Vec<_> = std::iter::once(None).chain(Attribute::all().map(Some)).collect();
    let mut all = Vec::new();
    for noun in drawn_nouns() {
        for look in &looks {
            all.extend([false, true].map(|flipped| (noun.clone(), *look, flipped)));
        }
    }
    all
}

/// Lays items out in rows and columns, each with its longer side `pixels` long.
pub fn in_rows(
    items: &[(String, Option<Attribute>, bool)],
    pixels: u32,
    number: u64,
) -> Vec<Scene> {
    let pitch = pixels + 26;
    let across = ((SIZE - 24) / pitch).max(1);
    let per_picture = usize::try_from(across * across).unwrap();
    let scenes = items.chunks(per_picture).enumerate().map(|(index, chunk)| {
        let number = number + index as u64;
        let placed = chunk.iter().zip(0_u32..).map(|((noun, attribute, flipped), place)| {
            let seed = Seed(number).derive("jitter", u64::from(place));
            let jitter = (seed.0 % 7) as f32 / 3.0;
            let corner =
                [place % across, place / across].map(|step| (16 + step * pitch) as f32 + jitter);
            SceneItem {
                noun: noun.clone(),
                attribute: *attribute,
                region: region(noun, corner, pixels as f32),
                flipped: *flipped,
            }
        });
        let background = BACKGROUNDS[(number % 10) as usize].to_owned();
        Scene { background, background_seed: Seed(number), items: placed.collect() }
    });
    scenes.collect()
}

/// Where a noun's sticker lies: its upper left corner and longer side in pixels.
pub fn region(noun: &str, [left, top]: [f32; 2], longer: f32) -> Region {
    let aspect = sprite_aspect(noun).unwrap();
    let body = longer - 6.0;
    let (width, height) = if aspect > 1.0 { (body, body / aspect) } else { (body * aspect, body) };
    let [x, y, width, height] =
        [left, top, width + 6.0, height + 6.0].map(|length| length / SIZE as f32);
    Region::new(x, y, width, height).unwrap()
}

/// The picture's PNG bytes, read again.
pub fn through_png(picture: &RgbImage) -> Pixels {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    opened(bytes.get_ref())
}

/// The picture at 75 % of its size, as a JPEG of quality 90, read again.
pub fn through_jpeg(picture: &RgbImage, filter: FilterType) -> Pixels {
    let (width, height) = (picture.width() * 3 / 4, picture.height() * 3 / 4);
    let small = DynamicImage::from(picture.clone()).resize_exact(width, height, filter);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&small).unwrap();
    opened(&bytes)
}

/// Decodes a picture.
pub fn opened(bytes: &[u8]) -> Pixels {
    let picture = image::load_from_memory(bytes).unwrap().to_rgba8();
    Pixels::new(picture.width(), picture.height(), picture.into_raw()).unwrap()
}
