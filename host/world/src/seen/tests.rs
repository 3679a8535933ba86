use pentimento_model::{Evidence, Region, Severity};

use super::*;
use crate::{place, read};

/// One object as the eye reports it: class, attribute word or nothing, natural or not.
type Sight<'a> = (&'a str, &'a str, bool);

fn finding((class, attribute, natural): Sight<'_>, region: Region) -> Finding {
    let evidence = |kind: &str, text: &str, value| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value,
    };
    let mut shown = vec![
        evidence(CLASS_EVIDENCE, class, None),
        evidence(NATURAL_EVIDENCE, if natural { "yes" } else { "no" }, None),
        evidence(CONFIDENCE_EVIDENCE, "0.90", Some(0.9)),
    ];
    if !attribute.is_empty() {
        shown.push(evidence(ATTRIBUTE_EVIDENCE, attribute, None));
    }
    Finding {
        code: OBJECT_CODE.to_owned(),
        severity: Severity::Note,
        message: String::new(),
        place: Some(Place::Region(region)),
        evidence: shown,
        suggestion: None,
    }
}

/// Regions in a row from left to right.
fn row(index: usize) -> Region {
    let x = [0.1, 0.3, 0.5, 0.7, 0.9][index];
    Region::around((x, 0.5), 0.12, 0.12).unwrap()
}

fn check(idea: &str, sights: &[Sight<'_>], expected: &[&str]) {
    let findings: Vec<Finding> =
        sights.iter().enumerate().map(|(index, sight)| finding(*sight, row(index))).collect();
    let layout = layout_from_findings(&read(idea).unwrap(), &findings);
    let names: Vec<String> = layout.items.iter().map(|item| item.name.to_string()).collect();
    assert_eq!(names, expected, "{idea}");
}

#[test]
fn an_attribute_is_named_only_where_it_was_asked_for() {
    check("a cat", &[("cat", "red", false)], &["cat #1"]);
    check("a red cat", &[("cat", "red", false)], &["red cat #1"]);
    check("a red cat", &[("cat", "blue", false)], &["cat #1"]);
    check("a red cat", &[("cat", "", true)], &["cat #1"]);
    check("a red cat", &[("dog", "red", false)], &["dog #1"]);
    check("a wooden chair", &[("chair", "wooden", false)], &["wooden chair #1"]);
}

#[test]
fn a_natural_look_counts_as_its_usual_color() {
    check("a yellow lemon", &[("lemon", "", true)], &["yellow lemon #1"]);
    check("a yellow lemon", &[("lemon", "orange", true)], &["yellow lemon #1"]);
    check("a yellow lemon", &[("lemon", "", false)], &["lemon #1"]);
    check("a green lemon", &[("lemon", "", true)], &["lemon #1"]);
    check("a golden lemon", &[("lemon", "", true)], &["lemon #1"]);
}

#[test]
fn no_more_carry_an_attribute_than_were_asked_for() {
    check("a red cat", &[("cat", "red", false), ("cat", "red", false)], &["red cat #1", "cat #1"]);
    check(
        "a white car and a yellow car",
        &[("car", "yellow", false), ("car", "white", false), ("car", "white", false)],
        &["yellow car #1", "white car #1", "car #1"],
    );
    check(
        "two red cats and a cat",
        &[("cat", "red", false), ("cat", "red", false), ("cat", "red", false)],
        &["red cat #1", "red cat #2", "cat #1"],
    );
}

#[test]
fn of_several_the_best_placed_carries_the_attribute() {
    check(
        "a white car left of a yellow car",
        &[("car", "white", false), ("car", "white", false)],
        &["white car #1", "car #1"],
    );
    check(
        "a white car right of a yellow car",
        &[("car", "white", false), ("car", "white", false)],
        &["car #1", "white car #1"],
    );
}

#[test]
fn everything_that_was_seen_is_listed_in_order() {
    check(
        "no dogs",
        &[("dog", "", true), ("cat", "", true), ("dog", "red", false)],
        &["dog #1", "cat #1", "dog #2"],
    );
}

#[test]
fn what_is_no_object_is_passed_over() {
    let constraints = read("a cat").unwrap();
    let good = finding(("cat", "", true), Region::WHOLE);
    let other_code = Finding { code: "count.missing".to_owned(), ..good.clone() };
    let no_place = Finding { place: Some(Place::Step(1)), ..good.clone() };
    let no_class = Finding { evidence: Vec::new(), ..good };
    let layout = layout_from_findings(&constraints, &[other_code, no_place, no_class]);
    assert_eq!(layout, Layout::default());
}

#[test]
fn a_perfect_eye_gives_back_the_plan() {
    for idea in [
        "three red apples to the left of a blue cup",
        "two red cats and a cat",
        "a white car left of a yellow car",
        "two cats on a table",
    ] {
        let constraints = read(idea).unwrap();
        for seed in 0..20 {
            let plan = place(&constraints, pentimento_model::Seed(seed));
            let findings: Vec<Finding> = plan
                .items
                .iter()
                .map(|item| {
                    let look = item.name.attribute.map_or("", Attribute::as_str);
                    finding((&item.name.noun, look, false), item.region)
                })
                .collect();
            let seen = layout_from_findings(&constraints, &findings);
            assert_eq!(judge(&constraints, &seen).unmet, [], "{idea}");
        }
    }
}
