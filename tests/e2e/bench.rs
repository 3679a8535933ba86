//! Benchmarks through the real program, a few prompts each.

use crate::program::Place;

#[test]
fn correction_beats_blind_resampling_on_a_few_prompts() {
    let said = Place::new()
        .say(&["bench", "lmd", "--limit", "8", "--rounds", "3", "--format", "json"])
        .without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    let overall = value["categories"].as_array().unwrap().last().unwrap();
    let number = |name: &str| overall[name].as_f64().unwrap();
    let after = overall["after"].as_array().unwrap().last().unwrap().as_f64().unwrap();
    assert_eq!(overall["prompts"], 32);
    assert!(after > number("before") && after >= number("best_of_n"), "{overall}");
    assert!(value["sight"]["recall"].as_f64().unwrap() > 0.95, "{value}");
}

#[test]
fn geneval_runs_and_prints_a_table() {
    let said = Place::new()
        .say(&["bench", "geneval", "--limit", "2", "--rounds", "1", "--no-baseline"])
        .without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    for word in ["single_object", "color_attr", "overall", "the eye"] {
        assert!(said.out.contains(word), "{word}: {said:?}");
    }
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn a_benchmark_repeats_to_the_last_digit() {
    let place = Place::new();
    let measure = |jobs: &str| {
        let words =
            ["bench", "lmd", "--limit", "3", "--rounds", "1", "--format", "json", "-j", jobs];
        place.say(&words).json()["categories"].clone()
    };
    assert_eq!(measure("1"), measure("3"), "results do not depend on which run ends first");
}
