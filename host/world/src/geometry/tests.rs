use super::*;

fn region((x, y, width, height): (f32, f32, f32, f32)) -> Region {
    Region::new(x, y, width, height).unwrap()
}

fn check(subject: (f32, f32, f32, f32), target: (f32, f32, f32, f32), expected: &[RelationKind]) {
    let (subject, target) = (region(subject), region(target));
    let held: Vec<RelationKind> = RelationKind::ALL
        .into_iter()
        .filter(|kind| holds(*kind, &subject, &target, Strictness::Seen))
        .collect();
    assert_eq!(held, expected);
}

use RelationKind::{Above, Below, LeftOf, NextTo, OnTopOf, RightOf};

#[test]
fn a_clear_side_is_one_relation() {
    check((0.1, 0.4, 0.2, 0.2), (0.7, 0.4, 0.2, 0.2), &[LeftOf]);
    check((0.7, 0.4, 0.2, 0.2), (0.1, 0.4, 0.2, 0.2), &[RightOf]);
    check((0.4, 0.1, 0.2, 0.2), (0.4, 0.7, 0.2, 0.2), &[Above]);
    check((0.4, 0.7, 0.2, 0.2), (0.4, 0.1, 0.2, 0.2), &[Below]);
}

#[test]
fn a_far_diagonal_is_two_relations() {
    check((0.0, 0.0, 0.1, 0.1), (0.8, 0.8, 0.1, 0.1), &[LeftOf, Above]);
}

#[test]
fn a_near_diagonal_is_none() {
    check((0.3, 0.3, 0.4, 0.4), (0.4, 0.4, 0.4, 0.4), &[]);
}

#[test]
fn the_same_place_is_none() {
    check((0.3, 0.3, 0.4, 0.4), (0.3, 0.3, 0.4, 0.4), &[]);
}

#[test]
fn near_things_are_next_to_or_on_top_of_each_other() {
    check((0.3, 0.4, 0.2, 0.2), (0.6, 0.4, 0.2, 0.2), &[LeftOf, NextTo]);
    check((0.6, 0.4, 0.2, 0.2), (0.3, 0.4, 0.2, 0.2), &[RightOf, NextTo]);
    check((0.4, 0.2, 0.2, 0.2), (0.3, 0.45, 0.4, 0.3), &[Above, OnTopOf]);
}

#[test]
fn sides_of_the_picture_go_by_the_center() {
    let left = region((0.1, 0.1, 0.3, 0.3));
    for (kind, expected) in
        [(LeftOf, true), (RightOf, false), (Above, true), (Below, false), (NextTo, true)]
    {
        assert_eq!(holds_on_canvas(kind, &left, Strictness::Seen), expected, "{kind:?}");
    }
}

#[test]
fn what_is_planned_holds_when_seen() {
    for step in 0..400_u16 {
        let (x, y) = (f32::from(step % 20) / 25.0, f32::from(step / 20) / 35.0);
        let (subject, target) = (region((x, y, 0.2, 0.15)), region((0.4, 0.4, 0.25, 0.3)));
        for kind in RelationKind::ALL {
            let planned = holds(kind, &subject, &target, Strictness::Planned);
            assert!(!planned || holds(kind, &subject, &target, Strictness::Seen));
        }
    }
}
