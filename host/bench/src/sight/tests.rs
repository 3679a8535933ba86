use pentimento_model::{Attribute, Color, Evidence, Severity};

use super::*;

fn item(noun: &str, attribute: Option<Color>, x: f32) -> SceneItem {
    SceneItem {
        noun: noun.to_owned(),
        attribute: attribute.map(Attribute::Color),
        region: Region::new(x, 0.2, 0.2, 0.2).unwrap(),
        flipped: false,
    }
}

fn seen(class: &str, attribute: Option<&str>, x: f32) -> Finding {
    let evidence = |kind: &str, text: &str| Evidence {
        kind: kind.to_owned(),
        text: text.to_owned(),
        value: None,
    };
    let natural = if attribute.is_some() { "no" } else { "yes" };
    let mut all = vec![evidence("class", class), evidence("natural", natural)];
    all.extend(attribute.map(|word| evidence("attribute", word)));
    Finding {
        code: "object".to_owned(),
        severity: Severity::Note,
        message: String::new(),
        place: Some(Place::Region(Region::new(x, 0.2, 0.2, 0.2).unwrap())),
        evidence: all,
        suggestion: None,
    }
}

fn check(truth: Vec<SceneItem>, findings: &[Finding], expected: (f64, f64, f64)) {
    let mut sight = Sight::default();
    sight.look(&Truth { items: truth }, findings);
    assert_eq!((sight.precision(), sight.recall(), sight.attribute_accuracy()), expected);
}

#[test]
fn a_perfect_eye_has_all_ones() {
    check(
        vec![item("cat", None, 0.1), item("cup", Some(Color::Red), 0.6)],
        &[seen("cup", Some("red"), 0.6), seen("cat", None, 0.1)],
        (1.0, 1.0, 1.0),
    );
}

#[test]
fn a_wrong_class_costs_precision_and_recall() {
    check(vec![item("cat", None, 0.1)], &[seen("dog", None, 0.1)], (0.0, 0.0, 1.0));
}

#[test]
fn one_object_is_not_found_twice() {
    let twice = [seen("cat", None, 0.1), seen("cat", None, 0.11)];
    check(vec![item("cat", None, 0.1)], &twice, (0.5, 1.0, 1.0));
}

#[test]
fn a_misread_color_costs_only_the_attribute() {
    check(
        vec![item("cup", Some(Color::Red), 0.6)],
        &[seen("cup", Some("pink"), 0.6)],
        (1.0, 1.0, 0.0),
    );
}
