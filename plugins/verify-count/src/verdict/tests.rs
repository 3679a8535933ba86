//! What is said of too few, too many, and what must not be there.

use pentimento_sdk::{Place, Region};

use super::*;

/// An item in a box of its own.
fn item(name: &str, index: u16) -> Item {
    let (look, noun) = name.split_once(' ').map_or((None, name), |(look, noun)| (Some(look), noun));
    let region = Region { x: f32::from(index) / 300.0, y: 0.5, width: 0.1, height: 0.1 };
    let (natural, look) = (look.is_none(), look.map(str::to_owned));
    Item { noun: noun.to_owned(), look, natural, region, confidence: 0.9 }
}

fn counted(idea: &str, seen: &[&str]) -> Check {
    let items = (0..).zip(seen).map(|(index, name)| item(name, index));
    verdict(&scene::read(idea).unwrap(), &items.collect::<Vec<_>>())
}

#[track_caller]
fn check(idea: &str, seen: &[&str], proof: &str, expected: &[&str]) {
    let check = counted(idea, seen);
    let words = |one: &Finding| format!("{}: {}", one.code, one.message);
    assert_eq!(check.findings.iter().map(words).collect::<Vec<_>>(), expected, "{idea}");
    assert_eq!(check.proof, proof, "{idea}");
    let outcome = if expected.is_empty() { CheckOutcome::Pass } else { CheckOutcome::Fail };
    assert_eq!(check.outcome, outcome, "{idea}");
}

#[test]
fn the_right_number_is_proved() {
    check(
        "two red apples to the left of a blue cup",
        &["red apple", "blue cup", "red apple", "tree"],
        "asked for 2 apples, saw 2; asked for 1 cup, saw 1",
        &[],
    );
    check("no dogs on a beach", &["cat"], "asked for no dogs, saw 0", &[]);
}

#[test]
fn colors_are_not_counted_apart() {
    let proof = "asked for 3 apples, saw 3";
    check("two red apples and a green apple", &["red apple", "red apple", "apple"], proof, &[]);
}

#[test]
fn too_few_is_one_finding_with_the_places_of_the_others() {
    let idea = "four cats and a dog";
    check(
        idea,
        &["cat", "dog", "cat"],
        "asked for 4 cats, saw 2; asked for 1 dog, saw 1",
        &["count.missing: asked for 4 cats, saw 2: 2 are missing"],
    );
    let check = counted(idea, &["cat", "dog", "cat"]);
    let shown: Vec<_> =
        check.findings[0].evidence.iter().map(|one| (&*one.kind, &*one.text, one.value)).collect();
    assert_eq!(
        shown,
        [
            ("item", "cat", None),
            ("wanted", "4", Some(4.0)),
            ("seen", "2", Some(2.0)),
            ("box", "x 0.00 y 0.50 width 0.10 height 0.10", None),
            ("box", "x 0.01 y 0.50 width 0.10 height 0.10", None),
        ]
    );
    assert!(check.findings[0].place.is_none(), "nobody knows where it should be");
}

#[test]
fn too_many_is_a_finding_for_each_at_its_place() {
    check(
        "one cat",
        &["cat", "cat", "cat"],
        "asked for 1 cat, saw 3",
        &[
            "count.surplus: asked for 1 cat, saw 3: `cat #2` is too many",
            "count.surplus: asked for 1 cat, saw 3: `cat #3` is too many",
        ],
    );
    // The one of another color is the surplus one.
    let check = counted("one red apple", &["green apple", "red apple"]);
    assert!(matches!(check.findings[0].place, Some(Place::Region(region)) if region.x == 0.0));
    assert_eq!(check.findings[0].suggestion.as_ref().unwrap().action, "delete");
}

#[test]
fn what_must_not_be_there_is_counted_as_none() {
    check(
        "a cat without dogs",
        &["dog", "cat"],
        "asked for no dogs, saw 1; asked for 1 cat, saw 1",
        &["forbidden.present: asked for no dogs, saw 1: `dog #1`"],
    );
}

#[test]
fn a_crowd_gives_no_more_than_the_host_takes() {
    let crowd: Vec<&str> = std::iter::repeat_n("cat", 256).collect();
    let check = counted("twelve cats", &crowd);
    assert_eq!((check.findings.len(), &*check.proof), (64, "asked for 12 cats, saw 256"));
    let most = check.findings.iter().map(|one| one.evidence.len()).max();
    assert_eq!(most, Some(15), "the host takes 16");
}

#[test]
fn a_long_list_has_a_short_proof() {
    let nouns: Vec<&str> = ["cat", "computer keyboard", "traffic light", "teddy bear"].to_vec();
    let words =
        proof(nouns.iter().cycle().take(300).map(|noun| format!("asked for no {noun}, saw 0")));
    assert!(words.len() < 2_000 && words.ends_with("; and more"), "{words}");
}
