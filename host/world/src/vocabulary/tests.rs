use std::collections::BTreeSet;

use super::*;

#[test]
fn the_first_eighty_nouns_are_the_classes_of_geneval_in_their_order() {
    let classes = include_str!("../../../../assets/benchmarks/geneval/object_names.txt");
    let names: Vec<&str> = NOUNS.iter().map(|noun| noun.name).take(80).collect();
    assert_eq!(names, classes.lines().collect::<Vec<_>>());
    assert_eq!(NOUNS.len(), 90);
}

#[test]
fn no_form_names_two_nouns() {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for noun in NOUNS {
        for (form, _) in noun.forms() {
            owners.entry(form).or_default().insert(noun.name);
        }
    }
    let shared: Vec<_> = owners.iter().filter(|(_, names)| names.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:?}");
}

#[test]
fn sizes_and_aspects_are_within_their_documented_range() {
    for noun in NOUNS {
        assert!((0.12..=0.5).contains(&noun.size), "{}", noun.name);
        assert!((0.2..=5.0).contains(&noun.aspect), "{}", noun.name);
    }
}

fn check(form: &str, name: &str, number: Number) {
    let (noun, found) = lookup(form).unwrap_or_else(|| panic!("`{form}` is not known"));
    assert_eq!((noun.name, found), (name, number), "{form}");
}

#[test]
fn irregular_plurals_and_synonyms_are_known() {
    check("people", "person", Number::Plural);
    check("persons", "person", Number::Plural);
    check("knives", "knife", Number::Plural);
    check("knifes", "knife", Number::Plural);
    check("sheep", "sheep", Number::Either);
    check("sheeps", "sheep", Number::Plural);
    check("computer mice", "computer mouse", Number::Plural);
    check("pair of scissors", "scissors", Number::Singular);
    check("pairs of scissors", "scissors", Number::Plural);
    check("skis", "skis", Number::Either);
    check("aeroplane", "airplane", Number::Singular);
    check("fish", "fish", Number::Either);
    check("fishes", "fish", Number::Plural);
}
