//! Rows of the constraints table: what a layout shows of what was asked.

use pentimento_model::{
    Attribute, Color, Constraints, Count, ItemName, Layout, LayoutItem, Region, Relation,
    RelationKind, RelationTarget, Score, WantedObject,
};

use super::{Look, rows};

/// `(attribute, noun, center x, center y)`.
type Item<'a> = (Option<Color>, &'a str, f32, f32);

/// The last row of every table, if nothing was painted that was not asked for.
const NOTHING_ELSE: &str = "nothing else: nothing (met)";

fn layout(items: &[Item<'_>]) -> Layout {
    let item = |(color, noun, x, y): &Item<'_>| {
        let attribute = color.map(Attribute::Color);
        let name = ItemName { attribute, noun: (*noun).to_owned(), number: 1 };
        let region = Region::around((*x, *y), 0.1, 0.1).unwrap();
        LayoutItem { name, region, confidence: Score::ONE }
    };
    Layout { items: items.iter().map(item).collect() }
}

fn wanted(color: Option<Color>, noun: &str, count: u32) -> WantedObject {
    let attribute = color.map(Attribute::Color);
    WantedObject { noun: noun.to_owned(), attribute, count: Count(count) }
}

/// Each row is `asked: seen (met)`.
fn check(constraints: &Constraints, items: &[Item<'_>], expected: &[&str]) {
    let layout = layout(items);
    let look = Look::at(&layout, constraints);
    let told = rows(constraints).map(|asked| {
        let seen = look.sees(asked);
        let met = seen.met.map_or("-", |met| if met { "met" } else { "unmet" });
        format!("{}: {} ({met})", asked.text(constraints), seen.text)
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn objects_are_counted_by_noun_and_attribute() {
    let objects = vec![wanted(Some(Color::Red), "apple", 2), wanted(None, "cat", 1)];
    let constraints = Constraints { objects, ..Constraints::default() };
    let red = (Some(Color::Red), "apple", 0.2, 0.2);
    let bare = (None, "apple", 0.5, 0.5);
    let black_cat = (Some(Color::Black), "cat", 0.8, 0.8);
    check(&constraints, &[], &["2 × red apple: 0 (unmet)", "1 × cat: 0 (unmet)", NOTHING_ELSE]);
    check(
        &constraints,
        &[red, bare, black_cat],
        &["2 × red apple: 1, and 1 not red (unmet)", "1 × cat: 1 (met)", NOTHING_ELSE],
    );
    check(
        &constraints,
        &[red, red],
        &["2 × red apple: 2 (met)", "1 × cat: 0 (unmet)", NOTHING_ELSE],
    );
}

#[test]
fn a_bare_noun_takes_what_its_colored_rival_leaves() {
    let objects = vec![wanted(Some(Color::Red), "car", 1), wanted(None, "car", 1)];
    let constraints = Constraints { objects, ..Constraints::default() };
    let cars = [(Some(Color::Red), "car", 0.2, 0.5), (None, "car", 0.7, 0.5)];
    check(&constraints, &cars, &["1 × red car: 1 (met)", "1 × car: 1 (met)", NOTHING_ELSE]);
}

#[test]
fn relations_absences_and_backgrounds_have_rows_of_their_own() {
    let objects = vec![wanted(None, "cat", 1), wanted(None, "dog", 1)];
    let to_dog = RelationTarget::Object(1);
    let relation = |kind, target| Relation { subject: 0, kind, target };
    let relations = vec![
        relation(RelationKind::LeftOf, to_dog),
        relation(RelationKind::Below, to_dog),
        relation(RelationKind::RightOf, RelationTarget::Canvas),
    ];
    let (absent, background) = (vec!["bird".to_owned()], Some("beach".to_owned()));
    let constraints = Constraints { objects, absent, relations, background };
    check(
        &constraints,
        &[(None, "cat", 0.2, 0.3), (None, "dog", 0.7, 0.8), (None, "bird", 0.5, 0.1)],
        &[
            "1 × cat: 1 (met)",
            "1 × dog: 1 (met)",
            "no bird: 1 (unmet)",
            "cat left of dog: yes (met)",
            "cat below dog: no (unmet)",
            "cat right of the picture's center: no (unmet)",
            "background: beach: not looked at (-)",
            NOTHING_ELSE,
        ],
    );
}

#[test]
fn a_relation_needs_both_ends() {
    let objects = vec![wanted(None, "cat", 1), wanted(None, "dog", 1)];
    let to_dog = RelationTarget::Object(1);
    let relations = vec![Relation { subject: 0, kind: RelationKind::Above, target: to_dog }];
    let constraints = Constraints { objects, relations, ..Constraints::default() };
    check(
        &constraints,
        &[(None, "cat", 0.2, 0.3)],
        &[
            "1 × cat: 1 (met)",
            "1 × dog: 0 (unmet)",
            "cat above dog: not all seen (unmet)",
            NOTHING_ELSE,
        ],
    );
}

#[test]
fn what_nobody_asked_for_is_counted_where_it_belongs() {
    let constraints =
        Constraints { objects: vec![wanted(None, "cat", 1)], ..Constraints::default() };
    let cat = |x| (None, "cat", x, 0.5);
    check(
        &constraints,
        &[cat(0.2), cat(0.5), (None, "dog", 0.8, 0.5)],
        &["1 × cat: 1, and 1 too many (unmet)", "nothing else: dog #1 (unmet)"],
    );
}
