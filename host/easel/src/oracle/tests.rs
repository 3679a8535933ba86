//! What an oracle remembers, and how effects change a truth.

use pentimento_model::{Artifact, Attribute, Color, MediaType};

use super::*;

fn item(noun: &str, x: f32) -> SceneItem {
    let region = Region::new(x, 0.4, 0.2, 0.2).expect("a region");
    SceneItem { noun: noun.to_owned(), attribute: None, region, flipped: false }
}

/// Applies effects to a cat on the left and a dog on the right.
fn check(effects: &[Effect], expected: &[&str]) {
    let truth = Truth { items: vec![item("cat", 0.1), item("dog", 0.7)] }.after(effects);
    let told = truth.items.iter().map(|item| {
        let attribute =
            item.attribute.map_or_else(String::new, |attribute| format!("{attribute} "));
        format!("{attribute}{} at {:.1}", item.noun, item.region.x())
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn effects_change_the_item_they_hit() {
    let at = |x: f32| item("any", x).region;
    let red = Attribute::Color(Color::Red);
    check(&[], &["cat at 0.1", "dog at 0.7"]);
    check(&[Effect::Removed(at(0.11))], &["dog at 0.7"]);
    check(&[Effect::Removed(at(0.4))], &["cat at 0.1", "dog at 0.7"]);
    check(&[Effect::Restyled(at(0.7), red)], &["cat at 0.1", "red dog at 0.7"]);
    check(&[Effect::Moved(vec![(at(0.1), at(0.4))])], &["dog at 0.7", "cat at 0.4"]);
    check(&[Effect::Painted(item("cup", 0.4))], &["cat at 0.1", "dog at 0.7", "cup at 0.4"]);
}

#[test]
fn what_is_painted_over_is_no_longer_there() {
    check(&[Effect::Painted(item("cup", 0.1))], &["dog at 0.7", "cup at 0.1"]);
}

#[test]
fn the_oldest_truths_are_forgotten_first() {
    let ledger = Arc::new(Ledger::default());
    let name = |number: usize| Artifact::new(MediaType::Text, number.to_string().into_bytes()).id;
    for number in 0..=MOST_PICTURES {
        ledger.note(name(number), Truth { items: Vec::new() });
    }
    let oracle = Oracle::over(ledger);
    assert_eq!(oracle.truth(name(0)), None);
    assert_eq!(oracle.truth(name(1)), Some(Truth::default()));
    assert_eq!(oracle.truth(name(MOST_PICTURES)), Some(Truth::default()));
}
