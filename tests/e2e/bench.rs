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

#[test]
fn a_recipe_for_texts_is_measured_at_equal_calls_with_intervals() {
    let words = [
        "bench",
        "arithmetic",
        "--limit",
        "30",
        "--seeds",
        "2",
        "--plugin",
        "verify-steps",
        "--rounds",
        "2",
        "--format",
        "json",
    ];
    let measure = |jobs: &str| {
        let said = Place::new().say(&[&words[..], &["-j", jobs]].concat()).without_panic();
        assert_eq!(said.code, Some(0), "{said:?}");
        said.json()
    };
    let value = measure("1");
    assert_eq!(value, measure("3"), "results do not depend on which run ends first");
    let (recipe, against) = (&value["recipe"], &value["against"]);
    assert_eq!(
        (&recipe["recipe"], &against["recipe"]),
        (&"self-refine".into(), &"best-of-n-text".into())
    );
    assert_eq!((&recipe["calls_allowed"], &against["calls_allowed"]), (&5.into(), &5.into()));
    let rounds: Vec<f64> =
        recipe["by_round"].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect();
    assert!(rounds.is_sorted() && rounds.len() == 3, "a sound verifier helps: {rounds:?}");
    assert_eq!((&recipe["precision"], &recipe["to_wrong"]), (&1.0.into(), &0.0.into()));
    let gain = &value["comparison"]["gain"];
    assert!(gain["low"].as_f64() <= gain["mean"].as_f64(), "{gain}");
    assert_eq!(value["questions"], 30);
}

#[test]
fn a_bench_of_texts_fits_the_screen_and_says_that_a_simulation_wrote() {
    let said = Place::new().say(&["bench", "arithmetic", "--limit", "5"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("this says nothing of any model"), "{said:?}");
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
}

#[test]
fn the_first_mistake_of_a_trace_is_found_by_computation() {
    let said = Place::new().say(&["bench", "big-bench-mistake", "--format", "json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.without_panic().json();
    for (task, traces, agrees) in [("multistep_arithmetic", 300, 0.93), ("word_sorting", 100, 0.8)]
    {
        let tasks = value["tasks"].as_array().unwrap();
        let one = tasks.iter().find(|one| one["task"] == task).unwrap();
        assert_eq!((&one["traces"], &one["undecided"]), (&traces.into(), &0.into()));
        assert!(one["agrees"]["mean"].as_f64().unwrap() > agrees, "{one}");
        // Where it disagrees it proves an earlier step false; at most one trace in a hundred is left.
        let left = one["label_not_found"].as_u64().unwrap();
        assert!(left * 100 <= traces, "{one}");
    }
}

#[test]
fn questions_in_words_need_a_model_and_a_file_must_be_there() {
    for (words, code, complaint) in [
        (&["bench", "gsm8k", "--limit", "1"][..], 2, "role `writer`"),
        (&["bench", "gsm8k", "--data", "nowhere.jsonl"], 2, "`nowhere.jsonl` cannot be read"),
        (
            &["bench", "arithmetic", "--recipe", "sld"],
            2,
            "does not make what this benchmark asks for",
        ),
        (
            &["bench", "arithmetic", "--against", "sld"],
            2,
            "does not make what this benchmark asks for",
        ),
        (
            &["bench", "lmd", "--recipe", "self-refine"],
            2,
            "does not make what this benchmark asks for",
        ),
        (&["bench", "arithmetic", "--plugin", "verify-nothing"], 6, "verify-nothing"),
    ] {
        let said = Place::new().say(words).without_panic();
        assert_eq!(said.code, Some(code), "{said:?}");
        assert!(said.err.contains(complaint), "{complaint}: {said:?}");
    }
}
