use pentimento_model::{Layout, Region};
use pentimento_prompts::sld::Sighting;

use super::*;
use crate::speaker::{quiz, scene};

/// Things in a row from left to right, each with its look, in the order of their names.
fn row(things: &str) -> Glance {
    let things: Vec<&str> = things.split(", ").filter(|thing| !thing.is_empty()).collect();
    let seen = (0_u8..).zip(things).map(|(at, thing)| {
        let (look, noun) = thing.split_once(' ').unwrap();
        Sighting {
            noun: noun.to_owned(),
            attribute: Attribute::from_word(look),
            usual: look == "usual",
            sure: 0.9,
            region: Region::new(f32::from(at) * 0.12, 0.4, 0.1, 0.1).unwrap(),
        }
    });
    Glance::of_sightings(&seen.collect::<Vec<_>>())
}

fn of(idea: &str) -> Constraints {
    read(idea).unwrap()
}

fn lines(idea: &str) -> Vec<String> {
    facts(&of(idea)).iter().map(|fact| format!("{}: {}", fact.kind, fact.text)).collect()
}

#[test]
fn an_idea_is_taken_apart_things_first() {
    assert_eq!(
        lines("two red apples left of a blue cup, no dogs"),
        [
            "entity: there is at least one apple",
            "count: there are exactly two apples",
            "attribute: every apple is red",
            "entity: there is at least one cup",
            "count: there is exactly one cup",
            "attribute: every cup is blue",
            "relation: every red apple is left of every blue cup",
            "entity: there is no dog",
        ]
    );
    assert_eq!(
        lines("two red apples and one green apple"),
        [
            "entity: there is at least one apple",
            "attribute: there are exactly two red apples and one green apple",
        ]
    );
    assert_eq!(
        lines("a cat on the left of the picture").last().unwrap(),
        "relation: every cat is on the left of the picture"
    );
}

#[test]
fn what_is_said_of_a_thing_needs_that_it_is_there() {
    let texts: Vec<String> = facts(&of("two red apples left of a blue cup, no dogs"))
        .into_iter()
        .map(|fact| fact.text)
        .collect();
    let parents = parents_in_json(&texts);
    assert_eq!(parents.to_string(), r#"{"parents":[[],[1],[1],[],[4],[4],[1,4],[]]}"#);
    let strange = ["the moon is sad".to_owned(), "every  is red".to_owned()];
    assert_eq!(parents_in_json(&strange).to_string(), r#"{"parents":[[],[]]}"#);
}

#[test]
fn a_fact_holds_or_not_whatever_else_is_there() {
    for (fact, things, expected) in [
        ("there is at least one apple", "red apple, red apple", Some(true)),
        ("there is at least one apple", "red cup", Some(false)),
        ("there are exactly two apples", "red apple, plain apple, red cup", Some(true)),
        ("there are exactly two apples", "red apple, plain apple, red apple", Some(false)),
        (
            "there are exactly two red apples and one green apple",
            "red apple, green apple, red apple",
            Some(true),
        ),
        (
            "there are exactly two red apples and one green apple",
            "red apple, green apple, green apple",
            Some(false),
        ),
        ("every apple is red", "red apple, usual apple, blue cup", Some(true)),
        ("every apple is red", "red apple, blue apple", Some(false)),
        ("every banana is yellow", "usual banana", Some(true)),
        ("every banana is blue", "usual banana", Some(false)),
        ("every red apple is left of every cup", "red apple, plain cup", Some(true)),
        ("every red apple is left of every cup", "plain cup, red apple", Some(false)),
        ("every red apple is left of every cup", "red apple, red apple, plain cup", Some(true)),
        ("every red apple is left of every cup", "red apple, plain cup, red apple", Some(false)),
        ("every red apple is left of every cup", "red apple", Some(false)),
        ("every red apple is left of every cup", "green apple, plain cup", Some(false)),
        ("every cup is next to one apple", "red apple, plain cup, usual dog", Some(true)),
        ("every cup is on the left of the picture", "plain cup, usual dog", Some(true)),
        ("every ghost is left of every cup", "plain cup", None),
        ("there is no dog", "red apple", Some(true)),
        ("there is no dog", "usual dog", Some(false)),
        ("the moon is sad", "usual dog", None),
        ("there is at least one ghost", "usual dog", None),
        ("every ghost is red", "usual dog", None),
        ("", "usual dog", None),
    ] {
        assert_eq!(holds(fact, &row(things)), expected, "{fact} | {things}");
    }
}

#[test]
fn likelihoods_tell_pictures_apart_and_only_the_right_one_is_likely() {
    let wanted = of("two red apples left of a blue cup");
    let likely = |things: &str| likelihood(&wanted, &row(things));
    let right = likely("red apple, red apple, blue cup");
    let (near, far) = (likely("red apple, red apple, red cup"), likely("usual dog"));
    assert!((right - 1.0).abs() < 1e-9 && near < 0.5 && far < near, "{right} {near} {far}");
    assert!(likely("red apple, red apple, blue cup, usual dog") < 0.5, "one thing too many");
}

/// The layout that the rules themselves would paint of an idea.
fn right(idea: &str) -> Glance {
    let layout: Layout = propose(&of(idea), &Layout::default()).layout;
    let seen = layout.items.into_iter().map(|item| Sighting {
        noun: item.name.noun,
        usual: item.name.attribute.is_none(),
        attribute: item.name.attribute,
        sure: 1.0,
        region: item.region,
    });
    Glance::of_sightings(&seen.collect::<Vec<_>>())
}

#[test]
fn of_a_right_picture_every_fact_holds_and_every_question_is_answered_right() {
    for idea in [
        "a cat",
        "two red apples left of a blue cup",
        "two red apples and one green apple",
        "a golden dog on top of a bench, no cats",
        "twelve apples",
        "a cat on the left of the picture",
        "three glass cups below a person",
    ] {
        let (wanted, glance) = (of(idea), right(idea));
        for fact in facts(&wanted) {
            assert_eq!(holds(&fact.text, &glance), Some(true), "{idea}: {}", fact.text);
        }
        let quiz = quiz::quiz_in_json(&wanted);
        for one in quiz["questions"].as_array().unwrap() {
            let question = one["question"].as_str().unwrap().to_owned();
            let choices: Vec<String> = one["choices"]
                .as_array()
                .unwrap()
                .iter()
                .map(|choice| choice.as_str().unwrap().to_owned())
                .collect();
            let answer = one["answer"].as_str().unwrap();
            assert!(choices.iter().any(|choice| choice == answer), "{one}");
            assert_eq!(quiz::from_words(&question, &wanted), answer, "{idea}: {one}");
            assert_eq!(quiz::from_words(&question, &of("a zebra")), "not said", "{idea}: {one}");
            let query = crate::speaker::asked::Query { question, choices };
            assert_eq!(
                quiz::from_picture(&query, &glance).as_deref(),
                Some(answer),
                "{idea}: {one}"
            );
            let other = quiz::from_picture(&query, &row("usual zebra")).unwrap();
            assert!(
                other != answer && query.choices.contains(&other)
                    || query.question.contains("there is no")
                    || query.question.contains("every"),
                "{one}: {other}"
            );
        }
        let compared = scene::compared(&wanted, &scene::caption(&glance)).unwrap();
        assert_eq!(compared["differences"].as_array().unwrap().len(), 0, "{idea}: {compared}");
        let lost = scene::compared(&wanted, &scene::caption(&row(""))).unwrap();
        assert!(!lost["differences"].as_array().unwrap().is_empty(), "{idea}");
    }
    assert_eq!(scene::compared(&of("a cat"), "A photo of a cat at night."), None);
}
