use pentimento_model::{Count, Relation, WantedObject};
use proptest::prelude::*;

use super::*;
use crate::{MAX_OBJECTS, NOUNS, judge::judge, read};

/// Places the idea and looks at everything that a placement promises.
fn check(idea: &str, seed: u64) -> Layout {
    let constraints = read(idea).unwrap_or_else(|error| panic!("{idea}: {error}"));
    let layout = place(&constraints, Seed(seed));
    let judgement = judge(&constraints, &layout);
    assert_eq!(judgement.unmet, [], "{idea} with seed {seed}: {layout:?}");
    check_gaps(&layout);
    layout
}

fn check_gaps(layout: &Layout) {
    for (index, item) in layout.items.iter().enumerate() {
        let region = item.region;
        assert!(region.x() >= EDGE - 1e-4 && region.right() <= 1.0 - EDGE + 1e-4, "{region:?}");
        assert!(region.y() >= EDGE - 1e-4 && region.bottom() <= 1.0 - EDGE + 1e-4, "{region:?}");
        for other in &layout.items[..index] {
            assert!(gap(&region, &other.region) >= GAP - 1e-4, "{region:?} {:?}", other.region);
        }
    }
}

#[test]
fn typical_ideas_are_placed_whatever_the_seed() {
    for seed in 0..40 {
        check("one cat", seed);
        check("five cars", seed);
        check("twelve elephants", seed);
        check("a cat on the left and a dog on the right", seed);
        check("a bottle on the top and a cup on the bottom", seed);
        check("three red apples to the left of a blue cup", seed);
        check("three cats left of two dogs, and a kite above the dogs", seed);
        check("a cat on top of a car", seed);
        check("three cups on a table", seed);
        check("five books on a table", seed);
        check("four cats on two benches", seed);
        check("two cups on a table and a laptop on the table", seed);
        check("a cat on a chair left of a dog", seed);
        check("three cats next to a horse", seed);
        check("a cat left of a dog, a dog left of a cow, a cow left of a bird", seed);
        check("a cat left of a dog and above a bird", seed);
    }
}

#[test]
fn every_noun_finds_a_place_beside_every_kind_of_thing() {
    for (index, noun) in NOUNS.iter().enumerate() {
        let other = NOUNS[(index + 41) % NOUNS.len()].name;
        let relations = ["left of", "on top of", "right of", "above", "below", "next to"];
        for relation in [relations[index % 2], relations[2 + index % 4]] {
            check(&format!("one {} {relation} one {other}", noun.name), index as u64);
        }
    }
}

#[test]
fn one_object_alone_is_large_and_many_are_small() {
    for noun in NOUNS {
        let (alone, crowded) = (natural_size(noun, 1), natural_size(noun, MAX_OBJECTS));
        let longer = alone.0.max(alone.1);
        assert!((0.34..=0.62).contains(&longer), "{} {longer}", noun.name);
        // Twelve boxes of a thirty-third of the picture leave room for gaps.
        let area = crowded.0 * crowded.1;
        assert!((0.005..=0.03).contains(&area), "{} {area}", noun.name);
        assert!(crowded.0.max(crowded.1) >= 0.11, "{}", noun.name);
    }
}

#[test]
fn the_same_seed_gives_the_same_boxes_and_another_seed_others() {
    let constraints = read("three cats and a dog").unwrap();
    assert_eq!(place(&constraints, Seed(7)), place(&constraints, Seed(7)));
    assert_ne!(place(&constraints, Seed(7)), place(&constraints, Seed(8)));
}

#[test]
fn names_count_from_one_in_the_order_of_the_constraints() {
    let layout = check("two red cats and a dog", 1);
    let names: Vec<String> = layout.items.iter().map(|item| item.name.to_string()).collect();
    assert_eq!(names, ["red cat #1", "red cat #2", "dog #1"]);
}

#[test]
fn a_wish_is_placed_beside_what_is_there_and_nothing_else_moves() {
    let constraints = read("a cat left of a dog").unwrap();
    let dog = Region::new(0.5, 0.4, 0.3, 0.3).unwrap();
    let occupied = [Spot { object: 1, region: dog }];
    let wishes = [Wish { object: 0, size: (0.3, 0.3) }];
    let regions = fit(&constraints, &occupied, &wishes, Seed(3), Effort::Thorough).unwrap();
    assert!(holds(RelationKind::LeftOf, &regions[0], &dog, Strictness::Planned));
    assert!(gap(&regions[0], &dog) >= GAP);
}

#[test]
fn a_full_picture_has_no_place_left() {
    let constraints = read("a cat and a dog").unwrap();
    let occupied = [Spot { object: 1, region: Region::WHOLE }];
    let wishes = [Wish { object: 0, size: (0.3, 0.3) }];
    assert_eq!(fit(&constraints, &occupied, &wishes, Seed(3), Effort::Thorough), None);
}

#[test]
fn too_many_or_impossible_things_are_still_placed_apart() {
    let object = WantedObject { noun: "elephant".to_owned(), attribute: None, count: Count(40) };
    let kinds = [RelationKind::LeftOf, RelationKind::RightOf];
    let relations =
        kinds.map(|kind| Relation { subject: 0, kind, target: RelationTarget::Object(1) }).to_vec();
    let many = Constraints { objects: vec![object.clone()], ..Constraints::default() };
    assert_eq!(place(&many, Seed(1)).items.len(), 40);
    check_gaps(&place(&many, Seed(1)));

    let one = |noun: &str| WantedObject { noun: noun.to_owned(), attribute: None, count: Count(1) };
    let impossible =
        Constraints { objects: vec![one("cat"), one("dog")], relations, ..Constraints::default() };
    assert!(!can_be_placed(&impossible));
    assert_eq!(place(&impossible, Seed(1)).items.len(), 2);
    check_gaps(&place(&impossible, Seed(1)));
}

#[test]
fn a_search_takes_few_attempts_and_ends_after_as_many_as_its_effort_allows() {
    let constraints = read("twelve elephants").unwrap();
    let wishes = whole_scene(&constraints);
    for seed in 0..40 {
        let (found, attempts) = search(&constraints, &[], &wishes, Seed(seed), Effort::Thorough);
        assert!(found.is_some() && attempts <= 30, "seed {seed}: {attempts} attempts");
    }
    let occupied = [Spot { object: 0, region: Region::WHOLE }];
    for (effort, most) in [(Effort::Quick, 12), (Effort::Thorough, 120)] {
        let (found, attempts) = search(&constraints, &occupied, &wishes, Seed(1), effort);
        assert_eq!((found, attempts), (None, most));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_can_be_placed_is_placed_right(
        picks in proptest::collection::vec((0..NOUNS.len(), 1_u32..4), 1..5),
        relations in proptest::collection::vec((0_usize..4, 0_usize..6, 0_usize..5), 0..4),
        seed in any::<u64>(),
    ) {
        let constraints = scene(&picks, &relations);
        if can_be_placed(&constraints) {
            let layout = place(&constraints, Seed(seed));
            prop_assert_eq!(judge(&constraints, &layout).unmet, []);
            check_gaps(&layout);
        }
    }
}

/// Constraints from random numbers; the fifth target is the picture.
fn scene(picks: &[(usize, u32)], relations: &[(usize, usize, usize)]) -> Constraints {
    let mut constraints = Constraints::default();
    for (noun, count) in picks {
        let noun = NOUNS[*noun].name.to_owned();
        if constraints.objects.iter().all(|object| object.noun != noun) {
            let object = WantedObject { noun, attribute: None, count: Count(*count) };
            constraints.objects.push(object);
        }
    }
    let n_objects = constraints.objects.len();
    for (subject, kind, target) in relations {
        let kind = RelationKind::ALL[*kind];
        let target = if *target == 4 {
            RelationTarget::Canvas
        } else {
            RelationTarget::Object(target % n_objects)
        };
        let subject = subject % n_objects;
        if target != RelationTarget::Object(subject) {
            constraints.relations.push(Relation { subject, kind, target });
        }
    }
    constraints
}
