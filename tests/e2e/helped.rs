//! Plugins that have the eye look for them: in runs, on trial, measured, and asking for what is not
//! there.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::{
    plugin::{component, refused},
    program::Place,
    refine,
};

const IDEA: &str = "two red apples to the left of a blue cup";

/// Has the plugins join the runs of this place.
fn with_plugins(place: &Place) {
    place.write("pentimento.toml", "[plugins.critic-layout]\n[plugins.verify-count]\n");
}

/// What this plugin said in the place's only run, candidate by candidate.
fn said_by(folder: &Path, plugin: &str) -> Vec<Value> {
    let events = refine::events(folder).into_iter().map(|record| record["event"].clone());
    let assessed = events.filter(|event| event["type"] == "assessed");
    let own = assessed.map(|event| event["assessment"].clone());
    own.filter(|one| one["assessor"]["name"] == plugin).collect()
}

/// Code and place of the findings that weigh anything and whose code begins so, place by place.
fn faults(findings: &Value, codes: &[&str]) -> BTreeSet<String> {
    let findings = findings.as_array().unwrap().iter();
    let faults = findings.filter(|one| one["severity"] != "note");
    let begins =
        |one: &&Value| codes.iter().any(|code| one["code"].as_str().unwrap().starts_with(code));
    faults.filter(begins).map(|one| format!("{} {}", one["code"], one["place"])).collect()
}

#[test]
fn places_and_numbers_are_told_in_runs_as_the_controller_sees_them() {
    let (mut broken, mut miscounted) = (0, 0);
    for seed in ["1", "2", "3", "4", "5", "6"] {
        let place = Place::new();
        with_plugins(&place);
        let words = ["refine", IDEA, "--rounds", "0", "--seed", seed, "--preset", "hopeless"];
        place.say(&words).without_panic();
        let folder = place.run_folder();
        let mut events = refine::events(&folder).into_iter().map(|record| record["event"].clone());
        let proposed = events.find(|event| event["type"] == "reviewed").unwrap();
        let (layout, count) = (said_by(&folder, "critic-layout"), said_by(&folder, "verify-count"));
        let relations = faults(&layout[0]["findings"], &["relation."]);
        assert_eq!(relations, faults(&proposed["findings"], &["relation."]), "seed {seed}");
        broken += relations.len();
        // The controller says where what is missing should be, and the verifier does not; and a
        // thing that nobody asked for is nothing the verifier counts.
        let surplus = faults(&count[0]["findings"], &["count.surplus"]);
        let by_controller = faults(&proposed["findings"], &["count.surplus"]);
        assert!(surplus.is_subset(&by_controller), "seed {seed}: {surplus:?} {by_controller:?}");
        let missing = |findings| !faults(findings, &["count.missing"]).is_empty();
        let is_missing = missing(&proposed["findings"]);
        assert_eq!(missing(&count[0]["findings"]), is_missing, "seed {seed}");
        let wrong = is_missing || !surplus.is_empty();
        assert_eq!(count[0]["outcome"], if wrong { "fail" } else { "pass" }, "seed {seed}");
        miscounted += usize::from(wrong);
    }
    assert!(broken > 0 && miscounted > 0, "{broken} {miscounted}: nothing was compared");
}

#[test]
fn a_run_is_corrected_until_both_are_content() {
    let place = Place::new();
    place.write(
        "pentimento.toml",
        "[plugins.critic-layout]\nmode = \"enforce\"\n[plugins.verify-count]\nmode = \"enforce\"\n",
    );
    let said = place.say(&["refine", IDEA, "--seed", "3"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let folder = place.run_folder();
    let counts = said_by(&folder, "verify-count");
    assert_eq!(counts[0]["outcome"], "fail", "the first picture has too many apples");
    assert!(counts.iter().any(|one| one["outcome"] == "pass"), "{counts:?}");
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    for words in ["critic-layout", "verify-count", "asked for 2 apples, saw 4", "and so it is"] {
        assert!(page.contains(words), "{words}");
    }
    let shown = place.say(&["show", "latest"]).without_panic();
    assert!(shown.out.contains("verify-count (enforce) checked: fail"), "{shown:?}");
}

/// A project of the counter, built, that asks to call these.
fn counter(place: &Place, asked: &str) -> String {
    let folder = place.path().join("counter");
    fs::create_dir_all(folder.join("cases")).unwrap();
    fs::create_dir_all(folder.join("target/plugin")).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/verify-count");
    let manifest = fs::read_to_string(own.join("plugin.toml")).unwrap();
    let manifest = manifest.replace("[\"critic-detector\"]", asked);
    fs::write(folder.join("plugin.toml"), manifest).unwrap();
    for file in ["cases/as-many-as-asked.toml", "cases/two-apples-and-cup.jpg"] {
        fs::copy(own.join(file), folder.join(file)).unwrap();
    }
    fs::copy(component("verify_count"), folder.join("target/plugin/verify-count.wasm")).unwrap();
    "counter".to_owned()
}

#[test]
fn a_plugin_on_trial_has_bundled_ones_work_for_it() {
    let place = Place::new();
    let counter = counter(&place, "[\"critic-detector\"]");
    let said = place.say(&["plugin", "test", &counter]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(!said.out.contains("note"), "{said:?}");
    let figures = place.say(&["plugin", "bench", &counter, "--format", "json"]).json();
    assert!(figures["call-p50-us"].as_f64().unwrap() > 0.0, "{figures}");
    let said = place.say(&["plugin", "bench", "critic-layout", "--format", "json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
}

#[test]
fn a_plugin_that_asks_for_one_that_is_not_there_is_told_so() {
    let place = Place::new();
    let asking = counter(&place, "[\"critic-detector\", \"critic-nobody\"]");
    let said = place.say(&["plugin", "test", &asking]).without_panic();
    assert_eq!(said.code, Some(0), "what it does not need is only noted: {said:?}");
    let told = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["asks for the plugin `critic-nobody`, which is not there", "and granted here"] {
        assert!(told.contains(words), "{words}: {said:?}");
    }
    let told = place.say(&["plugin", "test", &asking, "--format", "json"]).json();
    assert_eq!(told["missing-plugins"], serde_json::json!(["critic-nobody"]));
    // A misspelled name: the eye that it does call was not asked for.
    let asking = counter(&place, "[\"critic-detektor\"]");
    let said = place.say(&["plugin", "test", &asking]).without_panic();
    assert_eq!(said.code, Some(3), "{said:?}");
    let told = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["asks for no plugin `critic-detector`", "asks for the plugin `critic-detektor`"] {
        assert!(told.contains(words), "{words}: {said:?}");
    }
    let said = place.say(&["plugin", "bench", &asking]);
    refused(said, 2, &["gave no answer", "asks for no plugin `critic-detector`"]);
}
