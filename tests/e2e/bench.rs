//! Benchmarks through the real program, a few prompts each.

use std::fs;

use serde_json::Value;

use crate::program::Place;

#[test]
fn correction_beats_blind_resampling_on_a_few_prompts() {
    let said = Place::new()
        .say(&["bench", "lmd", "--limit", "8", "--rounds", "3", "--seeds", "1", "--json"])
        .without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    let overall = value["categories"].as_array().unwrap().last().unwrap();
    let number = |name: &str| overall[name].as_f64().unwrap();
    let after = overall["after"].as_array().unwrap().last().unwrap().as_f64().unwrap();
    assert_eq!(overall["prompts"], 32);
    let against = overall["against"]["mean"].as_f64().unwrap();
    assert!(after > number("before") && after >= against, "{overall}");
    assert_eq!(overall["right"]["mean"].as_f64(), Some(after));
    assert!(value["comparison"]["gain"]["mean"].as_f64().unwrap() > 0.0, "{value}");
    let used = |what: &str| value[what]["images"].as_u64().unwrap();
    assert!(used("against_cost") <= used("cost"), "as many pictures on each prompt: {value}");
    assert!(value["sight"]["recall"].as_f64().unwrap() > 0.95, "{value}");
}

#[test]
fn geneval_runs_and_prints_a_table() {
    let said = Place::new()
        .say(&[
            "bench",
            "geneval",
            "--limit",
            "2",
            "--rounds",
            "1",
            "--no-baseline",
            "--seeds",
            "1",
        ])
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
            ["bench", "lmd", "--limit", "2", "--rounds", "1", "--seeds", "2", "--json", "-j", jobs];
        place.say(&words).json()["categories"].clone()
    };
    assert_eq!(measure("1"), measure("3"), "results do not depend on which run ends first");
}

#[test]
fn runs_of_ones_own_are_held_against_gold_answers_of_ones_own() {
    let place = Place::new();
    let ideas = ["How much is 2 + 3 * 4?", "How much is 12 - 5 - 4?", "How much is 6 * 7 + 8?"];
    let briefs = ideas.iter().flat_map(|idea| {
        ["1", "2"].map(|seed| format!("{{\"idea\": \"{idea}\", \"seed\": {seed}}}"))
    });
    place.write("briefs.jsonl", briefs.collect::<Vec<_>>().join("\n"));
    let words = ["run", "briefs.jsonl", "--recipe", "self-refine", "--format", "json"];
    let ran = place.say(&words).without_panic();
    let results: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(results.len(), 6, "{ran:?}");
    place.write(
        "gold.jsonl",
        "{\"input\": \"How much is 2 + 3 * 4?\", \"target\": 14}\n\
         {\"input\": \"How much is 6 * 7 + 8?\", \"target\": 50}\n\
         {\"input\": \"How much is 1 + 1?\", \"target\": 2}\n",
    );
    let said = place.say(&["runs", "measure", "gold.jsonl", "--format", "json"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let told = said.json();
    let counts = [&told["runs"], &told["asked"], &told["questions"]];
    assert_eq!(counts.map(|count| count.as_u64().unwrap()), [4, 2, 3], "{told}");
    let gold = [(ideas[0], "14"), (ideas[2], "50")];
    let is_right = |one: &&Value| {
        let text = one["text"].as_str().unwrap();
        gold.iter().any(|(idea, answer)| {
            one["idea"] == *idea && text.trim_end().ends_with(&format!("Answer: {answer}"))
        })
    };
    let right = results.iter().filter(is_right).count();
    let recipe = &told["recipes"][0];
    assert_eq!(recipe["recipe"], "self-refine");
    let share = recipe["accuracy"]["mean"].as_f64().unwrap();
    assert!(
        (share * 4.0 - f64::from(u32::try_from(right).unwrap())).abs() < 1e-9,
        "{right} {told}"
    );
    let shown = place.say(&["runs", "measure", "gold.jsonl"]).without_panic();
    for words in ["4 runs on 2 of 3 questions", "self-refine by round", "RSS"] {
        assert!(shown.out.contains(words), "{words}: {shown:?}");
    }
    // A run whose journal is gone to pieces is told, and the others count.
    let run = results[0]["run"].as_str().unwrap();
    place.write(&format!("runs/{run}/journal.jsonl"), "nonsense\n");
    let shown = place.say(&["runs", "measure", "gold.jsonl"]).without_panic();
    assert!(shown.out.contains(&format!("unreadable: 1 run, such as {run}")), "{shown:?}");
    // A picture is no answer.
    place.say(&["refine", "two red apples", "--rounds", "0", "--quiet"]).without_panic();
    place.write("other.jsonl", "{\"input\": \"two red apples\", \"target\": 2}");
    let refused = place.say(&["runs", "measure", "other.jsonl"]).without_panic();
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("no finished run in `runs` is on a question of"), "{refused:?}");
    // Of two answers to one question nobody can say which is right.
    let (two, blank) = ("{\"input\": \"2 + 2?\", \"target\": 4}", "\n\n");
    place.write("two.jsonl", [two, blank, &two.replace('4', "5")].concat());
    let refused = place.say(&["runs", "measure", "two.jsonl"]).without_panic();
    assert_eq!(refused.code, Some(2), "{refused:?}");
    for told in
        ["lines 1 and 3 of `two.jsonl` give different answers", "hint: leave one of them out"]
    {
        assert!(refused.err.contains(told), "{refused:?}");
    }
}

#[test]
fn blind_resampling_gets_as_many_calls_as_the_costliest_recipe_took() {
    // By the short name of the pictures' recipe, too.
    let words = ["bench", "arithmetic", "--recipe", "promptbreeder", "--against", "best-of-n"];
    let flags = ["--limit", "3", "--seeds", "1", "--format", "json"];
    let said = Place::new().say(&[&words[..], &flags].concat()).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    let calls = |one: &str| value[one]["calls"].as_f64().unwrap();
    assert_eq!(value["against"]["recipe"], "best-of-n-text");
    assert!(calls("recipe") > 40.0, "{value}");
    assert!((calls("against") - calls("recipe")).abs() < 1.0, "{value}");
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
    let calls = |one: &Value| one["calls"].as_f64().unwrap();
    assert!(calls(against) <= calls(recipe), "as many calls on each question: {value}");
    assert!(calls(against) > 0.5 * calls(recipe), "what is proved ends it early: {value}");
    let rounds = recipe["by_round"].as_array().unwrap().iter();
    let rounds: Vec<f64> = rounds.map(|one| one["mean"].as_f64().unwrap()).collect();
    assert!(rounds.is_sorted() && rounds.len() == 3, "a sound verifier helps: {rounds:?}");
    assert_eq!((&recipe["precision"], &recipe["change"]["to_wrong"]), (&1.0.into(), &0.0.into()));
    let judge = &against["judge"];
    assert!(judge["choice"]["gap"]["low"].as_f64().unwrap() > 0.0, "a sound verifier: {judge}");
    for what in ["by_calls", "by_tokens"] {
        let places = recipe[what].as_array().unwrap();
        assert!(places.is_sorted_by_key(|one| one["most"].as_u64()), "{places:?}");
    }
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
    for (task, traces, agrees) in [("multistep_arithmetic", 300, 0.9), ("word_sorting", 100, 0.8)] {
        let tasks = value["tasks"].as_array().unwrap();
        let one = tasks.iter().find(|one| one["task"] == task).unwrap();
        assert_eq!((&one["traces"], &one["undecided"]), (&traces.into(), &0.into()));
        assert!(one["agrees"]["mean"].as_f64().unwrap() > agrees, "{one}");
        // Where it disagrees it proves an earlier step false; at most one trace in a hundred is left.
        let left = one["label_not_found"].as_u64().unwrap();
        assert!(left * 100 <= traces, "{one}");
        // And a second computation finds the same first false step in nearly all.
        let unproved = one["unproved"].as_array().unwrap().len();
        assert!(unproved * 100 <= usize::try_from(traces).unwrap(), "{one}");
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

#[test]
fn equal_tokens_are_measured_and_pictures_are_not_calls() {
    let words = ["bench", "arithmetic", "--limit", "20", "--equal", "tokens", "--json"];
    let value = Place::new().say(&words).without_panic().json();
    let tokens = |who: &str| value[who]["tokens"].as_f64().unwrap();
    // A call is not cut in two, so what is left over is less than a call.
    assert!(tokens("against") <= tokens("recipe"), "{value}");
    assert!(tokens("against") > 0.5 * tokens("recipe"), "{value}");
    for words in [
        ["bench", "arithmetic", "--equal", "pictures"],
        ["bench", "lmd", "--equal", "tokens"],
        ["bench", "lmd", "--equal", "nothing"],
    ] {
        let said = Place::new().say(&words).without_panic();
        assert_eq!(said.code, Some(2), "{said:?}");
    }
}

#[test]
fn a_biased_judge_is_told_with_and_without_the_truth_and_the_figures_make_a_page() {
    let place = Place::of_user("[roles]\nwriter = \"simulated/vain\"\n");
    let words = [
        "bench",
        "arithmetic",
        "--limit",
        "40",
        "--rounds",
        "4",
        "--held-out",
        "verify-steps",
        "--html",
        "figures.html",
    ];
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    for told in ["the judge rises", "the truth", "verify-steps", "Brier", "RSS", "McNemar"] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
    let page = fs::read_to_string(place.path().join("figures.html")).unwrap();
    for told in ["<polyline", "Right drafts by calls", "Stated and true", "bench arithmetic"] {
        assert!(page.contains(told), "{told}");
    }
    assert!(!page.contains("<script"), "it is read without one");
}

#[test]
fn a_page_that_has_no_place_is_refused_before_anything_is_measured() {
    let place = Place::new();
    fs::create_dir(place.path().join("folder")).unwrap();
    for task in ["lmd", "arithmetic"] {
        for page in ["no/such/page.html", "folder"] {
            let said = place.say(&["bench", task, "--html", page]).without_panic();
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
            assert!(said.err.contains("hint: name a file in a folder that is there"), "{said:?}");
            assert!(!said.err.contains("report"), "{said:?}");
        }
    }
    let left: Vec<_> = fs::read_dir(place.path()).unwrap().map(|one| one.unwrap()).collect();
    assert!(left.iter().all(|one| !one.file_name().to_string_lossy().starts_with(".new-")));
}

#[test]
fn an_option_that_means_nothing_to_a_benchmark_is_refused_before_anything_is_measured() {
    let place = Place::new();
    for (task, words) in [
        ("judge", "--html page.html"),
        ("judge", "--recipe self-refine"),
        ("judge", "--painter embedded"),
        ("big-bench-mistake", "--html page.html"),
        ("big-bench-mistake", "--rounds 1"),
        ("big-bench-mistake", "--against best-of-n"),
        ("big-bench-mistake", "--no-baseline"),
        ("big-bench-mistake", "--seeds 3"),
        ("big-bench-mistake", "--plugin verify-steps"),
        ("detector", "--equal pictures"),
        ("detector", "--jobs 1"),
        ("lmd", "--data questions.jsonl"),
        ("geneval", "--live"),
        ("geneval", "--also sld"),
        ("lmd", "--tokens 5"),
    ] {
        let said = [&["bench", task], words.split(' ').collect::<Vec<_>>().as_slice()].concat();
        let said = place.say(&said).without_panic();
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{task} {words}: {said:?}");
        let option = words.split(' ').next().unwrap();
        let told = format!("`{option}` means nothing to the benchmark `{task}`");
        assert!(
            said.err.contains(&told) && said.err.contains("leave it out; it is for"),
            "{said:?}"
        );
    }
}

#[test]
fn recipes_that_look_again_compete_with_as_many_looks_over_pictures_whose_truth_stays_outside() {
    let words = ["bench", "counting", "--limit", "6", "--seeds", "2", "--json"];
    let volcano = Place::new().say(&words).without_panic();
    assert_eq!(volcano.code, Some(0), "{volcano:?}");
    let value = volcano.json();
    assert_eq!((&value["role"], &value["questions"]), (&"seer".into(), &6.into()));
    assert!(value["writer"].as_str().unwrap().starts_with("simulated/typical"), "{value}");
    assert_eq!(value["recipe"]["recipe"], "volcano");
    let other = &value["against"];
    assert_eq!(other["recipe"], "best-of-n-sight");
    assert!(other["calls"].as_f64() <= value["recipe"]["calls"].as_f64(), "{value}");
    assert!(value["comparison"]["gain"]["mean"].is_number(), "{value}");
    let again = Place::new().say(&words).without_panic();
    assert_eq!(again.out, volcano.out, "the same pictures, the same answers");
    let told = Place::new().say(&["bench", "counting", "--limit", "2", "--recipe", "lookback"]);
    let told = told.without_panic();
    assert!(told.out.contains("seer simulated/typical"), "{told:?}");
    assert!(told.out.contains("the seer is a simulation"), "{told:?}");
}

#[test]
fn recipes_without_eyes_are_refused_where_pictures_are_asked_about_and_the_other_way_round() {
    for (task, more, complaint) in [
        ("counting", &["--recipe", "self-refine"][..], "`self-refine` does not make what"),
        ("counting", &["--against", "best-of-n-text"], "`best-of-n-text` does not make what"),
        ("counting", &["--data", "own.jsonl"], "`counting` draws its own pictures"),
        ("arithmetic", &["--recipe", "volcano"], "`volcano` does not make what"),
    ] {
        let said = Place::new().say(&[&["bench", task, "--limit", "2"], more].concat());
        let said = said.without_panic();
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
        assert!(said.err.contains(complaint) && said.err.contains("hint:"), "{said:?}");
    }
}

#[test]
fn a_judge_is_asked_in_both_orders() {
    let roles = "[roles]\nwriter = \"simulated/hasty\"\njudge = \"simulated/careful\"\n";
    let words = ["bench", "judge", "--limit", "60", "--seeds", "2"];
    let place = Place::of_user(roles);
    let said = place.say(&words).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("its own answers against those of simulated/hasty"), "{said:?}");
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let value = place.say(&[&words[..], &["--json"]].concat()).json();
    let picks = &value["picks"];
    assert!(picks["right"]["low"].as_f64().unwrap() > 0.6, "a careful judge sees most: {value}");
    let position = &picks["position"];
    let (low, high) = (position["low"].as_f64().unwrap(), position["high"].as_f64().unwrap());
    assert!(low <= 0.0 && high >= 0.0, "it was set to have no bias of place: {value}");
    let alone = Place::new().say(&["bench", "judge", "--limit", "20", "--json"]).json();
    assert_eq!((&alone["same_model"], &alone["picks"]["own"]), (&true.into(), &Value::Null));
}
