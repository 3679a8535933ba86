use std::fmt::Write as _;

use pentimento_model::{Constraints, RelationTarget};

use super::*;

mod benchmarks;
mod refusals;

/// Constraints in one line: `3 red apple; 1 blue cup; no dog; 0 left of 1; @beach`.
fn told(constraints: &Constraints) -> String {
    let mut parts = Vec::new();
    for object in &constraints.objects {
        let mut part = format!("{} ", object.count.0);
        if let Some(attribute) = object.attribute {
            write!(part, "{attribute} ").unwrap();
        }
        parts.push(part + &object.noun);
    }
    parts.extend(constraints.absent.iter().map(|noun| format!("no {noun}")));
    for relation in &constraints.relations {
        let target = match relation.target {
            RelationTarget::Object(index) => index.to_string(),
            RelationTarget::Canvas => "canvas".to_owned(),
        };
        parts.push(format!("{} {} {target}", relation.subject, relation.kind.as_str()));
    }
    parts.extend(constraints.background.iter().map(|name| format!("@{name}")));
    parts.join("; ")
}

fn check(idea: &str, expected: &str) {
    match read(idea) {
        Ok(constraints) => assert_eq!(told(&constraints), expected, "{idea}"),
        Err(error) => panic!("`{idea}`: {error}"),
    }
}

#[test]
fn counts_are_read_in_words_and_digits() {
    check("a cat", "1 cat");
    check("one cat", "1 cat");
    check("cat", "1 cat");
    check("2 cats", "2 cat");
    check("twelve apples", "12 apple");
    check("a pair of dogs", "2 dog");
    check("a couple of dogs", "2 dog");
    check("a pair of scissors", "1 scissors");
    check("two pairs of scissors", "2 scissors");
    check("half a dozen lemons", "6 lemon");
    check("a dozen lemons", "12 lemon");
    check("a single fish", "1 fish");
    check("three fish", "3 fish");
    check("exactly three people", "3 person");
    check("a cat and another cat", "2 cat");
}

#[test]
fn lead_ins_and_style_words_do_not_matter() {
    for lead in [
        "",
        "a photo of ",
        "A realistic photo of a scene with ",
        "Please draw ",
        "Can you paint me ",
        "A picture showing ",
        "There are ",
        "An image with ",
        "I would like to see a beautiful picture of ",
        "Draw a photorealistic, highly detailed image of ",
        "PLEASE SHOW ME: ",
        "photo of ",
        "a photo. ",
    ] {
        check(&format!("{lead}two cats"), "2 cat");
        check(&format!("{lead}two cats."), "2 cat");
        check(&format!("{lead}Two CATS!!"), "2 cat");
    }
}

#[test]
fn colors_and_materials_stand_before_or_after_the_noun() {
    check("a grey elephant", "1 gray elephant");
    check("a golden apple", "1 golden apple");
    check("a gold apple", "1 golden apple");
    check("a metallic car", "1 metal car");
    check("a chair made of wood", "1 wooden chair");
    check("a wooden chair", "1 wooden chair");
    check("a glass bottle", "1 glass bottle");
    check("an apple that is red", "1 red apple");
    check("three apples which are green", "3 green apple");
    check("three apples, all red", "3 red apple");
    check("a red-colored car", "1 red car");
    check("a car painted blue", "1 blue car");
    check("an orange", "1 orange");
    check("an orange orange", "1 orange orange");
    check("a brown orange", "1 brown orange");
    check("an orange cat", "1 orange cat");
    check("a cat that is orange", "1 orange cat");
    check("two cats, one black and one white", "1 black cat; 1 white cat");
    check("three cats: two orange and one white", "2 orange cat; 1 white cat");
    check("a red and a blue car", "1 red car; 1 blue car");
}

#[test]
fn several_objects_are_joined_by_commas_and_and() {
    check("a cat, two dogs and three birds", "1 cat; 2 dog; 3 bird");
    check("a cat, two dogs, and three birds", "1 cat; 2 dog; 3 bird");
    check("a cat & a dog", "1 cat; 1 dog");
    check("a cat along with a dog as well as a cow", "1 cat; 1 dog; 1 cow");
    check("a cat with a dog", "1 cat; 1 dog");
    check("a cat and an orange", "1 cat; 1 orange");
    check("an orange and a blue car", "1 orange; 1 blue car");
}

#[test]
fn relations_hold_between_objects() {
    check("a cat left of a dog", "1 cat; 1 dog; 0 left of 1");
    check("a cat to the right of a dog", "1 cat; 1 dog; 0 right of 1");
    check("a cat on the left side of a dog", "1 cat; 1 dog; 0 left of 1");
    check("a kite above a tree", "1 kite; 1 tree; 0 above 1");
    check("a kite over the tree", "1 kite; 1 tree; 0 above 1");
    check("a cat underneath a table", "1 cat; 1 dining table; 0 below 1");
    check("a cat on top of a car", "1 cat; 1 car; 0 on top of 1");
    check("a cat sitting on a chair", "1 cat; 1 chair; 0 on top of 1");
    check("a cat next to a dog", "1 cat; 1 dog; 0 next to 1");
    check("three red apples to the left of a blue cup", "3 red apple; 1 blue cup; 0 left of 1");
    check(
        "a cat is left of a dog and above a bird",
        "1 cat; 1 dog; 1 bird; 0 left of 1; 0 above 2",
    );
    check("a cat on a chair left of a dog", "1 cat; 1 chair; 1 dog; 0 on top of 1; 0 left of 2");
    check(
        "a cat left of a dog, and the dog is above a bird",
        "1 cat; 1 dog; 1 bird; 0 left of 1; 1 above 2",
    );
    check(
        "a cat left of a dog, a dog left of a cow",
        "1 cat; 1 dog; 1 cow; 0 left of 1; 1 left of 2",
    );
    check(
        "to the left of a blue cup there are three red apples",
        "1 blue cup; 3 red apple; 1 left of 0",
    );
    check("on a chair sits a cat", "1 chair; 1 cat; 1 on top of 0");
}

#[test]
fn sides_of_the_picture_are_not_relations() {
    check(
        "a cat on the left and a dog on the right",
        "1 cat; 1 dog; 0 left of canvas; 1 right of canvas",
    );
    check(
        "on the left a cat, on the right a dog",
        "1 cat; 1 dog; 0 left of canvas; 1 right of canvas",
    );
    check(
        "on the left there is a cat and on the right, a dog",
        "1 cat; 1 dog; 0 left of canvas; 1 right of canvas",
    );
    check("a kite at the top of the picture", "1 kite; 0 above canvas");
    check("a cat on the left side of the image", "1 cat; 0 left of canvas");
    check(
        "a kite at the top and a dog at the bottom",
        "1 kite; 1 dog; 0 above canvas; 1 below canvas",
    );
    check("a cat on the left and at the bottom", "1 cat; 0 left of canvas; 0 below canvas");
}

#[test]
fn what_must_be_absent_may_be_a_list() {
    check("a scene without cats", "no cat");
    check("a dog without any cats", "1 dog; no cat");
    check("a dog but no cat", "1 dog; no cat");
    check("a dog, no cats", "1 dog; no cat");
    check("a dog with no cats or birds", "1 dog; no cat; no bird");
    check("a dog without cats, birds and cows", "1 dog; no cat; no bird; no cow");
    check("no cats and no dogs", "no cat; no dog");
    check("no cats and a dog", "1 dog; no cat");
    check("zero cats and a dog", "1 dog; no cat");
    check("a beach without people", "no person; @beach");
    check("there are no cats on the street", "no cat; @street");
    check("a dog on a beach without people", "1 dog; no person; @beach");
}

#[test]
fn backgrounds_are_found_before_and_after_objects() {
    for background in ["beach", "desert", "meadow", "forest"] {
        check(&format!("a cat in a {background}"), &format!("1 cat; @{background}"));
    }
    check("two cats on the beach", "2 cat; @beach");
    check("On a beach, two cats", "2 cat; @beach");
    check("on a beach there are two cats", "2 cat; @beach");
    check("a beach with two cats", "2 cat; @beach");
    check("a beach scene with two cats", "2 cat; @beach");
    check("a photo of a beach", "@beach");
    check(
        "a dog sitting on a couch in the living room",
        "1 dog; 1 couch; 0 on top of 1; @living room",
    );
    check("a car at night", "1 car; @night");
    check("a sheep in the snow", "1 sheep; @snow");
    check("a boat at sunset", "1 boat; @sunset");
    check("a kitchen table", "1 dining table");
    check("a balloon over a meadow", "1 balloon; 0 above canvas; @meadow");
    check("a snowboard in the snow", "1 snowboard; @snow");
}

#[test]
fn the_longest_phrase_is_no_longer_than_the_lexicon_looks() {
    let n_words = |phrase: &String| phrase.split(' ').count();
    let longest = lexicon::PHRASES.keys().map(n_words).max();
    assert_eq!(longest, Some(lexicon::LONGEST_PHRASE));
}
