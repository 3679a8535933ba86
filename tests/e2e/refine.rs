//! The main job: an idea becomes a picture, and a wrong picture a right one.

use std::{collections::BTreeMap, fs, path::Path};

use crate::program::Place;

const IDEA: &str = "three red apples to the left of a blue cup";

#[test]
fn a_wrong_picture_becomes_a_right_one() {
    let place = Place::new();
    let said = place.say(&["refine", IDEA, "--format", "json"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    let value = said.json();
    let folder = place.run_folder();
    for name in ["picture", "report"] {
        let path = place.path().join(value[name].as_str().unwrap());
        assert!(path.is_file(), "{name}: {}", path.display());
    }
    let pictures = artifacts(&folder);
    assert!(pictures.len() >= 2, "the first picture was wrong, so there are several");
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(page.contains("data:image/png;base64,") && page.contains("</html>"));
    assert!(!page.contains("src=\"http"), "the page is self-contained");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, other) = (Place::new(), Place::new());
    for place in [&one, &other] {
        let said = place.say(&["refine", IDEA, "--seed", "11", "--quiet"]).without_panic();
        assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    }
    assert_eq!(artifacts(&one.run_folder()), artifacts(&other.run_folder()));
    assert_eq!(events(&one.run_folder()), events(&other.run_folder()));
}

#[test]
fn another_seed_gives_another_picture() {
    let (one, other) = (Place::new(), Place::new());
    one.say(&["refine", IDEA, "--rounds", "0", "--seed", "1"]);
    other.say(&["refine", IDEA, "--rounds", "0", "--seed", "2"]);
    assert_ne!(artifacts(&one.run_folder()), artifacts(&other.run_folder()));
}

#[test]
fn a_perfect_painter_needs_no_correction() {
    let place = Place::new();
    let said = place.say(&["refine", IDEA, "--preset", "perfect"]).without_panic();
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(artifacts(&place.run_folder()).len(), 1);
}

#[test]
fn what_cannot_be_corrected_is_said_with_its_own_code() {
    let place = Place::new();
    let said =
        place.say(&["refine", IDEA, "--preset", "hopeless", "--rounds", "1"]).without_panic();
    assert_eq!(said.code, Some(3), "{said:?}");
}

#[test]
fn blind_resampling_follows_another_recipe() {
    let place = Place::new();
    let said = place.say(&["refine", IDEA, "--recipe", "best-of-n"]).without_panic();
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
}

#[test]
fn an_idea_comes_from_a_file_or_from_standard_input() {
    let place = Place::new();
    place.write("idea.txt", "a red apple\n");
    let from_file = place.say(&["refine", "--idea-file", "idea.txt", "--preset", "perfect"]);
    assert_eq!(from_file.code, Some(0), "{from_file:?}");
    let mut piped = place.command(&["refine", "-", "--preset", "perfect"]);
    piped.stdin(fs::File::open(place.path().join("idea.txt")).unwrap());
    assert_eq!(piped.output().unwrap().status.code(), Some(0));
}

#[test]
fn show_and_report_need_only_the_journal_and_its_artifacts() {
    let place = Place::new();
    place.say(&["refine", IDEA, "--quiet"]);
    fs::remove_file(place.run_folder().join("report.html")).unwrap();
    let shown = place.say(&["show", "latest"]).without_panic();
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.out.contains(IDEA), "{shown:?}");
    let reported = place.say(&["report", "-o", "page.html"]).without_panic();
    assert_eq!(reported.code, Some(0), "{reported:?}");
    assert!(fs::read_to_string(place.path().join("page.html")).unwrap().contains("</html>"));
}

/// Hashes (which are the files' names) and sizes.
pub(crate) fn artifacts(folder: &Path) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for file in fs::read_dir(folder.join("artifacts")).unwrap() {
        let file = file.unwrap();
        found.insert(file.file_name().into_string().unwrap(), file.metadata().unwrap().len());
    }
    found
}

/// The journal's records without what may differ: moments and durations.
pub(crate) fn events(folder: &Path) -> Vec<serde_json::Value> {
    let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    let records = journal.lines().map(|line| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        without_times(&mut line["record"]);
        line["record"].clone()
    });
    records.collect()
}

fn without_times(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.retain(|name, _| !name.starts_with("at") && !name.starts_with("took"));
            map.values_mut().for_each(without_times);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(without_times),
        _ => {}
    }
}
