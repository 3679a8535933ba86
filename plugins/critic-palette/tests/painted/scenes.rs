//! Scenes of the painter's places and things, with ideas that ask for no special light.

use image::RgbImage;
use pentimento_easel::scene::{Scene, SceneItem};
use pentimento_easel::{draw, sprites::drawn_nouns};
use pentimento_model::{Region, Seed};

const PLACES: [&str; 10] = [
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

/// Things in one picture.
const COUNTS: [u64; 3] = [1, 3, 6];

/// Every place with one, three and six things, and what it shows. The ideas do not name the place,
/// so that no word in them excuses anything.
pub fn scenes() -> Vec<(String, RgbImage)> {
    let nouns: Vec<String> = drawn_nouns().collect();
    let mut scenes = Vec::new();
    for (place, number) in PLACES.iter().zip(0_u64..) {
        for count in COUNTS {
            let seed = Seed(number).derive("things", count);
            let items = (0..count).map(|item| thing(&nouns, seed.derive("thing", item), item));
            let background = (*place).to_owned();
            let scene = Scene { background, background_seed: seed, items: items.collect() };
            scenes.push((format!("{count} things, scene {number}"), draw(&scene, 512)));
        }
    }
    scenes
}

/// A noun of chance in one cell of three columns and two rows.
fn thing(nouns: &[String], seed: Seed, item: u64) -> SceneItem {
    let noun = nouns[usize::try_from(seed.0 % nouns.len() as u64).unwrap()].clone();
    let (column, row) = ((item % 3) as f32, (item / 3) as f32);
    let region = Region::new(0.05 + 0.32 * column, 0.1 + 0.45 * row, 0.25, 0.25).unwrap();
    SceneItem { noun, attribute: None, region, flipped: false }
}
