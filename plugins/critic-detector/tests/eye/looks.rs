//! Every class in every look, both ways round, at three sizes: found, named and colored.

use critic_detector::detect;
use pentimento_easel::draw;

use crate::scenes::{SIZE, everything, in_rows, through_png};
use crate::tally::Tally;

fn check(pixels: u32) {
    let mut tally = Tally::default();
    for scene in in_rows(&everything(), pixels, u64::from(pixels)) {
        let found = detect(&through_png(&draw(&scene, SIZE)));
        tally.add(&scene.items, &found);
    }
    println!("{pixels} px: {tally}");
    assert!(tally.recall() >= 0.99, "recall {}", tally.recall());
    assert!(tally.precision() >= 0.99, "precision {}", tally.precision());
    assert!(tally.looks() >= 0.98, "looks {}", tally.looks());
}

#[test]
fn objects_of_64_pixels_are_told_apart() {
    check(64);
}

#[test]
fn objects_of_110_pixels_are_told_apart() {
    check(110);
}

#[test]
fn objects_of_200_pixels_are_told_apart() {
    check(200);
}
