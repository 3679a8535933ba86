//! The eye's tables say the same as the easel's.

use critic_detector::LOOKS;
use pentimento_easel::ramps::ramp;
use pentimento_easel::{sprites::drawn_nouns, sticker};
use pentimento_model::Attribute;

#[test]
fn both_know_the_same_attributes_and_ramps() {
    assert_eq!(Attribute::all().count(), LOOKS.len());
    for (attribute, look) in Attribute::all().zip(LOOKS) {
        let drawn = ramp(attribute);
        assert_eq!(look.word, attribute.as_str());
        assert_eq!(look.ramp, [drawn.dark, drawn.mid, drawn.light], "{attribute}");
    }
}

#[test]
fn both_draw_the_contour_alike() {
    assert_eq!(critic_detector::INK, sticker::INK);
    let contour = sticker::INK_WIDTH / sticker::NOMINAL_SIZE;
    assert!((critic_detector::INK_WIDTH - contour).abs() < f32::EPSILON);
}

#[test]
fn both_know_the_same_nouns() {
    assert!(drawn_nouns().eq(critic_detector::nouns().map(str::to_owned)));
}
