//! What is said of pictures that keep and break relations.

use std::fmt::Write as _;

use pentimento_sdk::Place;

use super::*;

/// Boxes by name, as fractions of the picture.
const LEFT: [f32; 4] = [0.05, 0.4, 0.2, 0.2];
const RIGHT: [f32; 4] = [0.7, 0.4, 0.2, 0.2];
const TOP: [f32; 4] = [0.4, 0.05, 0.2, 0.2];
const BOTTOM: [f32; 4] = [0.4, 0.7, 0.2, 0.2];
const MIDDLE: [f32; 4] = [0.4, 0.4, 0.2, 0.2];

fn item((name, [x, y, width, height]): (&str, [f32; 4])) -> Item {
    let (look, noun) = name.split_once(' ').map_or((None, name), |(look, noun)| (Some(look), noun));
    let region = Region { x, y, width, height };
    let (natural, look) = (look.is_none(), look.map(str::to_owned));
    Item { noun: noun.to_owned(), look, natural, region, confidence: 0.9 }
}

fn critique(idea: &str, seen: &[(&str, [f32; 4])]) -> Critique {
    let items: Vec<Item> = seen.iter().copied().map(item).collect();
    verdict(&scene::read(idea).unwrap(), &items)
}

/// The findings as `code: message`, and the score.
#[track_caller]
fn check(idea: &str, seen: &[(&str, [f32; 4])], score: Option<f32>, expected: &[&str]) {
    let critique = critique(idea, seen);
    let words = |one: &Finding| format!("{}: {}", one.code, one.message);
    assert_eq!(critique.findings.iter().map(words).collect::<Vec<_>>(), expected, "{idea}");
    assert_eq!(critique.score, score, "{idea}");
    assert_eq!(critique.abstain, None, "{idea}");
}

#[test]
fn every_relation_is_told_kept_or_broken() {
    let idea = "two red apples to the left of a blue cup";
    check(
        idea,
        &[("red apple", LEFT), ("red apple", TOP), ("blue cup", RIGHT)],
        Some(1.0),
        &["relation.kept: asked for 2 red apples left of 1 blue cup, and so it is"],
    );
    check(
        idea,
        &[("red apple", RIGHT), ("red apple", LEFT), ("blue cup", MIDDLE)],
        Some(0.0),
        &["relation.violated: `red apple #1` should be left of `blue cup #1`, and is right of \
           and next to `blue cup #1`"],
    );
    check(
        "a cat left of a dog and above a kite",
        &[("cat", LEFT), ("dog", RIGHT), ("kite", TOP)],
        Some(0.5),
        &[
            "relation.violated: `cat #1` should be above `kite #1`, and is left of, below and next \
             to `kite #1`",
            "relation.kept: asked for 1 cat left of 1 dog, and so it is",
        ],
    );
}

#[test]
fn sides_of_the_picture_are_judged_as_well() {
    check(
        "a cat on the left and a dog on the right",
        &[("cat", BOTTOM), ("dog", RIGHT)],
        Some(0.5),
        &[
            "relation.violated: `cat #1` should be on the left of the picture, and is at the bottom \
             of the picture",
            "relation.kept: asked for 1 dog on the right of the picture, and so it is",
        ],
    );
    check(
        "a cat on the left",
        &[("cat", [0.25, 0.25, 0.5, 0.5])],
        Some(0.0),
        &[
            "relation.violated: `cat #1` should be on the left of the picture, and is in the middle \
           of the picture",
        ],
    );
}

#[test]
fn what_lies_in_one_place_lies_to_no_side() {
    check(
        "a cat on top of a car",
        &[("cat", MIDDLE), ("car", MIDDLE)],
        Some(0.0),
        &["relation.violated: `cat #1` should be on top of `car #1`, and is to no clear side of \
           `car #1`"],
    );
}

#[test]
fn what_is_not_there_is_not_judged() {
    check(
        "a cat left of a dog",
        &[("cat", RIGHT), ("kite", LEFT)],
        None,
        &["relation.unseen: asked for 1 cat left of 1 dog, and there is no dog to judge by"],
    );
    check(
        "a cat left of a dog",
        &[],
        None,
        &[
            "relation.unseen: asked for 1 cat left of 1 dog, and there is no cat, no dog to judge by",
        ],
    );
    assert!(critique("a cat left of a dog", &[]).confidence.abs() < f32::EPSILON);
}

#[test]
fn the_item_that_fits_best_stands_for_what_was_asked() {
    // Of two cats the one that lies right counts; that there are too many is for others to say.
    check(
        "a cat left of a dog",
        &[("cat", RIGHT), ("dog", MIDDLE), ("cat", LEFT)],
        Some(1.0),
        &["relation.kept: asked for 1 cat left of 1 dog, and so it is"],
    );
    // A lemon in its natural colors is a yellow lemon.
    check(
        "a yellow lemon left of a green lemon",
        &[("green lemon", RIGHT), ("lemon", LEFT)],
        Some(1.0),
        &["relation.kept: asked for 1 yellow lemon left of 1 green lemon, and so it is"],
    );
}

#[test]
fn a_broken_relation_names_both_ends_and_their_boxes() {
    let critique = critique("a cat left of a dog", &[("cat", RIGHT), ("dog", LEFT)]);
    let finding = &critique.findings[0];
    let shown: Vec<_> = finding.evidence.iter().map(|one| (&*one.kind, &*one.text)).collect();
    assert_eq!(
        shown,
        [
            ("item", "cat #1"),
            ("relation", "left of"),
            ("target", "dog #1"),
            ("box", "x 0.05 y 0.40 width 0.20 height 0.20"),
            ("required", "left of `dog #1`"),
            ("actual", "right of `dog #1`"),
        ]
    );
    assert!(matches!(finding.place, Some(Place::Region(region)) if region.x == RIGHT[0]));
    assert_eq!(finding.severity, Severity::Major);
    assert!((critique.confidence - 0.9).abs() < f32::EPSILON);
}

#[test]
fn an_idea_of_hundreds_of_relations_gets_few_findings() {
    let nouns = ["cat", "dog", "kite", "car", "cup", "tree", "book", "bird", "cow", "bear"];
    let mut idea = String::new();
    for one in nouns {
        let others = nouns.iter().filter(|other| **other != one);
        let mut relations =
            others.flat_map(|other| [format!(" left of a {other}"), format!(" above a {other}")]);
        let first = relations.next().unwrap();
        write!(idea, "{}a {one}{first}", if idea.is_empty() { "" } else { ", " }).unwrap();
        relations.for_each(|relation| write!(idea, " and{relation}").unwrap());
    }
    let asked = scene::read(&idea).unwrap();
    assert_eq!(asked.relations.len(), 180);
    let seen: Vec<Item> = nouns.iter().map(|noun| item((noun, MIDDLE))).collect();
    let critique = verdict(&asked, &seen);
    assert_eq!((critique.findings.len(), critique.score), (MOST_FINDINGS, Some(0.0)));
    // What is broken comes before what is kept.
    assert!(critique.findings.iter().all(|one| one.severity == Severity::Major));
}
