use pentimento_model::Attribute;

use super::*;

fn item(noun: &str, color: Option<Color>, x: f32, y: f32) -> SceneItem {
    SceneItem {
        noun: noun.to_owned(),
        attribute: color.map(Attribute::Color),
        region: Region::around((x, y), 0.2, 0.2).unwrap(),
        flipped: false,
    }
}

fn check(row: &str, items: Vec<SceneItem>, expected: bool) {
    let row: Row = serde_json::from_str(row).unwrap();
    let gold = Gold { include: row.include, exclude: row.exclude };
    assert_eq!(gold.passes(&Truth { items }), expected, "{gold:?}");
}

#[test]
fn the_file_has_553_prompts_in_six_categories() {
    let prompts = prompts().unwrap();
    assert_eq!(prompts.len(), 553);
    assert_eq!(prompts.iter().filter(|prompt| prompt.category == "single_object").count(), 80);
}

#[test]
fn counting_is_exact_through_the_exclude_clause() {
    let row = r#"{"tag":"counting","include":[{"class":"pizza","count":2}],
        "exclude":[{"class":"pizza","count":3}],"prompt":""}"#;
    let pizza = || item("pizza", None, 0.5, 0.5);
    check(row, vec![pizza()], false);
    check(row, vec![pizza(), pizza()], true);
    check(row, vec![pizza(), pizza(), pizza()], false);
}

#[test]
fn surplus_objects_do_not_hurt_without_an_exclude_clause() {
    let row = r#"{"tag":"single_object","include":[{"class":"bench","count":1}],"prompt":""}"#;
    check(row, vec![item("bench", None, 0.2, 0.2), item("dog", None, 0.8, 0.8)], true);
}

#[test]
fn colors_belong_to_their_class() {
    let row = r#"{"tag":"color_attr","include":[{"class":"car","count":1,"color":"black"},
        {"class":"bench","count":1,"color":"green"}],"prompt":""}"#;
    let (car, bench) =
        (|color| item("car", Some(color), 0.3, 0.5), |color| item("bench", Some(color), 0.7, 0.5));
    check(row, vec![car(Color::Black), bench(Color::Green)], true);
    check(row, vec![car(Color::Green), bench(Color::Black)], false);
}

#[test]
fn a_direction_needs_more_than_a_tenth_of_both_sizes() {
    let row = r#"{"tag":"position","include":[{"class":"bench","count":1},
        {"class":"bird","count":1,"position":["below",0]}],"prompt":""}"#;
    let scene = |x, y| vec![item("bench", None, 0.5, 0.3), item("bird", None, x, y)];
    check(row, scene(0.5, 0.7), true);
    check(row, scene(0.5, 0.1), false);
    check(row, scene(0.5, 0.33), false);
    check(row, scene(0.9, 0.35), false);
}
