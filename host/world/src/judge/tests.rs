use pentimento_model::{Attribute, ItemName, Region, Score};

use super::*;
use crate::read;

/// Items as (noun, attribute or nothing, center x, center y in hundredths), a fifth of the picture
/// wide.
type Rows<'a> = &'a [(&'a str, &'a str, u8, u8)];

fn layout(rows: Rows<'_>) -> Layout {
    let items = rows.iter().zip(1..).map(|((noun, attribute, x, y), number)| {
        let attribute = Attribute::from_word(attribute);
        let center = (f32::from(*x) / 100.0, f32::from(*y) / 100.0);
        LayoutItem {
            name: ItemName { attribute, noun: (*noun).to_owned(), number },
            region: Region::around(center, 0.2, 0.2).unwrap(),
            confidence: Score::ONE,
        }
    });
    Layout { items: items.collect() }
}

fn check(idea: &str, rows: Rows<'_>, expected: &[&str]) {
    let judgement = judge(&read(idea).unwrap(), &layout(rows));
    let told: Vec<String> = judgement.unmet.iter().map(told).collect();
    assert_eq!(told, expected, "{idea}");
}

fn told(unmet: &Unmet) -> String {
    match *unmet {
        Unmet::Missing { object, wanted, seen } => {
            format!("object {object}: {seen} instead of {wanted}")
        }
        Unmet::WrongLook { object, item } => format!("item {item} does not look like {object}"),
        Unmet::Surplus { item, wanted, seen } => {
            format!("item {item} is surplus: {seen} instead of {wanted}")
        }
        Unmet::Forbidden { item } => format!("item {item} is forbidden"),
        Unmet::Violated { relation, item, target } => {
            format!("item {item} is not {} {target:?}", relation.kind.as_str())
        }
    }
}

#[test]
fn a_scene_as_asked_has_nothing_unmet() {
    check("two cats", &[("cat", "", 20, 50), ("cat", "", 80, 50)], &[]);
    check("two cats without dogs", &[("cat", "", 20, 50), ("cat", "", 80, 50)], &[]);
    check("a scene without dogs", &[], &[]);
    check("a cat left of a dog", &[("dog", "", 80, 50), ("cat", "", 20, 50)], &[]);
}

#[test]
fn counts_are_exact() {
    check("two cats", &[("cat", "", 20, 50)], &["object 0: 1 instead of 2"]);
    check("two cats", &[], &["object 0: 0 instead of 2"]);
    check(
        "one cat",
        &[("cat", "", 20, 50), ("cat", "", 80, 50)],
        &["item 1 is surplus: 2 instead of 1"],
    );
    check(
        "one cat",
        &[("cat", "", 20, 50), ("dog", "", 80, 50)],
        &["item 1 is surplus: 1 instead of 0"],
    );
    check(
        "no cats and a dog",
        &[("cat", "", 20, 50), ("dog", "", 80, 50)],
        &["item 0 is forbidden"],
    );
}

#[test]
fn an_attribute_is_asked_of_each() {
    check("a red cat", &[("cat", "red", 20, 50)], &[]);
    check("a red cat", &[("cat", "", 20, 50)], &["item 0 does not look like 0"]);
    check("a red cat", &[("cat", "blue", 20, 50)], &["item 0 does not look like 0"]);
    check(
        "two red cats",
        &[("cat", "red", 20, 50), ("cat", "", 80, 50)],
        &["item 1 does not look like 0"],
    );
    check("a red cat and a blue cat", &[("cat", "blue", 20, 50), ("cat", "red", 80, 50)], &[]);
    check("a cat", &[("cat", "blue", 20, 50)], &[]);
}

#[test]
fn what_looks_right_counts_before_what_does_not() {
    check(
        "a red cat",
        &[("cat", "", 20, 50), ("cat", "red", 80, 50)],
        &["item 0 is surplus: 2 instead of 1"],
    );
    check(
        "a red cat and two cats",
        &[("cat", "red", 20, 50), ("cat", "red", 50, 50), ("cat", "", 80, 50)],
        &[],
    );
}

#[test]
fn what_lies_right_counts_before_what_does_not() {
    check(
        "a cat left of a dog",
        &[("cat", "", 80, 50), ("dog", "", 50, 50), ("cat", "", 20, 50)],
        &["item 0 is surplus: 2 instead of 1"],
    );
}

#[test]
fn relations_hold_for_every_pair() {
    check(
        "two cats left of a dog",
        &[("cat", "", 20, 50), ("cat", "", 80, 50), ("dog", "", 50, 50)],
        &["item 1 is not left of Some(2)"],
    );
    check(
        "a cat left of two dogs",
        &[("cat", "", 50, 50), ("dog", "", 20, 50), ("dog", "", 80, 50)],
        &["item 0 is not left of Some(1)"],
    );
}

#[test]
fn one_thing_to_lie_on_or_near_is_enough() {
    check(
        "a cat on two tables",
        &[("cat", "", 20, 30), ("dining table", "", 20, 55), ("dining table", "", 80, 55)],
        &[],
    );
    check(
        "a cat next to two tables",
        &[("cat", "", 10, 50), ("dining table", "", 35, 50), ("dining table", "", 90, 50)],
        &[],
    );
    check(
        "a cat on a table",
        &[("cat", "", 80, 30), ("dining table", "", 20, 55)],
        &["item 0 is not on top of Some(1)"],
    );
}

#[test]
fn sides_of_the_picture_are_judged_by_the_center() {
    check("a cat on the left", &[("cat", "", 49, 50)], &[]);
    check("a cat on the left", &[("cat", "", 51, 50)], &["item 0 is not left of None"]);
    check("a cat at the top", &[("cat", "", 50, 60)], &["item 0 is not above None"]);
}

#[test]
fn a_relation_without_both_ends_is_only_missing() {
    check("a cat left of a dog", &[("cat", "", 80, 50)], &["object 1: 0 instead of 1"]);
}

#[test]
fn of_equal_items_the_surer_and_larger_stay() {
    let mut seen = layout(&[("cat", "", 20, 50), ("cat", "", 80, 50)]);
    let cat = read("one cat").unwrap();
    seen.items[0].confidence = Score::new(0.5).unwrap();
    assert_eq!(judge(&cat, &seen).matches, [Match { object: 0, item: 1, looks_right: true }]);
    seen.items[0].confidence = Score::ONE;
    seen.items[1].region = Region::around((0.8, 0.5), 0.3, 0.3).unwrap();
    assert_eq!(judge(&cat, &seen).matches, [Match { object: 0, item: 1, looks_right: true }]);
}
