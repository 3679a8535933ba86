//! Every template, put on the grid as it is, is taken for itself.

use super::*;
use crate::color::LOOKS;

/// What would be seen if the template were drawn in natural colors.
fn natural(template: &Template, flipped: bool) -> Shape {
    let cell = |cell: usize| if flipped { mirrored(cell) } else { cell };
    let color = |here: usize| tint_of(template.natural(cell(here)).map(f32::from));
    let cover: Vec<u8> = (0..CELLS).map(|here| template.cover[cell(here)]).collect();
    let clear = |cover: u8| if cover > 128 { 1.0 } else { 0.0 };
    let colors = cover.iter().enumerate().map(|(here, cover)| (color(here), clear(*cover)));
    Shape { aspect: template.aspect, colors: colors.collect(), known: vec![255; CELLS], cover }
}

#[test]
fn every_template_is_taken_for_itself_both_ways_round() {
    let palettes: Vec<Palette> = LOOKS.iter().map(Palette::new).collect();
    for template in templates() {
        for flipped in [false, true] {
            let guess = classify(&natural(&template, flipped), &palettes).unwrap();
            assert_eq!((guess.noun, guess.attribute), (template.noun, None));
            assert!(guess.cost < 0.01 && guess.rival > 0.05, "{guess:?}");
        }
    }
}

#[test]
fn there_is_a_template_for_every_noun() {
    assert_eq!(templates().count(), 90);
}

#[test]
fn what_looks_like_nothing_known_is_not_named() {
    let (cover, known) = (vec![0; CELLS], vec![255; CELLS]);
    let empty = Shape { aspect: 1.0, cover, known, colors: vec![([0.0; 3], 0.0); CELLS] };
    assert!(classify(&empty, &[]).is_none());
}
