use super::*;
use crate::ramps;
use crate::sprites::drawn_nouns;

/// A sticker of a noun, 160 by 160 pixels or less, as it would be in a picture of 512.
fn made(noun: &str, attribute: Option<Attribute>, flipped: bool) -> Sticker {
    sized(noun, 160, attribute, flipped)
}

/// A sticker whose longer side has `longer` pixels.
fn sized(noun: &str, longer: u32, attribute: Option<Attribute>, flipped: bool) -> Sticker {
    let size = sprite(noun).unwrap().fitted(longer);
    sticker(&StickerSpec { noun, attribute, flipped, size, picture: 512 }).unwrap()
}

/// The median of each channel over the silhouette.
fn median_inside(sticker: &Sticker) -> [u8; 3] {
    let mut channels: [Vec<u8>; 3] = Default::default();
    for (pixel, covered) in sticker.image.pixels().zip(sticker.silhouette.pixels()) {
        let [red, green, blue, _] = pixel.0;
        if covered.0 == [255] {
            channels.iter_mut().zip([red, green, blue]).for_each(|(list, value)| list.push(value));
        }
    }
    channels.map(|mut list| {
        list.sort_unstable();
        list[list.len() / 2]
    })
}

#[test]
fn the_silhouette_fills_the_region_within_two_pixels() {
    let sizes = |noun: String| [60, 160].map(|longer| (noun.clone(), longer));
    for (noun, longer) in drawn_nouns().flat_map(sizes) {
        let sticker = sized(&noun, longer, None, false);
        let (width, height) = sticker.silhouette.dimensions();
        let mask = crate::silhouette::Mask::from_fn(width as usize, height as usize, |x, y| {
            sticker.silhouette.as_raw()[y * width as usize + x] == 255
        });
        let (left, top, across, down) = mask.bounds().unwrap();
        let margin = sticker.margin as usize;
        let ends = (left + across, top + down);
        let slack = [
            left.abs_diff(margin),
            top.abs_diff(margin),
            ends.0.abs_diff(width as usize - margin),
            ends.1.abs_diff(height as usize - margin),
        ];
        assert!(slack.iter().all(|pixels| *pixels <= 2), "`{noun}`: {slack:?}");
        assert_eq!(mask.pieces(), 1, "`{noun}`");
    }
}

#[test]
fn a_sticker_is_ink_then_white_then_shadow_outward() {
    let sticker = made("apple", None, false);
    let (width, height) = sticker.image.dimensions();
    // From the lower edge's middle downward, past the region.
    let column = (0..height).rev().map(|y| sticker.image.get_pixel(width / 2, y).0);
    let seen: Vec<[u8; 4]> = column.collect();
    let first = |wanted: &dyn Fn([u8; 4]) -> bool| seen.iter().position(|pixel| wanted(*pixel));
    let shadow = first(&|[red, .., alpha]| (1..128).contains(&alpha) && red < 80).unwrap();
    let white = first(&|pixel| pixel == [255; 4]).unwrap();
    let ink = first(&|[red, green, blue, _]| [red, green, blue] == INK).unwrap();
    assert!(shadow < white && white < ink, "{shadow} {white} {ink}");
    assert!((4..=8).contains(&(ink - white)), "the border is {} pixels wide", ink - white);
}

#[test]
fn the_rim_of_the_image_is_empty() {
    for noun in ["umbrella", "bicycle", "fork"] {
        let sticker = made(noun, None, false);
        let (width, height) = sticker.image.dimensions();
        let rim = sticker
            .image
            .enumerate_pixels()
            .filter(|(x, y, _)| *x == 0 || *y == 0 || *x + 1 == width || *y + 1 == height);
        assert!(rim.into_iter().all(|(.., pixel)| pixel.0[3] <= 2), "`{noun}` is cut off");
    }
}

#[test]
fn a_mirrored_sticker_is_the_mirror_image() {
    let (plain, flipped) = (made("car", None, false), made("car", None, true));
    let mirrored = imageops::flip_horizontal(&plain.silhouette);
    let differing = mirrored.pixels().zip(flipped.silhouette.pixels()).filter(|(a, b)| a != b);
    assert!(differing.count() < 40);
}

#[test]
fn a_color_shows_as_its_middle() {
    for noun in ["apple", "backpack", "car", "clock", "teddy bear", "laptop", "bottle", "elephant"]
    {
        for color in pentimento_model::Color::ALL {
            let attribute = Attribute::Color(color);
            let median = median_inside(&made(noun, Some(attribute), false));
            let wanted = ramps::ramp(attribute).mid;
            let off = median.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(off <= 45, "a {color} {noun} looks {median:?}, not {wanted:?}");
        }
    }
}

#[test]
fn a_size_without_room_is_refused_or_drawn_but_never_a_panic() {
    for size in [(0, 0), (1, 1), (1, 300), (300, 1), (3, 3), (6, 6), (9, 4)] {
        let spec = StickerSpec { noun: "cat", attribute: None, flipped: false, size, picture: 512 };
        let made = sticker(&spec).map(|sticker| sticker.image.dimensions());
        let margin = 2 * sticker_margin(512);
        assert!(made.is_none_or(|made| made == (size.0 + margin, size.1 + margin)), "{size:?}");
    }
}

#[test]
fn pasting_over_the_edge_leaves_the_rest_alone() {
    let sticker = made("donut", None, false);
    for corner in [(-120, -100), (50, 50), (-5000, 3), (i64::from(i32::MAX), 0)] {
        let mut picture = RgbImage::from_pixel(64, 64, Rgb([90, 120, 90]));
        paste(&mut picture, &sticker, corner);
        assert_eq!(picture.dimensions(), (64, 64));
    }
}

#[test]
fn the_mask_is_the_stickers_own_silhouette() {
    let sticker = made("scissors", None, false);
    let (width, height) = sticker.silhouette.dimensions();
    let size = (width - 2 * sticker.margin, height - 2 * sticker.margin);
    let mask = silhouette_mask("scissors", size, 512).unwrap();
    let cut =
        imageops::crop_imm(&sticker.silhouette, sticker.margin, sticker.margin, size.0, size.1);
    let cut = cut.to_image();
    let differing = mask.pixels().zip(cut.pixels()).filter(|(a, b)| a != b).count();
    assert!(differing < 60, "{differing} pixels differ");
}
