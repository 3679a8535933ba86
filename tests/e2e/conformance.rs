//! What every plugin is asked before somebody consents to it, and what its answers change.

use std::fs;

use crate::{
    plugin::refused,
    program::Place,
    shelf::{SEES, done, stranger},
};

/// The critic written by hand, as in `host/sandbox/tests/hostile/`.
#[path = "../../host/sandbox/tests/hostile/critic.rs"]
#[expect(dead_code, reason = "other modes are not needed here")]
mod critic;

/// The critic by hand with this body, as a plugin called `critic-stranger` that sees pictures.
/// One that does not end asks for little time.
fn by_hand(place: &Place, file: &str, version: &str, assess: &'static str) {
    let component = critic::Critic { assess, ..critic::HONEST }.component();
    let limits = if assess == ENDLESS { "[limits]\nwall-ms = 50\n" } else { "" };
    let manifest = format!(
        "name = \"critic-stranger\"\nversion = \"{version}\"\nrole = \"critic\"\n\
         world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\n{SEES}log = \"l\"\n\
         random = \"r\"\nclock = \"c\"\n{limits}"
    );
    place.write(file, pentimento_manifest::embed(&component, &manifest).unwrap());
}

const SOUND: &str = "(call $honest (local.get $candidate))";
const BROKEN: &str = "(unreachable)";
const ENDLESS: &str = "(loop $again (br $again)) (unreachable)";
const BREAKS: &str = "photo (trap); picture (trap); text (trap); photo refused (trap); text refused \
                      (trap)";

#[test]
fn a_plugin_that_breaks_can_be_watched_and_has_no_say() {
    let place = Place::new();
    by_hand(&place, "sound.wasm", "1", SOUND);
    by_hand(&place, "broken.wasm", "2", BROKEN);
    let added = done(place.say(&["plugin", "add", "broken.wasm"]));
    assert!(added.contains("it breaks on photo (trap), picture (trap)"), "{added}");
    let says =
        format!("`critic-stranger` breaks when it is asked what no plugin may break on: {BREAKS}");
    let hint = "`pentimento plugin grant critic-stranger --mode shadow`".replace('`', "");
    let grant = ["plugin", "grant", "critic-stranger"];
    refused(place.say(&grant), 2, &[&says, &hint]);
    assert!(done(place.say(&["plugin", "list"])).contains("waiting for your decision"));
    done(place.say(&[&grant[..], &["--mode", "shadow"]].concat()));
    done(place.say(&["plugin", "remove", "critic-stranger"]));
    // A sound one that is granted and breaks from its next version on.
    done(place.say(&["plugin", "add", "sound.wasm"]));
    done(place.say(&[&grant[..], &["--mode", "enforce"]].concat()));
    let updated = done(place.say(&["plugin", "update", "critic-stranger", "broken.wasm"]));
    let flat = updated.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("its grant stays, as shadow, because it breaks"), "{updated}");
    assert!(done(place.say(&["plugin", "list"])).contains("runs as shadow"));
}

#[test]
fn a_plugin_that_never_answers_is_given_up_after_five_questions() {
    let place = Place::new();
    by_hand(&place, "endless.wasm", "1", ENDLESS);
    let added = place.say(&["plugin", "add", "endless.wasm", "--format", "json"]);
    assert_eq!(added.code, Some(0), "{added:?}");
    let found = &added.json()["plugin"]["conformance"];
    let honest = ["photo", "picture", "text", "photo refused", "text refused"];
    let late: Vec<_> = honest.iter().map(|question| format!("{question} (timeout)")).collect();
    assert_eq!(found["broke"], serde_json::json!(late));
    for (question, answer) in found["answers"].as_object().unwrap() {
        let expected = if honest.contains(&question.as_str()) { "timeout" } else { "limit" };
        assert_eq!(answer, expected, "{question}");
    }
    let said = place.say(&["plugin", "grant", "critic-stranger"]);
    refused(said, 2, &["photo (timeout); picture (timeout)", "--mode shadow"]);
}

#[test]
fn verify_tells_what_would_be_judged_otherwise_and_a_locked_run_refuses() {
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    done(place.say(&["plugin", "add", &file]));
    let lock = fs::read_to_string(place.path().join("pentimento.lock")).unwrap();
    let same = place.say(&["plugin", "verify", "--format", "json"]);
    assert_eq!(same.code, Some(0), "{same:?}");
    assert_eq!(same.json()[0]["answers"], "same");
    let line = lock.lines().find(|line| line.starts_with("\"one pixel\"")).unwrap();
    let (_, answer) = line.trim_end_matches('"').rsplit_once('"').unwrap();
    let hash = lock.lines().find_map(|line| line.strip_prefix("hash = ")).unwrap();
    let other = lock.replace(answer, "answered 0123456789ab");
    place.write("pentimento.lock", other.replace(hash, &format!("\"{}\"", "0".repeat(64))));
    let said = place.say(&["plugin", "verify", "--format", "json"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let expected = serde_json::json!([
        { "question": "one pixel", "locked": "answered 0123456789ab", "found": answer }
    ]);
    assert_eq!(
        (&said.json()[0]["answers"], &said.json()[0]["differences"]),
        (&serde_json::json!("differ"), &expected)
    );
    let told = place.say(&["plugin", "verify"]);
    let words = format!("one pixel: answered 0123456789ab in the lock file, {answer} here");
    let flat = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&words), "{told:?}");
    let granted = place.say(&["plugin", "grant", "critic-stranger"]);
    assert_eq!(
        granted.err,
        "note: `critic-stranger` answers otherwise here than where it was added; `pentimento \
         plugin verify` tells how\n"
    );
    let run = ["refine", "two red apples on a table", "--rounds", "0", "--quiet"];
    place.say(&run).without_panic();
    let says = "`critic-stranger` answers otherwise here than where it was added";
    refused(place.say(&[&run[..], &["--locked"]].concat()), 2, &[says, "plugin verify"]);
}

#[test]
fn a_lock_file_from_before_anybody_was_asked_is_read_and_said_to_tell_nothing() {
    let place = Place::new();
    let file = stranger(&place, "critic.wasm", "1.0.0", SEES);
    done(place.say(&["plugin", "add", &file]));
    let lock = fs::read_to_string(place.path().join("pentimento.lock")).unwrap();
    let (older, _) = lock.split_once("\n[plugin.conformance]").unwrap();
    place.write("pentimento.lock", older);
    let said = place.say(&["plugin", "verify", "--format", "json"]);
    assert_eq!((said.code, &said.json()[0]["answers"]), (Some(0), &serde_json::json!("unknown")));
    done(place.say(&["plugin", "add", &file]));
    assert_eq!(fs::read_to_string(place.path().join("pentimento.lock")).unwrap(), lock);
}

#[test]
fn what_imports_more_than_it_asks_for_is_not_even_added() {
    let place = Place::new();
    let component = critic::HONEST.component();
    let manifest = format!(
        "name = \"critic-stranger\"\nversion = \"1\"\nrole = \"critic\"\n\
         world = \"pentimento:plugin/critic@0.1.0\"\n[wants]\n{SEES}"
    );
    place.write("over.wasm", pentimento_manifest::embed(&component, &manifest).unwrap());
    let says = "uses the facet `log`, which its `plugin.toml` does not want";
    refused(place.say(&["plugin", "add", "over.wasm"]), 1, &[says, "log = \"why\""]);
    assert!(!place.path().join("pentimento.lock").exists());
    assert!(!place.path().join(".local/share/pentimento/plugins").exists());
}
