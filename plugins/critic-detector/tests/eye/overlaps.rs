//! Pairs of stickers of which one covers part of the other.

use pentimento_easel::{draw, scene::Scene, scene::SceneItem};
use pentimento_model::{Region, Seed};

use critic_detector::detect;

use crate::scenes::{BACKGROUNDS, SIZE, everything, region, through_png};
use crate::tally::Tally;

/// Longer sides of the stickers, in pixels.
const PIXELS: f32 = 180.0;

/// One in this many of all classes and looks is tried.
const ONE_IN: usize = 23;

/// A sticker, and another whose corner lies over the first one's by this part of their boxes.
fn pair(number: u64, share: f32) -> Scene {
    let all = everything();
    let item = |index: u64, corner: [f32; 2]| {
        let (noun, attribute, flipped) = all[index as usize % all.len()].clone();
        let region = region(&noun, corner, PIXELS);
        SceneItem { noun, attribute, flipped, region }
    };
    let first = item(number, [120.0, 120.0]);
    let mut second = item(number * 7 + 5, [0.0, 0.0]);
    let (from, size) = (first.region, second.region);
    let left = from.right() - share * from.width().min(size.width());
    let top = from.bottom() - share * from.height().min(size.height());
    second.region = Region::new(left, top, size.width(), size.height()).unwrap();
    let background = BACKGROUNDS[(number % 10) as usize].to_owned();
    Scene { background, background_seed: Seed(number), items: vec![first, second] }
}

fn check(share: f32) -> Tally {
    let mut tally = Tally::default();
    for number in (0..everything().len() as u64).step_by(ONE_IN) {
        let scene = pair(number, share);
        tally.add(&scene.items, &detect(&through_png(&draw(&scene, SIZE))));
    }
    println!("corners overlap by {share}: {tally}");
    tally
}

#[test]
fn a_sticker_under_the_corner_of_another_is_found() {
    for (share, least) in [(0.15, 0.95), (0.3, 0.9), (0.5, 0.8)] {
        let tally = check(share);
        assert!(tally.recall() >= least, "recall {} at {share}", tally.recall());
        assert!(tally.precision() >= least, "precision {} at {share}", tally.precision());
    }
}
