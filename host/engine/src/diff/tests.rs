use pentimento_model::{Attribute, ItemName, Region, Score};
use proptest::prelude::*;

use super::*;

/// Reads `noun[/attribute]#number x` lists: every box is 0.2 wide and high, at (x, 0.1).
fn layout(text: &str) -> Layout {
    let items = text.split(',').filter(|item| !item.trim().is_empty()).map(|item| {
        let (name, x) = item.trim().split_once(' ').unwrap();
        let (kind, number) = name.split_once('#').unwrap();
        let (noun, attribute) = match kind.split_once('/') {
            Some((noun, attribute)) => (noun, Some(Attribute::from_word(attribute).unwrap())),
            None => (kind, None),
        };
        LayoutItem {
            name: ItemName { attribute, noun: noun.to_owned(), number: number.parse().unwrap() },
            region: Region::new(x.parse().unwrap(), 0.1, 0.2, 0.2).unwrap(),
            confidence: Score::ONE,
        }
    });
    Layout { items: items.collect() }
}

fn in_words(op: &EditOp) -> String {
    match op {
        EditOp::Delete { item, region } => format!("delete {item} at {}", region.x()),
        EditOp::Add { item, region } => format!("add {item} at {}", region.x()),
        EditOp::Move { item, from, to } => format!("move {item} {} to {}", from.x(), to.x()),
        EditOp::Restyle { item, region, attribute } => {
            format!("restyle {item} at {} {attribute}", region.x())
        }
        EditOp::Inpaint { .. } => "inpaint".to_owned(),
    }
}

fn check(present: &str, goal: &str, expected: &[&str]) {
    let ops = diff(&layout(present), &layout(goal), PRESERVE_IOU);
    let found: Vec<_> = ops.iter().map(in_words).collect();
    assert_eq!(found, expected, "`{present}` → `{goal}`");
}

#[test]
fn equal_layouts_have_no_difference() {
    check("", "", &[]);
    check("cat#1 0.1, dog/red#1 0.5", "cat#1 0.1, dog/red#1 0.5", &[]);
    check("cat#1 0.1, dog/red#1 0.5", "dog/red#1 0.5, cat#1 0.1", &[]);
}

#[test]
fn a_box_that_hardly_moved_is_left_alone() {
    // 0.2 wide boxes 0.01 apart overlap by 0.19 / 0.21 = 0.905, 0.02 apart by 0.818.
    check("cat#1 0.10", "cat#1 0.11", &[]);
    check("cat#1 0.10", "cat#1 0.12", &["move cat #1 0.1 to 0.12"]);
}

#[test]
fn the_threshold_itself_still_moves() {
    let boxed = |height: f32| {
        let mut layout = layout("cat#1 0.0");
        layout.items[0].region = Region::new(0.0, 0.0, 1.0, height).unwrap();
        layout
    };
    assert_eq!(diff(&boxed(1.0), &boxed(0.5), 0.5).len(), 1);
    assert_eq!(diff(&boxed(1.0), &boxed(0.5), 0.499).len(), 0);
}

#[test]
fn a_box_that_grew_is_moved_too() {
    let mut goal = layout("cat#1 0.1");
    goal.items[0].region = Region::new(0.1, 0.1, 0.4, 0.4).unwrap();
    let ops = diff(&layout("cat#1 0.1"), &goal, PRESERVE_IOU);
    assert!(matches!(ops.as_slice(), [EditOp::Move { .. }]));
}

#[test]
fn what_only_the_goal_has_is_added_and_what_only_the_present_has_deleted() {
    check("", "cat#1 0.1, cat#2 0.5", &["add cat #1 at 0.1", "add cat #2 at 0.5"]);
    check("cat#1 0.1, cat#2 0.5", "", &["delete cat #1 at 0.1", "delete cat #2 at 0.5"]);
    check("dog#1 0.1", "cat#1 0.1", &["delete dog #1 at 0.1", "add cat #1 at 0.1"]);
}

#[test]
fn a_new_name_for_the_same_noun_in_the_same_place_is_a_restyling() {
    check("dog#1 0.1", "dog/pink#1 0.1", &["restyle dog #1 at 0.1 pink"]);
    check("dog#1 0.1", "dog/wooden#1 0.11", &["restyle dog #1 at 0.1 wooden"]);
    check("dog/blue#1 0.1", "dog/pink#1 0.1", &["restyle blue dog #1 at 0.1 pink"]);
}

#[test]
fn a_new_color_elsewhere_is_a_deletion_and_an_addition() {
    check("dog#1 0.1", "dog/pink#1 0.5", &["delete dog #1 at 0.1", "add pink dog #1 at 0.5"]);
}

#[test]
fn an_attribute_that_shall_vanish_is_a_deletion_and_an_addition() {
    check("dog/pink#1 0.1", "dog#1 0.1", &["delete pink dog #1 at 0.1", "add dog #1 at 0.1"]);
}

#[test]
fn another_number_for_the_same_name_in_the_same_place_is_no_restyling() {
    check("dog#2 0.1", "dog#1 0.1", &["delete dog #2 at 0.1", "add dog #1 at 0.1"]);
}

#[test]
fn an_item_the_goal_names_is_never_restyled() {
    check("dog#1 0.1", "dog#1 0.1, dog/pink#1 0.1", &["add pink dog #1 at 0.1"]);
    check(
        "dog#1 0.1",
        "dog#1 0.5, dog/pink#1 0.1",
        &["move dog #1 0.1 to 0.5", "add pink dog #1 at 0.1"],
    );
}

#[test]
fn every_item_is_restyled_at_most_once() {
    check(
        "dog#1 0.1",
        "dog/pink#1 0.1, dog/blue#1 0.1",
        &["restyle dog #1 at 0.1 pink", "add blue dog #1 at 0.1"],
    );
    check(
        "dog#1 0.1, dog#2 0.5",
        "dog/pink#1 0.5, dog/pink#2 0.1",
        &["restyle dog #2 at 0.5 pink", "restyle dog #1 at 0.1 pink"],
    );
}

#[test]
fn of_two_items_in_one_place_the_nearer_is_restyled() {
    check(
        "dog#1 0.11, dog#2 0.1",
        "dog/pink#1 0.1",
        &["delete dog #1 at 0.11", "restyle dog #2 at 0.1 pink"],
    );
    check(
        "dog#1 0.1, dog#2 0.1",
        "dog/pink#1 0.1",
        &["delete dog #2 at 0.1", "restyle dog #1 at 0.1 pink"],
    );
}

#[test]
fn deletions_come_first_then_moves_restylings_and_additions() {
    check(
        "cat#1 0.0, dog#1 0.3, cup#1 0.6, bowl#1 0.75",
        "book#1 0.1, cup/red#1 0.6, dog#1 0.4, bowl#1 0.75",
        &[
            "delete cat #1 at 0",
            "move dog #1 0.3 to 0.4",
            "restyle cup #1 at 0.6 red",
            "add book #1 at 0.1",
        ],
    );
}

#[test]
fn swapping_two_things_moves_both() {
    check(
        "cat#1 0.1, dog#1 0.6",
        "cat#1 0.6, dog#1 0.1",
        &["move cat #1 0.1 to 0.6", "move dog #1 0.6 to 0.1"],
    );
}

/// Layouts as the world makes them: names are unique, boxes anywhere.
fn any_layout() -> impl Strategy<Value = Layout> {
    let kinds = ["cat", "cat/red", "cat/blue", "dog", "dog/wooden"];
    let item = (0..kinds.len(), 0..3_u32, 0..8_u8);
    proptest::collection::vec(item, 0..7).prop_map(move |picks| {
        let mut seen = std::collections::BTreeSet::new();
        let fresh = picks.into_iter().filter(|pick| seen.insert((pick.0, pick.1)));
        let text = fresh.map(|(kind, number, x)| {
            format!("{}#{} {}", kinds[kind], number + 1, f32::from(x) / 10.0)
        });
        layout(&text.collect::<Vec<_>>().join(","))
    })
}

proptest! {
    #[test]
    fn carrying_out_the_difference_gives_the_goal(
        present in any_layout(),
        goal in any_layout(),
    ) {
        let mut after: Vec<(ItemName, Region)> =
            present.items.iter().map(|item| (item.name.clone(), item.region)).collect();
        for op in diff(&present, &goal, PRESERVE_IOU) {
            match op {
                EditOp::Delete { item, .. } => after.retain(|(name, _)| *name != item),
                EditOp::Add { item, region } => after.push((item, region)),
                EditOp::Move { item, from, to } => {
                    let moved = after.iter_mut().find(|(name, at)| *name == item && *at == from);
                    moved.unwrap().1 = to;
                }
                EditOp::Restyle { item, region, attribute } => {
                    let same = after.iter_mut().find(|(name, at)| *name == item && *at == region);
                    same.unwrap().0.attribute = Some(attribute);
                }
                EditOp::Inpaint { .. } => unreachable!("a difference never paints anew"),
            }
        }
        let kind = |name: &ItemName, region: &Region| {
            // Restyled items keep their old number.
            format!("{:?} {} near {:.0}", name.attribute, name.noun, region.x() * 10.0)
        };
        let mut found: Vec<_> = after.iter().map(|(name, at)| kind(name, at)).collect();
        let mut wanted: Vec<_> =
            goal.items.iter().map(|item| kind(&item.name, &item.region)).collect();
        found.sort();
        wanted.sort();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_layout_never_differs_from_itself(layout in any_layout()) {
        prop_assert_eq!(diff(&layout, &layout, PRESERVE_IOU), Vec::new());
    }
}
