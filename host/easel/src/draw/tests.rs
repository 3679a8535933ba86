use pentimento_model::{Attribute, Color, Material, Seed};

use super::*;
use crate::sprites::{drawn_nouns, sprite_aspect};

/// An item whose region has the sprite's aspect.
fn item(noun: &str, attribute: Option<Attribute>, corner: (f32, f32), height: f32) -> SceneItem {
    let width = height * sprite_aspect(noun).unwrap();
    let region = Region::new(corner.0, corner.1, width, height).unwrap();
    SceneItem { noun: noun.to_owned(), attribute, region, flipped: false }
}

fn scene(background: &str, items: Vec<SceneItem>) -> Scene {
    Scene { background: background.to_owned(), background_seed: Seed(7), items }
}

/// Box of all pixels that differ between a picture and its bare background by more than noise
/// and shadow do, as left, top, right, bottom.
fn changed(picture: &RgbImage, bare: &RgbImage) -> (u32, u32, u32, u32) {
    let mut found = (u32::MAX, u32::MAX, 0, 0);
    for ((x, y, pixel), under) in picture.enumerate_pixels().zip(bare.pixels()) {
        if pixel.0.iter().zip(under.0).any(|(a, b)| *a > b.saturating_add(20)) {
            found = (found.0.min(x), found.1.min(y), found.2.max(x + 1), found.3.max(y + 1));
        }
    }
    found
}

#[test]
fn the_same_scene_gives_the_same_pixels() {
    let red = Some(Attribute::Color(Color::Red));
    let wooden = Some(Attribute::Material(Material::Wooden));
    let scene = scene(
        "street",
        vec![item("car", red, (0.1, 0.5), 0.3), item("chair", wooden, (0.6, 0.2), 0.5)],
    );
    assert!(draw(&scene, 256) == draw(&scene, 256));
}

#[test]
fn two_threads_draw_the_same() {
    let items = drawn_nouns().take(12).map(|noun| item(&noun, None, (0.2, 0.2), 0.3)).collect();
    let scene = scene("forest", items);
    let other = std::thread::spawn({
        let scene = scene.clone();
        move || draw(&scene, 128)
    });
    assert!(draw(&scene, 128) == other.join().unwrap());
}

#[test]
fn a_sticker_is_where_its_region_says() {
    let border = nearest(crate::sticker::BORDER_WIDTH);
    for noun in ["apple", "zebra", "fork", "computer keyboard"] {
        let scene = scene("night", vec![item(noun, None, (0.3, 0.25), 0.4)]);
        let bare = background("night", Seed(7), 512);
        let (left, top, right, bottom) = changed(&draw(&scene, 512), &bare);
        let (x, y, width, height) = pixel_box(&scene.items[0].region, (512, 512));
        let slack = [
            (left + border).abs_diff(x),
            (top + border).abs_diff(y),
            right.abs_diff(x + width + border),
            bottom.abs_diff(y + height + border),
        ];
        assert!(slack.iter().all(|pixels| *pixels <= 2), "`{noun}`: {slack:?}");
    }
}

#[test]
fn an_item_without_a_sprite_is_left_out() {
    let mut unknown = item("cat", None, (0.2, 0.2), 0.4);
    unknown.noun = "unicorn".to_owned();
    let scene = scene("snow", vec![unknown]);
    assert!(draw(&scene, 128) == background("snow", Seed(7), 128));
}

#[test]
fn later_items_cover_earlier_ones() {
    let (cat, dog) = (item("cat", None, (0.3, 0.3), 0.4), item("dog", None, (0.3, 0.3), 0.4));
    let below = draw(&scene("beach", vec![cat.clone(), dog.clone()]), 256);
    assert!(below != draw(&scene("beach", vec![dog, cat]), 256));
}

#[test]
fn a_region_is_at_least_one_pixel_and_inside() {
    for (region, wanted) in [
        (Region::WHOLE, (0, 0, 512, 512)),
        (Region::new(0.5, 0.25, 0.25, 0.5).unwrap(), (256, 128, 128, 256)),
        (Region::new(0.999, 0.999, 0.0005, 0.0005).unwrap(), (511, 511, 1, 1)),
    ] {
        assert_eq!(pixel_box(&region, (512, 512)), wanted);
    }
}

/// A picture of two items on 96 by 96 pixels against its reference. Small differences between
/// processors' rounding are allowed; a wrong color or a shifted edge is not.
fn check(name: &str, reference: &[u8], items: Vec<SceneItem>) {
    let drawn = draw(&scene(name, items), 96);
    let wanted = image::load_from_memory(reference).unwrap().to_rgb8();
    let steps = drawn.as_raw().iter().zip(wanted.as_raw()).map(|(a, b)| u32::from(a.abs_diff(*b)));
    let off: u32 = steps.clone().filter(|step| *step > 3).sum();
    if off > 0 {
        let path = std::env::temp_dir().join(format!("pentimento-drawn-{name}.png"));
        drawn.save(&path).unwrap();
        panic!("{name} looks different: compare `{}` with the reference", path.display());
    }
}

#[test]
fn pictures_look_as_they_did() {
    let color = |color| Some(Attribute::Color(color));
    let material = |material| Some(Attribute::Material(material));
    check(
        "kitchen",
        include_bytes!("reference/kitchen.png"),
        vec![
            item("apple", color(Color::Green), (0.06, 0.06), 0.38),
            item("teddy bear", material(Material::Wooden), (0.45, 0.4), 0.52),
        ],
    );
    check(
        "night",
        include_bytes!("reference/night.png"),
        vec![
            item("cat", None, (0.06, 0.4), 0.5),
            item("clock", material(Material::Glass), (0.55, 0.08), 0.44),
        ],
    );
    check(
        "beach",
        include_bytes!("reference/beach.png"),
        vec![
            item("bicycle", color(Color::Blue), (0.05, 0.5), 0.4),
            item("umbrella", None, (0.55, 0.06), 0.42),
        ],
    );
}
