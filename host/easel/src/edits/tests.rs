//! Edits, judged in pixels against freshly drawn scenes.

use std::slice::from_ref;

use image::Rgb;
use pentimento_model::Color;
use pentimento_world::BACKGROUNDS;

use super::*;
use crate::{
    Truth,
    draw::draw,
    numbers::{float, float32},
    preset::{Preset, Rates},
    scene::Scene,
    sticker::sticker_margin,
};

const SIZE: u32 = 512;

fn region(x: f32, y: f32, width: f32, height: f32) -> Region {
    Region::new(x, y, width, height).expect("a region")
}

fn item(noun: &str, attribute: Option<&str>, place: Region) -> SceneItem {
    let region = fit(noun, &place, (SIZE, SIZE)).expect("room for the sprite");
    let attribute = attribute.and_then(Attribute::from_word);
    SceneItem { noun: noun.to_owned(), attribute, region, flipped: false }
}

fn scene(background: &str, items: &[SceneItem]) -> RgbImage {
    let background = background.to_owned();
    draw(&Scene { background, background_seed: Seed(4), items: items.to_vec() }, SIZE)
}

fn name(noun: &str) -> ItemName {
    ItemName { attribute: None, noun: noun.to_owned(), number: 1 }
}

fn perfectly(picture: &RgbImage, ops: &[EditOp]) -> Changed {
    apply(picture.clone(), ops, &Preset::Perfect.rates().edits, Seed(9))
}

/// Mean difference of a channel, 0 to 255, over the pixels of a region.
fn difference(one: &RgbImage, other: &RgbImage, place: &Region) -> f32 {
    let (left, top, width, height) = pixel_box(place, one.dimensions());
    let mut sum = 0.0;
    for (x, y) in (top..top + height).flat_map(|y| (left..left + width).map(move |x| (x, y))) {
        let (one, other) = (one.get_pixel(x, y).0, other.get_pixel(x, y).0);
        sum +=
            one.iter().zip(other).map(|(one, other)| f32::from(one.abs_diff(other))).sum::<f32>();
    }
    sum / (3.0 * float((width * height) as usize))
}

/// Pixels that differ outside a region.
fn changed_outside(one: &RgbImage, other: &RgbImage, place: &Region) -> usize {
    let (left, top, width, height) = pixel_box(place, one.dimensions());
    let inside =
        |x: u32, y: u32| (left..left + width).contains(&x) && (top..top + height).contains(&y);
    let changed = one.enumerate_pixels().zip(other.pixels());
    changed.filter(|((x, y, one), other)| one != other && !inside(*x, *y)).count()
}

fn cat() -> SceneItem {
    item("cat", Some("blue"), region(0.1, 0.45, 0.3, 0.3))
}

fn car() -> SceneItem {
    item("car", None, region(0.5, 0.5, 0.35, 0.3))
}

fn reach() -> f32 {
    float32(sticker_margin(SIZE) + 1) / float32(SIZE)
}

#[test]
fn a_deleted_sticker_leaves_background_and_nothing_else_changes() {
    for background in BACKGROUNDS {
        let (before, without) = (scene(background, &[cat(), car()]), scene(background, &[car()]));
        let op = EditOp::Delete { item: name("cat"), region: cat().region };
        let changed = perfectly(&before, &[op]);
        let touched = cat().region.grown(reach());
        let left = difference(&changed.picture, &without, &touched);
        println!("{background}: {left:.1} of 255 left after deleting");
        // Trunks that end behind the sticker can only be guessed.
        let limit = if background == "forest" { 16.0 } else { 7.0 };
        assert!(left < limit, "{background}: {left}");
        assert_eq!(changed_outside(&before, &changed.picture, &touched), 0, "{background}");
        assert_eq!(changed.applied.len(), 1);
        assert!(matches!(changed.effects.as_slice(), [Effect::Removed(_)]));
        let found = Sheet::read(&changed.picture).found;
        assert_eq!(found.len(), 1, "{background}: only the car is left");
    }
}

#[test]
fn neighbors_with_overlapping_boxes_keep_their_pixels() {
    // A banana's box is half empty: the lemon reaches into it.
    let items = [
        item("banana", None, region(0.2, 0.2, 0.5, 0.5)),
        item("lemon", None, region(0.06, 0.12, 0.16, 0.16)),
    ];
    let before = scene("sunset", &items);
    let op = EditOp::Delete { item: name("banana"), region: items[0].region };
    let after = perfectly(&before, &[op]).picture;
    let alone = scene("sunset", &items[1..]);
    assert!(difference(&after, &alone, &items[1].region) < 0.5);
    assert!(difference(&after, &alone, &Region::WHOLE) < 3.0);
}

#[test]
fn an_added_sticker_is_what_would_have_been_drawn() {
    let before = scene("beach", &[cat()]);
    let op = EditOp::Add {
        item: ItemName { attribute: Some(Attribute::Color(Color::Green)), ..name("car") },
        region: region(0.5, 0.5, 0.35, 0.3),
    };
    let changed = perfectly(&before, &[op]);
    let [Effect::Painted(painted)] = changed.effects.as_slice() else { panic!("one effect") };
    assert_eq!(painted.attribute, Some(Attribute::Color(Color::Green)));
    assert_eq!(changed.picture, scene("beach", &[cat(), painted.clone()]));
}

#[test]
fn a_moved_sticker_looks_as_if_drawn_in_its_new_place() {
    for (to, limit) in [(region(0.6, 0.1, 0.3, 0.3), 9.0), (region(0.6, 0.1, 0.2, 0.2), 14.0)] {
        let before = scene("beach", &[cat()]);
        let op = EditOp::Move { item: name("cat"), from: cat().region, to };
        let changed = perfectly(&before, &[op]);
        let landed = match changed.effects.as_slice() {
            [Effect::Moved(moves)] if moves.len() == 1 => &moves[0].1,
            other => panic!("one move: {other:?}"),
        };
        let fresh = item("cat", Some("blue"), to);
        assert!(landed.iou(&fresh.region) > 0.93, "{landed:?} {:?}", fresh.region);
        let seen = Sheet::read(&changed.picture);
        let box_seen = seen.found.first().and_then(|found| seen.region(found));
        assert!(box_seen.is_some_and(|seen| seen.iou(landed) > 0.95), "{box_seen:?} {landed:?}");
        let off = difference(&changed.picture, &scene("beach", from_ref(&fresh)), &fresh.region);
        assert!(off < limit, "{off}");
    }
}

#[test]
fn two_stickers_change_places() {
    let left = item("chair", None, region(0.1, 0.35, 0.37, 0.5));
    let right = item("backpack", None, region(0.54, 0.1, 0.37, 0.47));
    let swap = [
        EditOp::Move { item: name("backpack"), from: right.region, to: left.region },
        EditOp::Move { item: name("chair"), from: left.region, to: right.region },
    ];
    let changed = perfectly(&scene("street", &[left.clone(), right.clone()]), &swap);
    assert!(changed.applied.iter().all(|applied| applied.refused.is_none()));
    let [Effect::Moved(moves)] = changed.effects.as_slice() else { panic!("one effect") };
    let truth = Truth { items: vec![left.clone(), right.clone()] }.after(&changed.effects);
    assert_eq!(truth.items.len(), 2);
    let sheet = Sheet::read(&changed.picture);
    let seen: Vec<_> = sheet.found.iter().filter_map(|found| sheet.region(found)).collect();
    assert_eq!(seen.len(), 2, "{seen:?}");
    for (item, noun) in truth.items.iter().zip(["backpack", "chair"]) {
        assert_eq!(item.noun, noun);
        assert!(moves.iter().any(|(_, to)| *to == item.region));
        assert!(seen.iter().any(|seen| seen.iou(&item.region) > 0.95), "{noun}: {seen:?}");
    }
}

#[test]
fn a_restyled_sticker_has_the_colors_it_would_have_been_drawn_in() {
    let looks = [None, Some("white"), Some("black"), Some("golden"), Some("red")];
    for noun in ["cat", "car", "chair", "sheep", "banana"] {
        for look in looks {
            for wanted in ["blue", "yellow", "white", "black", "wooden"] {
                let place = region(0.3, 0.3, 0.3, 0.3);
                let before = item(noun, look, place);
                let attribute = Attribute::from_word(wanted).expect("an attribute");
                let op = EditOp::Restyle { item: name(noun), region: before.region, attribute };
                let changed = perfectly(&scene("beach", from_ref(&before)), &[op]);
                let fresh = scene("beach", &[item(noun, Some(wanted), place)]);
                let off = difference(&changed.picture, &fresh, &before.region);
                assert!(off < 12.0, "{look:?} {noun} to {wanted}: {off}");
                let touched = before.region.grown(reach());
                assert_eq!(changed_outside(&changed.picture, &fresh, &touched), 0);
            }
        }
    }
}

#[test]
fn several_operations_follow_one_another() {
    let before = scene("street", &[cat(), car()]);
    let red = Attribute::Color(Color::Red);
    let ops = [
        EditOp::Delete { item: name("cat"), region: cat().region },
        EditOp::Restyle { item: name("car"), region: car().region, attribute: red },
        EditOp::Move { item: name("car"), from: car().region, to: region(0.1, 0.4, 0.3, 0.3) },
        EditOp::Add { item: name("dog"), region: region(0.6, 0.5, 0.3, 0.3) },
    ];
    let changed = perfectly(&before, &ops);
    assert!(changed.applied.iter().all(|applied| applied.refused.is_none()));
    assert_eq!(changed.effects.len(), 4);
    assert_eq!(Sheet::read(&changed.picture).found.len(), 2);
}

#[test]
fn inpainting_replaces_what_stands_in_the_region() {
    let before = scene("meadow", &[cat(), car()]);
    let place = cat().region.grown(0.02);
    let paint = |prompt: &str| EditOp::Inpaint { region: place, prompt: prompt.to_owned() };
    let told = |prompt: &str| {
        let changed = perfectly(&before, &[paint(prompt)]);
        (Sheet::read(&changed.picture).found.len(), changed.applied[0].refused.is_some())
    };
    assert_eq!(told("a red apple"), (2, false));
    assert_eq!(told("two lemons"), (3, false));
    assert_eq!(told(""), (1, false));
    assert_eq!(told("a jabberwock"), (2, true));
}

#[test]
fn what_cannot_be_done_is_refused_with_the_reason() {
    let before = scene("desert", &[cat()]);
    let empty = region(0.6, 0.05, 0.2, 0.2);
    let rows = [
        (EditOp::Delete { item: name("dog"), region: empty }, "no `dog #1` was found there"),
        (
            EditOp::Add { item: name("unicorn"), region: empty },
            "the painter does not know what `unicorn` looks like",
        ),
        (
            EditOp::Add { item: name("dog"), region: region(0.5, 0.5, 0.01, 0.01) },
            "there is too little room for `dog #1`",
        ),
    ];
    for (op, reason) in rows {
        let changed = perfectly(&before, &[op]);
        assert_eq!(changed.applied[0].refused.as_deref(), Some(reason));
        assert_eq!(changed.picture, before);
    }
}

#[test]
fn silent_faults_change_nothing_and_are_reported_as_done() {
    let Rates { mut edits, .. } = *Preset::Perfect.rates();
    edits.delete_nothing = 1.0;
    edits.add_nothing = 1.0;
    edits.move_nothing = 1.0;
    edits.restyle_nothing = 1.0;
    edits.inpaint_nothing = 1.0;
    let before = scene("snow", &[cat()]);
    let place = cat().region;
    let free = region(0.6, 0.1, 0.3, 0.3);
    let attribute = Attribute::Color(Color::Red);
    let ops = [
        EditOp::Add { item: name("dog"), region: free },
        EditOp::Move { item: name("cat"), from: place, to: free },
        EditOp::Restyle { item: name("cat"), region: place, attribute },
        EditOp::Inpaint { region: place, prompt: "a dog".to_owned() },
        EditOp::Delete { item: name("cat"), region: place },
    ];
    let changed = apply(before.clone(), &ops, &edits, Seed(1));
    assert_eq!(changed.picture, before);
    assert!(changed.effects.is_empty());
    assert!(changed.applied.iter().all(|applied| applied.refused.is_none()));
}

#[test]
fn pictures_of_other_worlds_are_left_as_they_are() {
    let noise = |x: u32, y: u32| {
        let hash = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2);
        let [_, channels @ ..] = hash.to_le_bytes();
        Rgb(channels)
    };
    let pictures = [
        RgbImage::from_pixel(1, 1, Rgb([0; 3])),
        RgbImage::from_pixel(4096, 1, Rgb([43, 33, 64])),
        RgbImage::from_pixel(1, 300, Rgb([255; 3])),
        RgbImage::from_pixel(200, 100, Rgb([43, 33, 64])),
        RgbImage::from_fn(300, 200, noise),
    ];
    let place = region(0.2, 0.2, 0.5, 0.5);
    for picture in pictures {
        let ops = [
            EditOp::Delete { item: name("cat"), region: place },
            EditOp::Move { item: name("cat"), from: place, to: region(0.0, 0.0, 0.1, 0.1) },
            EditOp::Inpaint { region: Region::WHOLE, prompt: String::new() },
            EditOp::Add { item: name("cat"), region: Region::WHOLE },
        ];
        let changed = perfectly(&picture, &ops);
        assert_eq!(changed.picture.dimensions(), picture.dimensions());
        assert_eq!(changed.applied.len(), ops.len());
    }
}

#[test]
fn the_whole_picture_as_one_silhouette_can_be_edited() {
    // A picture that is ink from rim to rim has no background to fill from.
    let picture = RgbImage::from_pixel(200, 200, Rgb(crate::sticker::INK));
    let op = EditOp::Delete { item: name("cat"), region: Region::WHOLE };
    assert_eq!(perfectly(&picture, &[op]).picture.dimensions(), (200, 200));
}

#[test]
fn stickers_are_found_in_smaller_and_lossy_copies() {
    let before = scene("kitchen", &[cat(), car()]);
    for size in [384, 512] {
        let small =
            image::imageops::resize(&before, size, size, image::imageops::FilterType::Triangle);
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
        small.write_with_encoder(encoder).expect("a JPEG");
        let lossy = image::load_from_memory(&bytes).expect("a picture").into_rgb8();
        let op = EditOp::Delete { item: name("cat"), region: cat().region };
        let changed = perfectly(&lossy, &[op]);
        assert_eq!(changed.applied[0].refused, None, "at {size} pixels");
        let left = Sheet::read(&changed.picture).found;
        assert_eq!(left.len(), 1, "at {size} pixels: {left:?}");
    }
}

#[test]
fn backgrounds_alone_show_no_stickers() {
    for background in BACKGROUNDS {
        for seed in 0..6 {
            let background_seed = Seed(seed);
            let name = background.to_owned();
            let empty = Scene { background: name, background_seed, items: Vec::new() };
            let found = Sheet::read(&draw(&empty, SIZE)).found;
            assert!(found.is_empty(), "{background} {seed}: {found:?}");
        }
    }
}
