//! `replay`: a run once more from its journal, without network, models or plugins.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pentimento_scripted::Scripted;
use serde_json::Value;

use crate::program::{Place, Said};

const ROLES: &str = "painter = \"openai/p\"\nwriter = \"openai/w\"\nseer = \"openai/s\"\n";

fn settings(roles: &str) -> String {
    format!("[roles]\n{roles}")
}

/// A finished run of the embedded world.
fn painted(words: &[&str]) -> Place {
    let place = Place::new();
    let said = place.say(&[&["refine", "five red apples", "--quiet"], words].concat());
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    place
}

/// A finished run whose models were real ones, as far as the wire tells.
fn asked() -> Place {
    let server = Scripted::start();
    let place = Place::of_user(&settings(ROLES));
    let words = ["refine", "two cats", "--recipe", "idea2img", "--rounds", "1", "--quiet"];
    let said = place.say_to(&server, &words);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    place
}

/// A finished run that made texts, without a model.
fn written() -> Place {
    let place = Place::new();
    let words = ["refine", "How much is ((3 + 4) * 5) - 6?", "--recipe", "self-refine", "--quiet"];
    let said = place.say(&words);
    assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
    place
}

/// Compares what people see with a snapshot.
#[track_caller]
pub(crate) fn shown(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "screens", prepend_module_to_snapshot => false, omit_expression => true,
        filters => [(r"[0-9a-f]{64}", "[HASH]"), (r#""at_ns": \d+"#, "[AT]")],
    }, { insta::assert_snapshot!(name, text) });
}

fn replay(place: &Place) -> (Said, Value) {
    let said = place.say(&["replay", "--format", "json"]).without_panic();
    let value = said.json();
    (said, value)
}

fn journal(place: &Place) -> (PathBuf, Vec<String>) {
    let path = place.run_folder().join("journal.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    (path, text.lines().map(str::to_owned).collect())
}

/// Everything in a run's folder, to the byte.
fn folder(place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![place.run_folder()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_finished_run_is_the_same_again_and_nothing_is_written() {
    for place in [
        painted(&[]),
        painted(&["--recipe", "best-of-n", "--rounds", "2"]),
        painted(&["--preset", "hopeless", "--rounds", "5", "--seed", "7"]),
        asked(),
        written(),
    ] {
        let before = folder(&place);
        let (said, value) = replay(&place);
        assert_eq!(said.code, Some(0), "{said:?}");
        let events = journal(&place).1.len();
        assert_eq!((&value["same"], &value["finished"]), (&true.into(), &true.into()));
        assert_eq!(value["events"].as_u64(), Some(events as u64), "{value}");
        assert_eq!(folder(&place), before);
        let said = place.say(&["replay"]).without_panic();
        assert!(said.out.contains("is the same"), "{said:?}");
    }
}

#[test]
fn a_run_that_was_cut_off_is_the_same_as_far_as_it_goes() {
    for place in [painted(&["--preset", "hopeless", "--rounds", "2"]), asked()] {
        let (path, lines) = journal(&place);
        let mut nexts = Vec::new();
        for kept in 1..lines.len() {
            fs::write(&path, lines[..kept].join("\n") + "\n").unwrap();
            let (said, value) = replay(&place);
            assert_eq!(said.code, Some(0), "{kept}: {said:?}");
            assert_eq!(value["events"].as_u64(), Some(kept as u64), "{value}");
            assert_eq!((&value["same"], &value["finished"]), (&true.into(), &false.into()));
            nexts.push(value["next"].as_str().unwrap().to_owned());
        }
        assert!(nexts.iter().any(|next| next.contains("is made of")), "{nexts:?}");
        assert!(nexts.last().unwrap().starts_with("the run ends"), "{nexts:?}");
    }
}

/// The same journal as before it was noted who plays.
fn without_cast(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let line: Value = serde_json::from_str(first).unwrap();
    let mut record = line["record"].clone();
    assert!(record["event"].as_object_mut().unwrap().remove("cast").is_some());
    let sealed = format!("\",\"seq\":0,\"record\":{record}}}");
    let crc = crc32fast::hash(sealed.as_bytes());
    fs::write(path, format!("{{\"crc\":\"{crc:08x}{sealed}\n{rest}")).unwrap();
}

#[test]
fn a_run_is_replayed_on_another_machine_whatever_is_bound_there() {
    let here = asked();
    for roles in [None, Some("writer = \"ollama/x\"\n")] {
        let there = roles.map_or_else(Place::new, |roles| Place::of_user(&settings(roles)));
        let file = there.path().join("run.tar");
        let said = here.say(&["runs", "export", "latest", "-o", file.to_str().unwrap()]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert_eq!(there.say(&["runs", "import", "run.tar"]).code, Some(0));
        let (said, value) = replay(&there);
        assert_eq!((said.code, &value["same"]), (Some(0), &true.into()), "{said:?}");
        assert_eq!(value["finished"], true, "{value}");
    }
}

#[test]
fn a_journal_from_before_it_was_noted_who_plays_needs_the_roles() {
    let place = asked();
    without_cast(&journal(&place).0);
    assert_eq!(replay(&place).0.code, Some(0));
    place.write(".config/pentimento/settings.toml", "");
    let said = place.say(&["replay"]).without_panic();
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("from before it was noted who plays the roles"), "{said:?}");
    assert!(said.err.contains("hint: bind the roles under `[roles]`"), "{said:?}");
}

#[test]
fn a_model_in_another_role_is_another_run_from_its_first_question_on() {
    let place = asked();
    without_cast(&journal(&place).0);
    let other = ROLES.replace("openai/w", "openai/another");
    place.write(".config/pentimento/settings.toml", settings(&other));
    let (said, value) = replay(&place);
    assert_eq!(said.code, Some(3), "{said:?}");
    let difference = &value["difference"];
    assert_eq!(difference["recorded"], "the writer is asked `draft`", "{value}");
    assert_eq!(difference["now"], difference["recorded"]);
    assert!(difference["lines"].as_str().unwrap().contains("of another model"), "{value}");
    let said = place.say(&["replay"]).without_panic();
    shown("replay-another-run", &said.out);
}

#[test]
fn a_plugin_that_has_come_since_is_another_run() {
    let place = painted(&[]);
    place.write("pentimento.toml", "[plugins.critic-palette]\nmode = \"advise\"\n");
    let (said, value) = replay(&place);
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(value["difference"]["now"].as_str().unwrap().contains("critic-palette"), "{value}");
}

#[test]
fn a_picture_that_is_gone_or_changed_is_told() {
    let place = painted(&[]);
    let picture = folder(&place).into_iter().find(|(path, _)| path.extension().unwrap() == "png");
    let (path, bytes) = picture.unwrap();
    for broken in [Some([&bytes[..], b"!"].concat()), None] {
        match broken {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let (said, value) = replay(&place);
        assert_eq!(said.code, Some(3), "{said:?}");
        assert!(
            value["difference"]["recorded"].as_str().unwrap().contains("is made of"),
            "{value}"
        );
    }
}

#[test]
fn what_cannot_be_replayed_is_told() {
    let place = Place::new();
    let said = place.say(&["replay"]).without_panic();
    assert!(said.code == Some(2) && said.err.contains("hint"), "{said:?}");
    let place = painted(&[]);
    let (path, lines) = journal(&place);
    fs::write(&path, "{}\n").unwrap();
    let said = place.say(&["replay"]).without_panic();
    assert!(matches!(said.code, Some(1 | 2)), "{said:?}");
    // A torn last line is passed over, as it is on resumption.
    fs::write(&path, lines[..5].join("\n") + "\n" + &lines[5][..9]).unwrap();
    let (said, value) = replay(&place);
    assert_eq!((said.code, value["events"].as_u64()), (Some(0), Some(5)), "{said:?}");
}
