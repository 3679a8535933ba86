use pentimento_model::Region;

use super::*;

fn item(noun: &str, color: Option<Color>, x: f32, y: f32) -> SceneItem {
    SceneItem {
        noun: noun.to_owned(),
        attribute: color.map(Attribute::Color),
        region: Region::around((x, y), 0.2, 0.2).unwrap(),
        flipped: false,
    }
}

fn check(gold: &Gold, items: Vec<SceneItem>, expected: bool) {
    assert_eq!(gold.passes(&Truth { items }), expected, "{gold:?}");
}

#[test]
fn the_file_has_one_hundred_prompts_of_each_category() {
    let prompts = prompts().unwrap();
    assert_eq!(prompts.len(), 400);
    for category in CATEGORIES {
        let of = prompts.iter().filter(|prompt| prompt.category == category);
        assert_eq!(of.count(), 100, "{category}");
    }
}

#[test]
fn counts_are_exact() {
    let two = Gold::Count { noun: "cat".to_owned(), count: 2 };
    let cat = || item("cat", None, 0.5, 0.5);
    check(&two, vec![cat(), cat()], true);
    check(&two, vec![cat()], false);
    check(&two, vec![cat(), cat(), cat()], false);
    let none = Gold::Count { noun: "cat".to_owned(), count: 0 };
    check(&none, vec![item("dog", None, 0.5, 0.5)], true);
    check(&none, vec![cat()], false);
}

#[test]
fn every_color_must_be_on_its_own_object() {
    let gold = Gold::Colors(vec![("car".to_owned(), Color::Red), ("cup".to_owned(), Color::Blue)]);
    let car = |color| item("car", Some(color), 0.3, 0.5);
    let cup = |color| item("cup", Some(color), 0.7, 0.5);
    check(&gold, vec![car(Color::Red), cup(Color::Blue)], true);
    check(&gold, vec![car(Color::Blue), cup(Color::Red)], false);
    check(&gold, vec![car(Color::Red)], false);
}

#[test]
fn sides_compare_centers_strictly() {
    let gold = Gold::Side { first: "cup".into(), second: "chair".into(), side: Side::Right };
    let at = |x| vec![item("cup", None, x, 0.5), item("chair", None, 0.4, 0.2)];
    check(&gold, at(0.7), true);
    check(&gold, at(0.4), false);
    check(&gold, at(0.2), false);
}
