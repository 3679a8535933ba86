use std::collections::BTreeSet;

use pentimento_world::NOUNS;

use super::*;

#[test]
fn every_noun_has_a_sprite_and_every_sprite_a_noun() {
    let drawn: BTreeSet<String> = drawn_nouns().collect();
    let known: BTreeSet<String> = NOUNS.iter().map(|noun| noun.name.to_owned()).collect();
    assert_eq!(drawn, known);
    for noun in NOUNS {
        assert!(sprite(noun.name).is_some(), "the sprite of `{}` cannot be read", noun.name);
    }
}

#[test]
fn the_list_is_sorted_for_the_search() {
    assert!(EMBEDDED.is_sorted_by_key(|(name, _)| name));
}

#[test]
fn an_unknown_noun_has_no_sprite() {
    for noun in ["unicorn", "", "traffic  light", "Cat"] {
        assert!(sprite(noun).is_none(), "{noun}");
        assert!(sprite_raster(noun, 64).is_none(), "{noun}");
    }
}

#[test]
fn every_silhouette_is_one_piece() {
    for noun in NOUNS {
        let sprite = sprite(noun.name).unwrap();
        assert_eq!(sprite.silhouette().pieces(), 1, "`{}` falls apart", noun.name);
    }
}

#[test]
fn every_sprite_fills_its_box() {
    for noun in NOUNS {
        let raster = sprite_raster(noun.name, 200).unwrap();
        let (left, top, width, height) = solid(&raster, 0).bounds().unwrap();
        let (right, bottom) = (left + width, top + height);
        let slack = [left, top, raster.width() as usize - right, raster.height() as usize - bottom];
        assert!(slack.iter().all(|pixels| *pixels <= 2), "`{}`: {slack:?}", noun.name);
    }
}

#[test]
fn the_raster_has_the_aspect_it_says() {
    for noun in NOUNS {
        let raster = sprite_raster(noun.name, 300).unwrap();
        let measured = float32(raster.width()) / float32(raster.height());
        let stated = sprite_aspect(noun.name).unwrap();
        assert!((measured / stated - 1.0).abs() < 0.02, "`{}`: {measured}, {stated}", noun.name);
        assert!((0.3..3.4).contains(&stated), "`{}` is too slim: {stated}", noun.name);
    }
}

#[test]
fn no_two_nouns_share_a_drawing() {
    // Silhouettes stretched to one square; the few shapes that are boxes differ inside instead.
    let cells = |noun: &str| {
        let raster = sprite(noun).unwrap().raster(48, 48).unwrap();
        raster.pixels().map(|pixel| pixel.0.map(f32::from)).collect::<Vec<_>>()
    };
    let rasters: Vec<_> = NOUNS.iter().map(|noun| (noun.name, cells(noun.name))).collect();
    for (index, (one, first)) in rasters.iter().enumerate() {
        for (other, second) in &rasters[index + 1..] {
            let changes = first.iter().zip(second).flat_map(|(a, b)| a.iter().zip(b));
            let change = changes.map(|(a, b)| (a - b).abs()).sum::<f32>() / (48.0 * 48.0 * 4.0);
            assert!(change > 12.0, "`{one}` and `{other}` differ by {change} only");
        }
    }
}

#[test]
fn distances_grow_away_from_the_sprite() {
    let apple = sprite("apple").unwrap();
    assert!(apple.distance(0.5, 0.5) < -0.2, "deep inside");
    assert!(apple.distance(0.5, 1.0).abs() < 0.05, "at the lower edge");
    assert!((apple.distance(0.5, 1.2) - 0.2).abs() < 0.05, "within the grid");
    assert!((apple.distance(0.5, 3.0) - 2.0).abs() < 0.1, "far beyond the grid");
}
